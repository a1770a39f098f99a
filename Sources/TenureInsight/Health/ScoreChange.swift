import TenureCore
import TenureEngine

/// Why a score moved between two readings, in billionths of a point that sum to the difference exactly.
///
/// What is known at both ends moves by its value; what became known or unknown, and the shift of weights that
/// this causes, is the effect of coverage.
package struct ScoreChange: Hashable, Sendable {
    package struct Line: Hashable, Sendable {
        package var id: String
        package var title: String
        package var valueNano: Int64 = 0
        package var coverageNano: Int64 = 0
    }

    package let from: Int
    package let to: Int
    /// Lines that changed nothing are left out; the largest effect comes first.
    package let lines: [Line]

    /// nil when either score is unknown.
    package init?(from earlier: HealthExplanation, to later: HealthExplanation) {
        guard let from = earlier.score, let to = later.score else { return nil }
        self.from = from
        self.to = to
        guard earlier.modelVersion == later.modelVersion else {
            let change = Int64(to - from) * nano
            lines = [Line(id: "model", title: "The health model changed", valueNano: change)]
            return
        }
        lines = Self.lines(earlier.lines, later.lines)
    }

    package var valueNano: Int64 { lines.reduce(0) { $0 + $1.valueNano } }
    package var coverageNano: Int64 { lines.reduce(0) { $0 + $1.coverageNano } }
    /// The change of the score people see, in billionths.
    package var sumNano: Int64 { valueNano + coverageNano }
}

extension ScoreChange {
    private static func lines(
        _ earlier: [HealthExplanation.Line], _ later: [HealthExplanation.Line]
    ) -> [Line] {
        let gone = earlier.filter { line in !later.contains { $0.id == line.id } }
        let lines = (later + gone).map { line in
            self.line(earlier.first { $0.id == line.id }, later.first { $0.id == line.id }, line)
        }
        return lines.filter { $0.valueNano != 0 || $0.coverageNano != 0 }.sorted { left, right in
            left.size == right.size ? precedes(left.id, right.id) : left.size > right.size
        }
    }

    private static func line(
        _ before: HealthExplanation.Line?, _ after: HealthExplanation.Line?, _ either: HealthExplanation.Line
    ) -> Line {
        let whole = (after?.contributionNano ?? 0) - (before?.contributionNano ?? 0)
        let value = valueEffect(before, after, whole, either.kind)
        return Line(id: either.id, title: either.title, valueNano: value, coverageNano: whole - value)
    }

    /// The change of the points at the earlier weight. Where the weight is the same all of it is value, so
    /// that rounding never shows as coverage.
    private static func valueEffect(
        _ before: HealthExplanation.Line?, _ after: HealthExplanation.Line?, _ whole: Int64,
        _ kind: HealthExplanation.Kind
    ) -> Int64 {
        switch kind {
        case .cap, .rounding: return whole
        case .component, .judgedGroup: break
        }
        guard let before, let after, before.weightNano > 0, after.weightNano > 0, let old = before.pointsNano,
            let new = after.pointsNano
        else { return 0 }
        if before.weightNano == after.weightNano { return whole }
        return Int64(truncatingIfNeeded: Int128(before.weightNano) * Int128(new - old) / Int128(nano))
    }
}

extension ScoreChange.Line {
    fileprivate var size: Int64 { max(abs(valueNano), abs(coverageNano)) }
}
