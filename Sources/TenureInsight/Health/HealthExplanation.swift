package import TenureEngine
package import TenureProgramme

/// A score taken apart: lines in billionths of a point that sum to the score people see, exactly.
package struct HealthExplanation: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case component
        /// A group whose points a person gave as a whole; its components then add nothing themselves.
        case judgedGroup
        case cap
        case rounding
    }

    package struct Line: Hashable, Sendable {
        package var kind: Kind
        /// `<group>.<component>`, the group's id, `cap:<id>`, or `rounding`.
        package var id: String
        package var group: String
        package var title: String
        /// The metric's value as it was; nil where there is none.
        package var value: Double?
        package var pointsNano: Int64?
        /// Effective weight in billionths of the whole; 0 when it does not count.
        package var weightNano: Int64 = 0
        package var contributionNano: Int64 = 0
        package var unknown: UnknownReason?
        package var sample: Int64 = 0
        /// A cap whose condition cannot be decided is shown, not applied.
        package var isApplied = true
    }

    package let modelVersion: Int
    /// nil: too little is known for a score.
    package let score: Int?
    package let lines: [Line]

    package init(_ reading: HealthReading, _ model: HealthModel) {
        modelVersion = reading.modelVersion
        score = reading.score
        lines = Self.terms(reading, model) + Self.caps(reading, model) + Self.rounding(reading)
    }

    /// The score in billionths, or nothing at all where there is none.
    package var sumNano: Int64 { lines.reduce(0) { $0 + $1.contributionNano } }
}

extension HealthExplanation {
    private static func terms(_ reading: HealthReading, _ model: HealthModel) -> [Line] {
        var lines: [Line] = []
        var components = reading.components.makeIterator()
        for (group, judgement) in zip(model.groups, reading.groups) {
            if judgement.isJudged { lines.append(line(group, judgement)) }
            for component in group.components {
                if let known = components.next() { lines.append(line(component, group, known)) }
            }
        }
        return lines
    }

    private static func line(_ group: HealthGroup, _ reading: GroupReading) -> Line {
        Line(
            kind: .judgedGroup, id: group.id, group: group.title, title: "\(group.title), as judged",
            pointsNano: reading.pointsNano, weightNano: reading.weightNano,
            contributionNano: reading.contributionNano)
    }

    private static func line(
        _ component: HealthComponent, _ group: HealthGroup, _ reading: ComponentReading
    ) -> Line {
        Line(
            kind: .component, id: "\(group.id).\(component.id)", group: group.title, title: component.title,
            value: reading.value, pointsNano: reading.pointsNano, weightNano: reading.weightNano,
            contributionNano: reading.contributionNano, unknown: reading.unknown, sample: reading.sample)
    }

    /// The lowest applied cap carries the whole effect: without it the others would have had their turn, with
    /// it they change nothing.
    private static func caps(_ reading: HealthReading, _ model: HealthModel) -> [Line] {
        let known = reading.caps.filter { model.caps.indices.contains($0.cap) }
        let lowest = known.filter(\.isApplied).min {
            model.caps[$0.cap].pointsMax < model.caps[$1.cap].pointsMax
        }
        return known.map { reached in
            let cap = model.caps[reached.cap]
            let effect = reached == lowest ? (reading.scoreNano ?? 0) - (reading.rawNano ?? 0) : 0
            return Line(
                kind: .cap, id: "cap:\(cap.id)", group: "", title: "\(cap.title): at most \(cap.pointsMax)",
                contributionNano: effect, isApplied: reached.isApplied)
        }
    }

    private static func rounding(_ reading: HealthReading) -> [Line] {
        guard let exact = reading.scoreNano, let score = reading.score else { return [] }
        return [
            Line(
                kind: .rounding, id: "rounding", group: "", title: "Rounding",
                contributionNano: Int64(score) * nano - exact)
        ]
    }
}

extension Snapshot {
    /// What the score of now is made of; nil before the first reading.
    package var healthExplanation: HealthExplanation? { health.map { HealthExplanation($0, programme.programme.health) } }
}
