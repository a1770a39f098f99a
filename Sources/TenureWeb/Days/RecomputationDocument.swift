package import TenureCore
import TenureEngine
package import TenureInsight
import TenureProgramme

extension Recomputation {
    /// Facts that are named of a change; the rest is counted.
    static let namedMax = 20

    package func document(_ day: PastDay) -> JSON {
        [
            "same": .int(Int64(lines.count { $0.verdict == .same })),
            "revised": .array(revised.map { $0.document(day.programme) }), "unexplained": .bool(isUnexplained),
            "not_kept": .int(Int64(lines.count { $0.verdict == .notKept })),
            "changes": .int(Int64(changes.count)), "too_late": .int(Int64(tooLateCount)),
            "numbers": .array(lines.map { $0.number(day.programme) }),
        ]
    }
}

extension Recomputation.Line {
    fileprivate func document(_ programme: CompiledProgramme) -> JSON {
        var object: JSONObject = [
            "id": .string(id), "title": .string(title), "kind": .string(number.kind), "because": .string(verdict.word),
            "then": then?.document(programme) ?? .null, "now": now?.document(programme) ?? .null,
        ]
        switch verdict {
        case .revised(let changes):
            object["facts"] = .array(changes.prefix(Recomputation.namedMax).map(\.document))
            object["more"] = .int(Int64(max(0, changes.count - Recomputation.namedMax)))
        case .spoke(let sources): object["sources"] = .array(sources.map { .string($0) })
        case .same, .unexplained, .notKept: break
        }
        return .object(object)
    }

    fileprivate func number(_ programme: CompiledProgramme) -> JSON {
        ["id": .string(id), "kind": .string(number.kind), "result": .string(verdict.word), "now": now?.document(programme) ?? .null]
    }
}

extension Recomputation.Verdict {
    /// `same`, or why not.
    var word: String {
        switch self {
        case .same: "same"
        case .revised: "facts"
        case .spoke: "source"
        case .unexplained: "unexplained"
        case .notKept: "not-kept"
        }
    }
}

extension DayNumber {
    var kind: String {
        switch self {
        case .score, .rawScore, .coverage, .band, .limits: "score"
        case .component: "component"
        case .group: "group"
        case .metric: "metric"
        }
    }
}

extension DayNumber.Value {
    func document(_ programme: CompiledProgramme) -> JSON {
        switch self {
        case .points(let nano): return nano.map { .double(Double($0) / 1e9) } ?? .null
        case .percent(let micros): return .double(Double(micros) / 1_000_000)
        case .band(let place): return JSON(programme.band(at: place)?.id)
        case .limits(let caps): return .array(caps.compactMap { programme.cap(at: $0.cap).map { .string($0.id) } })
        case .component(let reading):
            return [
                "value": reading.value.map { .double($0) } ?? .null, "unknown": JSON(reading.unknown?.words),
                "points": reading.pointsNano.map { .double(Double($0) / 1e9) } ?? .null,
                "weight": .double(Double(reading.weightNano) / 1e9), "contribution_nano": .int(reading.contributionNano),
                "sample": .int(reading.sample),
            ]
        case .group(let reading):
            return [
                "points": reading.pointsNano.map { .double(Double($0) / 1e9) } ?? .null, "judged": .bool(reading.isJudged),
                "weight": .double(Double(reading.weightNano) / 1e9), "contribution_nano": .int(reading.contributionNano),
            ]
        case .metric(let value):
            return [
                "value": value.value.map { .double($0) } ?? .null, "sample": .int(value.sample),
                "unknown": JSON(value.unknown?.words),
            ]
        }
    }
}

extension CompiledProgramme {
    func band(at place: Int?) -> HealthBand? {
        let bands = programme.health.bands
        return place.flatMap { bands.indices.contains($0) ? bands[$0] : nil }
    }

    func cap(at place: Int) -> HealthCap? {
        let caps = programme.health.caps
        return caps.indices.contains(place) ? caps[place] : nil
    }
}

extension FactChange {
    fileprivate var document: JSON {
        [
            "id": .string(fact.id), "source": .string(fact.source), "type": .string(fact.type),
            "occurred": .string(fact.occurred.text), "recorded": .string(fact.recorded.text), "way": .string(way.rawValue),
            "told": .string(told.text), "by": JSON(by),
        ]
    }
}
