import TenureProgramme

/// Bands, caps and curves that cannot do what they seem to be for.
extension Reading {
    func adviseOnHealth(_ model: HealthModel) {
        for group in model.groups {
            for component in group.components { adviseOnCurve(component, "\(group.id).\(component.id)") }
        }
        for cap in model.caps where cap.pointsMax >= 100 {
            if let place = sources[.cap, cap.id] { report(.capWithoutEffect(at: place)) }
        }
        adviseOnBands(model)
        adviseOnHysteresis(model)
    }

    private func adviseOnCurve(_ component: HealthComponent, _ id: String) {
        guard let place = sources[.component, id], let metric = names.metrics[component.metric.metric] else {
            return
        }
        let points = component.curve.profile
        let rises = zip(points, points.dropFirst()).contains { $0 < $1 }
        let falls = zip(points, points.dropFirst()).contains { $0 > $1 }
        switch (metric.better, rises, falls) {
        case (_, true, true): report(.curveTurns(at: place))
        case (.up, false, true):
            report(
                .curveAgainstMetric(
                    "up", component.metric.metric, at: place,
                    metric: self.place(of: .metric, component.metric.metric)))
        case (.down, true, false):
            report(
                .curveAgainstMetric(
                    "down", component.metric.metric, at: place,
                    metric: self.place(of: .metric, component.metric.metric)))
        case (_, _, _): break
        }
    }

    /// The mean of the parts lies between the least and the most that one of them can give; a cap pulls it down.
    private func adviseOnBands(_ model: HealthModel) {
        let parts = model.groups.flatMap(\.components)
        let points = parts.flatMap(\.curve.profile)
        guard let most = points.max(), let least = points.min() else { return }
        let lowest = min(least, model.caps.map { Double($0.pointsMax) }.min() ?? 100)
        for (index, band) in model.bands.enumerated() {
            let highest = index == 0 ? 100 : model.bands[index - 1].from - 1
            let isReached = most.rounded() >= Double(band.from) && lowest.rounded() <= Double(highest)
            guard !isReached, let place = sources[.band, band.id] else { continue }
            report(.bandOutOfReach(from: shortest(lowest), to: shortest(most), at: place))
        }
    }

    /// Rising from the band below takes the edge and the points beyond it, and no more than the band has.
    private func adviseOnHysteresis(_ model: HealthModel) {
        guard model.hysteresisPoints > 0, let place = outline.health?["hysteresis"]?.place else { return }
        for (index, band) in model.bands.dropLast().enumerated() {
            let highest = index == 0 ? 100 : model.bands[index - 1].from - 1
            guard band.from + model.hysteresisPoints > highest, let at = sources[.band, band.id] else {
                continue
            }
            report(.hysteresisTooWide(band.id, from: band.from, to: highest, at: place, band: at))
        }
    }
}

extension Curve {
    /// The points that it gives, from the smallest value to the largest.
    var profile: [Double] {
        switch self {
        case .identity: [0, 100]
        case .linear(let points): points.map(\.points)
        case .steps(let steps):
            CurveStep.samples(steps).compactMap { CurveStep.taken(steps, by: $0) }.map { steps[$0].points }
        }
    }
}

extension CurveStep {
    /// Values below, at, between and above the edges: one for everything that the steps tell apart.
    ///
    /// None for more steps than anybody writes, which would take long.
    static func samples(_ steps: [CurveStep]) -> [Double] {
        guard steps.count <= 200 else { return [] }
        let edges = Set(steps.compactMap(\.edge?.value)).sorted()
        guard let first = edges.first, let last = edges.last else { return [0] }
        let between = zip(edges, edges.dropFirst()).map { ($0 + $1) / 2 }
        return ([first - 1, last + 1] + edges + between).sorted()
    }

    /// The first step that holds for a value.
    static func taken(_ steps: [CurveStep], by value: Double) -> Int? { steps.firstIndex { $0.takes(value) } }
}
