import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// What one account brings to a KPI, now and some weeks before.
struct KPIAccount: Sendable {
    let report: AccountReport
    let part: KPIPart
    /// Of the metrics that the KPI reads, in its order; nil: unknown.
    let now: [Double?]
    let then: [Double?]
    /// nil: the KPI is not one of each account, or has no bands.
    let band: KPIBand?
    private let kpi: KPI

    /// In the order of the portfolio; none for what is not made of metrics.
    static func all(_ kpi: KPI, _ found: KPIReadings, _ portfolio: Portfolio) -> [KPIAccount] {
        guard !kpi.metrics.isEmpty else { return [] }
        let now = Dictionary(found.now.map { ($0.account, $0) }) { first, _ in first }
        let then = Dictionary((found.then[kpi.trendDays] ?? []).map { ($0.account, $0) }) { first, _ in first }
        return portfolio.accounts.compactMap { account in
            let id = account.row.id
            return now[id].map { KPIAccount(account.report, kpi, $0, then[id]) }
        }
    }

    private init(_ report: AccountReport, _ kpi: KPI, _ now: KPIMetrics, _ then: KPIMetrics?) {
        self.report = report
        self.kpi = kpi
        part = kpi.part(of: now)
        self.now = kpi.metrics.map { now[$0] }
        self.then = kpi.metrics.map { metric in then.flatMap { $0[metric] } }
        band = kpi.isOfAccounts ? kpi.band(of: self.now.first ?? nil) : nil
    }

    /// Whether it counts: for a share or a count, whether it passes.
    var words: String {
        switch part {
        case .leftOut: "left out"
        case .passes: "passes"
        case .fails: "does not"
        case .value, .values: "counted"
        }
    }
}

extension KPIAccount {
    var document: JSON {
        func values(_ values: [Double?]) -> JSON {
            .object(JSONObject(zip(kpi.metrics, values).map { .init($0.text, $1.map { .double($0) } ?? .null) }))
        }
        return [
            "id": .string(report.id.text), "external_id": .string(report.externalID), "name": .string(report.name),
            "part": .string(name), "band": JSON(band?.id), "metrics": values(now), "metrics_before": values(then),
        ]
    }

    private var name: String {
        switch part {
        case .leftOut: "left_out"
        case .passes: "passes"
        case .fails: "fails"
        case .value, .values: "counted"
        }
    }
}
