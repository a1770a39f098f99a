import CEL
package import TenureEngine
package import TenureProgramme

/// "Healthy again if": for each component alone the smallest change that brings the score to a band.
package struct HealthyAgain: Hashable, Sendable {
    package enum Way: Hashable, Sendable {
        /// At these points, at the latest, the score is `score`; no value: a person's judgement stands for the metric.
        case points(nano: Int64, value: Double?, score: Int)
        /// Even all of its points would not do.
        case notByOneAlone
    }

    /// The promised value in as few digits as people read, moved away from today's by what rounding takes.
    package struct Readable: Hashable, Sendable {
        package var value: Double
        package var score: Int
    }

    package struct Line: Hashable, Sendable {
        package var id: String
        package var title: String
        /// Points now; nil: unknown.
        package var pointsNano: Int64?
        package var value: Double?
        package var unit: Metric.Unit?
        package var way: Way
        /// In points where the way is a judgement; nil without a way.
        package var readable: Readable?
    }

    /// The wanted band.
    package let band: HealthBand
    /// The lowest score at which the band is shown: past its edge where the shown band has yet to rise to it.
    package let target: Int
    package let isReached: Bool
    /// In the model's order; empty when the band is reached.
    package let lines: [Line]
    /// Ids of caps that hold the score below the band whatever the components do.
    package let limitedBy: [String]

    /// nil: the model has no such band. Caps, and every other component, are taken to stay as they are.
    package init?(_ snapshot: Snapshot, band: Int = 0) {
        let programme = snapshot.programme.programme
        let model = programme.health
        guard let reading = snapshot.health, model.bands.indices.contains(band) else { return nil }
        let whatIf = WhatIfScore(reading: reading, model: model, caps: Self.caps(snapshot))
        let rises = snapshot.conclusions.health.displayedBand == band + 1
        let target = model.bands[band].from + (rises ? model.hysteresisPoints : 0)
        self.band = model.bands[band]
        self.target = target
        isReached = reading.score.map { $0 >= target } ?? false
        limitedBy = whatIf.caps.filter { $0.pointsMax < target }.map(\.id)
        lines = isReached ? [] : Self.lines(whatIf, snapshot, target)
    }

    package var ways: [Line] { lines.filter { $0.way != .notByOneAlone } }

    /// For the best band that one change alone reaches; for the best of all where none is, or where it is reached.
    package static func nearest(_ snapshot: Snapshot) -> HealthyAgain? {
        guard let best = HealthyAgain(snapshot), !best.isReached, best.ways.isEmpty else {
            return HealthyAgain(snapshot)
        }
        // The last band is nobody's wish, even where no score is known.
        let bands = snapshot.programme.programme.health.bands.indices.dropLast()
        let better = bands.dropFirst().prefix { $0 < snapshot.health?.band ?? bands.endIndex }
        return better.lazy.compactMap { HealthyAgain(snapshot, band: $0) }.first { !$0.ways.isEmpty } ?? best
    }

    /// Asked anew: a reading without a score names none.
    private static func caps(_ snapshot: Snapshot) -> [HealthCap] {
        zip(snapshot.programme.programme.health.caps, snapshot.programme.caps)
            .filter { snapshot.evaluate($1).asBool == true }.map(\.0)
    }

    private static func lines(_ whatIf: WhatIfScore, _ snapshot: Snapshot, _ target: Int) -> [Line] {
        let parts = whatIf.model.groups.flatMap { group in group.components.map { (group, $0) } }
        return parts.indices.map { place in
            let (group, component) = parts[place]
            let search = HealthyAgainSearch(
                whatIf: whatIf, target: target, place: place, component: component,
                isJudged: snapshot.isJudged(Grade.name(ofComponent: "\(group.id).\(component.id)")),
                metric: snapshot.programme.measured(by: component))
            return search.line(id: "\(group.id).\(component.id)")
        }
    }
}

extension Snapshot {
    /// A person's points stand in for what would be computed.
    fileprivate func isJudged(_ name: String) -> Bool { observations.grades[name]?.isValid(at: now) ?? false }
}

extension CompiledProgramme {
    /// The metric behind a component.
    package func measured(by component: HealthComponent) -> Metric? {
        metric(component.metric).map { metrics[$0].metric }
    }
}
