/// Where a KPI goes, as seen from what is better.
package enum KPITrend: String, Hashable, Sendable, CaseIterable { case improving, stable, declining }

/// What is said of a KPI's value; nil: nothing is.
package struct KPIJudgement: Hashable, Sendable {
    package var band: String?
    package var isOnTarget: Bool?
    package var trend: KPITrend?

    package init(band: String?, isOnTarget: Bool?, trend: KPITrend?) {
        self.band = band
        self.isOnTarget = isOnTarget
        self.trend = trend
    }
}

extension KPI {
    package func judgement(of value: Double?, was earlier: Double?) -> KPIJudgement {
        KPIJudgement(band: band(of: value)?.id, isOnTarget: isOnTarget(value), trend: trend(from: earlier, to: value))
    }

    /// The first band that takes the value; nil: the KPI has none, or the value is unknown, which is no band.
    package func band(of value: Double?) -> KPIBand? {
        value.flatMap { value in bands.first { $0.takes(value) } }
    }

    /// nil: there is no target, or the value is unknown.
    package func isOnTarget(_ value: Double?) -> Bool? {
        guard let target, let value else { return nil }
        return target.holds(value)
    }

    /// nil: one of the values is unknown.
    package func trend(from earlier: Double?, to value: Double?) -> KPITrend? {
        guard let earlier, let value else { return nil }
        let change = Self.rounded(value - earlier)
        if abs(change) <= deadZone { return .stable }
        return (change > 0) == (better == .up) ? .improving : .declining
    }

    /// To a millionth, as days keep their metrics, so that an edge decides by a number that people can write and not by
    /// the last binary digit of a sum.
    package static func rounded(_ value: Double) -> Double {
        abs(value) < 1e9 ? (value * 1e6).rounded() / 1e6 : value
    }

    /// The metrics that it reads.
    package var metrics: [MetricReference] {
        switch measure {
        case .account(let metric): [metric]
        case .share(let range, let among), .count(let range, let among): [range.metric] + (among.map { [$0.metric] } ?? [])
        case .mean(let metric, let among), .median(let metric, let among), .sum(let metric, let among):
            [metric] + (among.map { [$0.metric] } ?? [])
        case .ratio(let of, let to, _, _): [of, to]
        case .revenue: []
        }
    }

    /// Whether each account has a value of its own.
    package var isOfAccounts: Bool {
        switch measure {
        case .account: true
        case .share, .count, .mean, .median, .sum, .ratio, .revenue: false
        }
    }
}

extension Programme {
    package func kpi(_ id: String) -> KPI? { kpis.first { $0.id.utf8.elementsEqual(id.utf8) } }

    /// What a KPI counts in; nil: a plain number.
    package func unit(of kpi: KPI) -> Metric.Unit? {
        switch kpi.measure {
        case .account(let metric), .mean(let metric, _), .median(let metric, _), .sum(let metric, _):
            metrics.first { $0.id == metric.metric }?.unit
        case .share, .revenue: .percent
        case .count: .count
        case .ratio: nil
        }
    }
}
