import TenureCore

/// A share of things, with the interval in which the true one lies in 95 of 100 such cases.
package struct Estimate: Hashable, Sendable {
    package var part: Int
    package var whole: Int
    package var low: Double
    package var high: Double

    /// nil: of nothing.
    package var value: Double? { whole == 0 ? nil : Double(part) / Double(whole) }

    /// Wilson's interval: for things that are independent of each other, such as accounts.
    package static func wilson(_ part: Int, of whole: Int) -> Estimate {
        guard whole > 0 else { return Estimate(part: part, whole: whole, low: 0, high: 1) }
        let z = 1.959963984540054
        let count = Double(whole)
        let share = Double(part) / count
        let spread = z * (share * (1 - share) / count + z * z / (4 * count * count)).squareRoot()
        let middle = share + z * z / (2 * count)
        let scale = 1 + z * z / count
        return Estimate(
            part: part, whole: whole, low: part == 0 ? 0 : (middle - spread) / scale,
            high: part == whole ? 1 : (middle + spread) / scale)
    }
}

/// Accounts drawn again and again, with replacement: how far a sum over them would move had other ones been customers.
/// Alerts of one account are never taken apart, since they stand and fall together.
struct Bootstrap {
    private static let draws = 1_000

    /// The 2.5 and 97.5 percentiles of the sums' ratio; nil when a draw in forty or more has nothing below the line.
    static func ratio(_ parts: [Double], _ wholes: [Double]) -> ClosedRange<Double>? {
        interval([parts, wholes]) { $0[1] > 0 ? $0[0] / $0[1] : nil }
    }

    /// The 2.5 and 97.5 percentiles of something made of sums over the drawn accounts; nil when it cannot be said of a
    /// draw in forty or more.
    ///
    /// - Parameter columns: each with a number for every account: one draw takes the same accounts of all.
    static func interval(_ columns: [[Double]], _ statistic: ([Double]) -> Double?) -> ClosedRange<Double>? {
        guard let count = columns.first?.count, count > 0 else { return nil }
        var numbers = DrawnNumbers()
        var found: [Double] = []
        for _ in 0..<draws {
            if let value = statistic(drawn(columns, count, &numbers)) { found.append(value) }
        }
        guard found.count > draws * 39 / 40 else { return nil }
        found.sort()
        return found[found.count * 25 / 1000]...found[found.count * 975 / 1000 - 1]
    }

    private static func drawn(_ columns: [[Double]], _ count: Int, _ numbers: inout DrawnNumbers) -> [Double] {
        var sums = Array(repeating: 0.0, count: columns.count)
        for _ in 0..<count {
            let account = numbers.below(count)
            for column in columns.indices { sums[column] += columns[column][account] }
        }
        return sums
    }
}

/// SplitMix64 from a fixed start: the same draws on every machine.
private struct DrawnNumbers {
    private var state: UInt64 = 2_026

    mutating func below(_ end: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        return Int(mixed.multipliedFullWidth(by: UInt64(end)).high)
    }
}
