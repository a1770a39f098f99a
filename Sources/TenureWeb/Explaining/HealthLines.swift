import TenureCore
import TenureEngine
import TenureProgramme

/// A score taken apart: lines of billionths of a point that sum to the displayed score exactly.
struct HealthLines: Sendable {
    enum Kind: String, Sendable { case component, group, caps, rounding }

    struct Line: Sendable {
        let kind: Kind
        let id: String
        let group: String
        let title: String
        /// The metric's value as it was; nil where there is none.
        var value: Double?
        /// Of the value.
        var unit: Metric.Unit?
        var pointsNano: Int64?
        /// Effective share of the whole, in billionths.
        var weightNano: Int64 = 0
        var contributionNano: Int64 = 0
        var unknown: UnknownReason?
        var sample: Int64 = 0
    }

    let reading: HealthReading
    let lines: [Line]

    init(_ reading: HealthReading, _ programme: CompiledProgramme) {
        self.reading = reading
        lines = Self.terms(reading, programme) + Self.corrections(reading, programme)
    }

    var sumNano: Int64 { lines.reduce(0) { $0 + $1.contributionNano } }

    /// Components, and groups that a person judged as a whole.
    private static func terms(_ reading: HealthReading, _ programme: CompiledProgramme) -> [Line] {
        var lines: [Line] = []
        var next = 0
        for (index, group) in programme.programme.health.groups.enumerated() {
            let judged = reading.groups.indices.contains(index) && reading.groups[index].isJudged
            if judged { lines.append(judgement(group, reading.groups[index])) }
            for component in group.components {
                guard reading.components.indices.contains(next) else { return lines }
                let unit = programme.metric(component.metric).map { programme.metrics[$0].metric.unit }
                lines.append(line(component, unit, group, reading.components[next]))
                next += 1
            }
        }
        return lines
    }

    private static func judgement(_ group: HealthGroup, _ reading: GroupReading) -> Line {
        Line(
            kind: .group, id: group.id, group: group.title, title: group.title + " as judged", value: nil,
            pointsNano: reading.pointsNano, weightNano: reading.weightNano, contributionNano: reading.contributionNano)
    }

    private static func line(
        _ component: HealthComponent, _ unit: Metric.Unit?, _ group: HealthGroup, _ reading: ComponentReading
    ) -> Line {
        Line(
            kind: .component, id: group.id + "." + component.id, group: group.title, title: component.title,
            value: reading.value, unit: unit, pointsNano: reading.pointsNano, weightNano: reading.weightNano,
            contributionNano: reading.contributionNano, unknown: reading.unknown, sample: reading.sample)
    }

    private static func corrections(_ reading: HealthReading, _ programme: CompiledProgramme) -> [Line] {
        guard let raw = reading.rawNano, let exact = reading.scoreNano, let score = reading.score else { return [] }
        let caps = programme.programme.health.caps
        let applied = reading.caps.filter { $0.isApplied && caps.indices.contains($0.cap) }.map { caps[$0.cap] }
        var lines: [Line] = []
        if exact != raw || !applied.isEmpty {
            let titles = applied.map { "\($0.title) (at most \($0.pointsMax))" }.joined(separator: ", ")
            lines.append(Line(kind: .caps, id: "caps", group: "", title: "Limits: " + titles, contributionNano: exact - raw))
        }
        lines.append(
            Line(
                kind: .rounding, id: "rounding", group: "", title: "Rounding",
                contributionNano: Int64(score) * nano - exact))
        return lines
    }
}

extension HealthLines {
    var document: JSON { .array(lines.map(\.document)) }
}

extension HealthLines.Line {
    var document: JSON {
        [
            "kind": .string(kind.rawValue), "id": .string(id), "group": .string(group), "title": .string(title),
            "value": value.map { .double($0) } ?? .null, "points": pointsNano.map { .double(Double($0) / Double(nano)) } ?? .null,
            "weight": .double(Double(weightNano) / Double(nano)), "contribution_nano": .int(contributionNano),
            "unit": JSON(unit?.rawValue), "unknown": JSON(unknown?.words), "sample": .int(sample),
        ]
    }
}

extension UnknownReason {
    var words: String {
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
