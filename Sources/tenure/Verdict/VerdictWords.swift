import Foundation
import TenureCore
import TenureInsight

/// Numbers of a verdict in words, the same in the terminal and on the page.
enum VerdictWords {
    static func decimal(_ number: Double) -> String { String(format: "%.1f", number) }
    static func percent(_ share: Double) -> String { "\(Int((100 * share).rounded())) %" }

    static func whole(_ number: Double) -> String {
        var digits = String(Int64(number.rounded()).magnitude)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (number < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
    }

    /// `21 of 38, 55 % [40–70 %]`
    static func share(_ estimate: Estimate) -> String {
        guard let value = estimate.value else { return "none of 0" }
        let range = "[\(Int((100 * estimate.low).rounded()))–\(percent(estimate.high))]"
        return "\(estimate.part) of \(estimate.whole), \(percent(value)) \(range)"
    }

    static func times(_ lift: Double?) -> String { lift.map { " (\(decimal($0)) times)" } ?? "" }
}

/// A row of blocks, one for each value between zero (or the given lowest) and the largest.
enum Sparkline {
    private static let blocks = Array("▁▂▃▄▅▆▇█")

    static func text(_ values: [Double?], from low: Double = 0, to high: Double? = nil) -> String {
        let top = high ?? values.compactMap { $0 }.max() ?? 0
        return String(
            values.map { value in
                guard let value else { return "·" }
                let share = top > low ? (value - low) / (top - low) : 0
                return blocks[max(0, min(7, Int((share * 7).rounded())))]
            })
    }
}

extension ScoreCourse {
    /// The score at the end of each of the last weeks before a day; nil: there was none.
    func weekly(before day: Day, days: Int32) -> [Double?] {
        stride(from: days, through: 1, by: -7).map { score(on: day + -$0).map { Double($0) } }
    }
}
