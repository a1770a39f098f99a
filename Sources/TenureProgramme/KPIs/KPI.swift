/// A number that a vendor steers by: of each account, or of all together, with a target and bands of good and bad.
///
/// It is a reading on top of metrics: nothing is decided by it.
package struct KPI: Hashable, Sendable {
    package var id: String
    package var title: String
    /// One sentence for the person who asks what the number means.
    package var meaning: String
    /// What it is listed under: `activation`, `satisfaction`.
    package var group: String
    package var measure: KPIMeasure
    package var better: Direction
    /// nil: none was set.
    package var target: ValueEdge?
    /// Best first; the last one takes what is left. Empty: values are not judged.
    package var bands: [KPIBand]
    /// How many days lie between the two values of a trend.
    package var trendDays: Int
    /// A change of so much, in the KPI's own unit, or less is no trend.
    package var deadZone: Double
    package var requirements: RequirementIDs

    package init(id: String, title: String, measure: KPIMeasure, better: Direction) {
        self.id = id
        self.title = title
        meaning = ""
        group = ""
        self.measure = measure
        self.better = better
        target = nil
        bands = []
        trendDays = Self.trendDaysStandard
        deadZone = 0
        requirements = []
    }

    package enum Direction: String, Hashable, Sendable, CaseIterable { case up, down }

    /// Four weeks, as for the score.
    package static let trendDaysStandard = 28
}

/// How a KPI is computed.
package enum KPIMeasure: Hashable, Sendable {
    /// A metric of each account; over several, the mean of those that know it.
    case account(MetricReference)
    /// Percent of the accounts, among those of which it is known, whose metric passes.
    case share(KPIRange, among: KPIRange?)
    /// How many accounts pass.
    case count(KPIRange, among: KPIRange?)
    case mean(MetricReference, among: KPIRange?)
    case median(MetricReference, among: KPIRange?)
    case sum(MetricReference, among: KPIRange?)
    /// The sum of one metric over the sum of another, of the accounts that know both; to a whole number, half away from
    /// zero, where it is rounded.
    case ratio(of: MetricReference, to: MetricReference, scale: Double, isRounded: Bool)
    /// A rate of the last twelve months over a closed cohort, in percent.
    case revenue(RevenueRate)

    /// The names under which reports of revenue know them.
    package enum RevenueRate: String, Hashable, Sendable, CaseIterable {
        case nrr, grr
        case logoRetention = "logo.retention"
        case logoChurn = "logo.churn"
        case grossChurn = "churn.gross"
        case expansionRate = "expansion.rate"
        case grossRenewal = "renewal.gross_rate"
        case netRenewal = "renewal.net_rate"
    }
}

/// Accounts whose metric passes an edge. Where the metric is unknown, nobody knows whether it does.
package struct KPIRange: Hashable, Sendable {
    package var metric: MetricReference
    package var edge: ValueEdge

    package init(metric: MetricReference, edge: ValueEdge) {
        self.metric = metric
        self.edge = edge
    }
}

package struct KPIBand: Hashable, Sendable {
    package var id: String
    package var title: String
    package var tone: HealthBand.Tone
    /// nil: whatever the bands before it left over.
    package var edge: ValueEdge?

    package init(id: String, title: String, tone: HealthBand.Tone, edge: ValueEdge?) {
        self.id = id
        self.title = title
        self.tone = tone
        self.edge = edge
    }

    package func takes(_ value: Double) -> Bool { edge?.holds(value) ?? true }
}

extension ValueEdge {
    /// Which values pass: larger ones or smaller ones.
    package var direction: KPI.Direction {
        switch self {
        case .above, .atLeast: .up
        case .below, .atMost: .down
        }
    }
}
