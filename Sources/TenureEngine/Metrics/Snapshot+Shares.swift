import TenureCore
package import TenureProgramme

/// What a metric is a quotient of, before it is divided. Several accounts are pooled by adding both sums up, so that ten
/// answers of one customer weigh more than one of another.
package struct MetricShare: Hashable, Sendable {
    package var part: Double
    package var whole: Double
    /// The quotient times this is the metric.
    package var scale: Double
    package var isRounded: Bool
}

extension Snapshot {
    /// nil: there is nothing to divide by, the source is silent, or the metric is no quotient. A small sample is not
    /// left out, for pooled it need not be small.
    package func share(of reference: MetricReference) -> MetricShare? {
        guard let place = programme.metric(reference), readings[place].unknown != .stale else { return nil }
        let plan = programme.metrics[place]
        guard plan.decay.isEmpty else { return nil }
        switch plan.source {
        case .ratio(let of, let to, let scale, let isLifetime):
            let (part, whole) = isLifetime
                ? (observations.lifetimes[of], observations.lifetimes[to])
                : (sum(ring: of, plan), sum(ring: to, plan))
            return whole == 0 ? nil : share(Double(part) / 1_000_000, Double(whole) / 1_000_000, scale)
        case .newestOfEach(let index, .mean, let scale, let isRounded):
            let values = newestValues(observations.newestOfEach[index], plan.reference.windowDays ?? 0)
            return values.isEmpty ? nil : share(values.reduce(0, +), Double(values.count), scale, isRounded)
        case _: return nil
        }
    }

    private func sum(ring index: Int, _ plan: MetricPlan) -> Int64 {
        observations.rings[index].sum(over: window(plan.reference.windowDays ?? 0))
    }

    private func share(_ part: Double, _ whole: Double, _ scale: Double, _ isRounded: Bool = false) -> MetricShare {
        MetricShare(part: part, whole: whole, scale: scale, isRounded: isRounded)
    }
}
