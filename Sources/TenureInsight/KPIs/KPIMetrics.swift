package import TenureCore
package import TenureEngine
package import TenureProgramme

/// What KPIs look at of one account, now or at the close of a day: its metrics to a millionth, as days keep them.
package struct KPIMetrics: Sendable {
    package let account: AccountID
    /// Shared by all accounts that are measured together.
    private let references: [MetricReference]
    /// In their order; nil: unknown.
    private let values: [Double?]

    package init(_ snapshot: Snapshot, _ references: [MetricReference]) {
        self.init(account: snapshot.account, references) { reference in
            snapshot.reading(of: reference).flatMap { MetricValue($0).value }
        }
    }

    package init(account: AccountID, _ references: [MetricReference], _ value: (MetricReference) -> Double?) {
        self.account = account
        self.references = references
        values = references.map(value)
    }

    package subscript(reference: MetricReference) -> Double? { references.firstIndex(of: reference).flatMap { values[$0] } }
}

/// What one account brings to a KPI over several.
package enum KPIPart: Hashable, Sendable {
    /// Nobody knows, or it is not among those that are asked.
    case leftOut
    case passes, fails
    case value(Double)
    case values(of: Double, to: Double)
}

extension KPI {
    /// Revenue is not made of metrics: there every account is left out.
    package func part(of account: KPIMetrics) -> KPIPart {
        switch measure {
        case .account(let metric): value(metric, nil, account)
        case .share(let range, let among), .count(let range, let among): passing(range, among, account)
        case .mean(let metric, let among), .median(let metric, let among), .sum(let metric, let among):
            value(metric, among, account)
        case .ratio(let of, let to, _, _): ratio(of, to, account)
        case .revenue: .leftOut
        }
    }

    private func passing(_ range: KPIRange, _ among: KPIRange?, _ account: KPIMetrics) -> KPIPart {
        guard among.map({ $0.takes(account) == true }) ?? true, let passes = range.takes(account) else { return .leftOut }
        return passes ? .passes : .fails
    }

    private func value(_ metric: MetricReference, _ among: KPIRange?, _ account: KPIMetrics) -> KPIPart {
        guard among.map({ $0.takes(account) == true }) ?? true, let value = account[metric] else { return .leftOut }
        return .value(value)
    }

    private func ratio(_ of: MetricReference, _ to: MetricReference, _ account: KPIMetrics) -> KPIPart {
        guard let of = account[of], let to = account[to] else { return .leftOut }
        return .values(of: of, to: to)
    }
}

extension KPIRange {
    /// nil: the metric is unknown.
    fileprivate func takes(_ account: KPIMetrics) -> Bool? { account[metric].map { edge.holds($0) } }
}
