import TenureCore
import TenureEngine

/// Why a score moved between two readings: terms in billionths of a point that sum to the difference exactly.
///
/// What is known at both ends moves by its value; what became known or unknown, and the shift of weights that this
/// causes, is the effect of coverage.
struct ScoreSum: Sendable {
    struct Term: Sendable {
        let id: String
        let title: String
        let effectNano: Int64
    }

    /// nil: one of the scores is unknown, or another model made it.
    let from: Int
    let to: Int
    let terms: [Term]

    init?(from earlier: HealthLines, to later: HealthLines) {
        guard let from = earlier.reading.score, let to = later.reading.score,
            earlier.reading.modelVersion == later.reading.modelVersion
        else { return nil }
        self.from = from
        self.to = to
        terms = Self.terms(earlier.lines, later.lines)
    }

    var sumNano: Int64 { terms.reduce(0) { $0 + $1.effectNano } }

    private static func terms(_ earlier: [HealthLines.Line], _ later: [HealthLines.Line]) -> [Term] {
        let ids = later.map(\.id) + earlier.map(\.id).filter { id in !later.contains { $0.id == id } }
        var terms: [Term] = []
        var coverage: Int64 = 0
        for id in ids {
            let (before, after) = (earlier.first { $0.id == id }, later.first { $0.id == id })
            let whole = (after?.contributionNano ?? 0) - (before?.contributionNano ?? 0)
            let own = isCorrection(after ?? before) ? whole : valueEffect(before, after)
            coverage += whole - own
            if own != 0, let title = (after ?? before)?.title { terms.append(Term(id: id, title: title, effectNano: own)) }
        }
        terms.sort { abs($0.effectNano) != abs($1.effectNano) ? abs($0.effectNano) > abs($1.effectNano) : precedes($0.id, $1.id) }
        if coverage != 0 { terms.append(Term(id: "coverage", title: "What became known or unknown", effectNano: coverage)) }
        return terms
    }

    private static func isCorrection(_ line: HealthLines.Line?) -> Bool {
        switch line?.kind {
        case .caps?, .rounding?: true
        case .component?, .group?, nil: false
        }
    }

    /// Change of the points at the mean of both weights; 0 when either end is unknown.
    private static func valueEffect(_ before: HealthLines.Line?, _ after: HealthLines.Line?) -> Int64 {
        guard let before, let after, let old = before.pointsNano, let new = after.pointsNano, before.weightNano > 0,
            after.weightNano > 0
        else { return 0 }
        let product = Int128(before.weightNano + after.weightNano) * Int128(new - old)
        return Int64(truncatingIfNeeded: product / (2 * Int128(nano)))
    }

    var document: JSON {
        [
            "from_score": .int(Int64(from)), "to_score": .int(Int64(to)), "sum_nano": .int(sumNano),
            "terms": .array(
                terms.map {
                    ["id": .string($0.id), "title": .string($0.title), "effect_nano": .int($0.effectNano)]
                }),
        ]
    }
}
