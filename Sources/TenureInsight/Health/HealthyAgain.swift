import CEL
package import TenureEngine
import TenureProgramme

/// "Healthy again if": for each component alone the smallest change that brings the score to a band.
package struct HealthyAgain: Hashable, Sendable {
    package enum Way: Hashable, Sendable {
        /// At these points, at the latest, the score is `score`.
        case points(nano: Int64, value: Double?, score: Int)
        /// Even all of its points would not do.
        case notByOneAlone
    }

    package struct Line: Hashable, Sendable {
        package var id: String
        package var title: String
        /// Points now; nil: unknown.
        package var pointsNano: Int64?
        package var value: Double?
        package var way: Way
    }

    /// The lowest score of the wanted band.
    package let target: Int
    package let isReached: Bool
    /// In the model's order; empty when the band is reached.
    package let lines: [Line]
    /// Ids of caps that hold the score below the band whatever the components do.
    package let limitedBy: [String]

    /// nil: the model has no such band. Caps are taken to stay as they are.
    package init?(_ snapshot: Snapshot, band: Int = 0) {
        let programme = snapshot.programme.programme
        let model = programme.health
        guard let reading = snapshot.health, model.bands.indices.contains(band) else { return nil }
        let target = model.bands[band].from
        let whatIf = WhatIfScore(reading: reading, model: model, caps: Self.caps(snapshot))
        self.target = target
        isReached = reading.score.map { $0 >= target } ?? false
        limitedBy = whatIf.caps.filter { $0.pointsMax < target }.map(\.id)
        lines = isReached ? [] : Self.lines(whatIf, programme, target)
    }

    /// Asked anew: a reading without a score names none.
    private static func caps(_ snapshot: Snapshot) -> [HealthCap] {
        zip(snapshot.programme.programme.health.caps, snapshot.programme.caps)
            .filter { snapshot.evaluate($1).asBool == true }.map(\.0)
    }

    private static func lines(_ whatIf: WhatIfScore, _ programme: Programme, _ target: Int) -> [Line] {
        let parts = whatIf.model.groups.flatMap { group in group.components.map { (group, $0) } }
        return zip(parts.indices, whatIf.reading.components).map { place, reading in
            let (group, component) = parts[place]
            let unit = programme.metrics.first { $0.id == component.metric.metric }?.unit
            return Line(
                id: "\(group.id).\(component.id)", title: component.title, pointsNano: reading.pointsNano,
                value: reading.value, way: way(place, component.curve, unit, whatIf, target))
        }
    }

    private static func way(
        _ place: Int, _ curve: Curve, _ unit: Metric.Unit?, _ whatIf: WhatIfScore, _ target: Int
    ) -> Way {
        guard let least = leastPoints(place, whatIf, target) else { return .notByOneAlone }
        let now = whatIf.reading.components[place].value
        let inverse = CurveInverse(curve: curve, isWhole: unit == .count || unit == .days)
        guard let reached = inverse.value(reaching: least, from: now) else { return .notByOneAlone }
        let score = whatIf.scoreNano(component: place, pointsNano: reached.pointsNano) ?? 0
        return .points(nano: reached.pointsNano, value: reached.value, score: roundedHalfUp(score))
    }

    /// By halving: the score never falls when points rise.
    private static func leastPoints(_ place: Int, _ whatIf: WhatIfScore, _ target: Int) -> Int64? {
        func reaches(_ points: Int64) -> Bool {
            whatIf.scoreNano(component: place, pointsNano: points).map { roundedHalfUp($0) >= target }
                ?? false
        }
        guard reaches(100 * nano) else { return nil }
        var (low, high): (Int64, Int64) = (0, 100 * nano)
        while low < high {
            let middle = (low + high) / 2
            if reaches(middle) { high = middle } else { low = middle + 1 }
        }
        return high
    }
}
