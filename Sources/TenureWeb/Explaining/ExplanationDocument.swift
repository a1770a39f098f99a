package import TenureCore
package import TenureEngine
package import TenureInsight
import TenureProgramme

// How explanations look to programs.

extension HealthExplanation {
    package func document(_ programme: CompiledProgramme) -> JSON {
        .array(lines.map { $0.document(unit: $0.unit(programme)) })
    }
}

extension HealthExplanation.Line {
    /// Of the metric behind the component.
    func unit(_ programme: CompiledProgramme) -> Metric.Unit? {
        guard kind == .component else { return nil }
        for group in programme.programme.health.groups where id.hasPrefix(group.id + ".") {
            if let found = group.components.first(where: { group.id + "." + $0.id == id }) {
                return programme.measured(by: found)?.unit
            }
        }
        return nil
    }

    func document(unit: Metric.Unit?) -> JSON {
        [
            "kind": .string(kind.rawValue), "id": .string(id), "group": .string(group),
            "title": .string(title),
            "value": value.map { .double($0) } ?? .null, "unit": JSON(unit?.rawValue),
            "points": pointsNano.map { .double(Double($0) / Double(nano)) } ?? .null,
            "weight": .double(Double(weightNano) / Double(nano)), "contribution_nano": .int(contributionNano),
            "unknown": JSON(unknown?.words), "sample": .int(sample), "applied": .bool(isApplied),
        ]
    }
}

extension ScoreChange {
    var document: JSONObject {
        [
            "from_score": .int(Int64(from)), "to_score": .int(Int64(to)), "sum_nano": .int(sumNano),
            "terms": .array(
                lines.map {
                    [
                        "id": .string($0.id), "title": .string($0.title), "value_nano": .int($0.valueNano),
                        "coverage_nano": .int($0.coverageNano),
                    ]
                }),
        ]
    }
}

extension UnknownReason {
    package var words: String {
        switch self {
        case .noData: "no data yet"
        case .sampleTooSmall: "too few observations"
        case .stale: "its source has been silent"
        case .expired: "the judgement has expired"
        case .unknownInput: "something it is computed from is unknown"
        case .failed: "it could not be computed"
        }
    }
}
