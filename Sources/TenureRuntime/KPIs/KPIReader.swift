package import TenureCore
package import TenureEngine
package import TenureInsight
package import TenureProgramme
package import TenureStore

/// KPIs over several accounts, with what they were made of.
package struct KPIReadings: Sendable {
    /// In the order in which they were asked for.
    package let readings: [KPIReading]
    /// Of each account, ascending.
    package let now: [KPIMetrics]
    /// By how many days before. An account that had no closed day then is not in it.
    package let then: [Int: [KPIMetrics]]
}

/// Reads KPIs now and at the close of an earlier day: the metrics of that day are those that the store keeps with it.
package struct KPIReader: Sendable {
    private let store: any StateStore
    private let programme: CompiledProgramme
    private let now: Instant

    package init(store: any StateStore, programme: CompiledProgramme, now: Instant) {
        self.store = store
        self.programme = programme
        self.now = now
    }

    /// - Parameters:
    ///   - accounts: ascending by id.
    ///   - metrics: of each of them, now.
    package func readings(_ kpis: [KPI], of accounts: [AccountState], _ metrics: [KPIMetrics]) throws -> KPIReadings {
        let references = kpis.references
        var then: [Int: [KPIMetrics]] = [:]
        for days in Set(kpis.filter { !$0.metrics.isEmpty }.map(\.trendDays)).sorted() {
            then[days] = try earlier(accounts, by: days, references)
        }
        let reports = reports(kpis, accounts)
        let readings = kpis.map { kpi in
            if case .revenue(let rate) = kpi.measure {
                let (now, then) = (reports[0], reports[kpi.trendDays])
                return KPIReading(
                    kpi, now: now.map { KPIValue(rate, $0) } ?? .unknown, then: then.map { KPIValue(rate, $0) } ?? .unknown)
            }
            return KPIReading(kpi, now: KPIValue(kpi, over: metrics), then: KPIValue(kpi, over: then[kpi.trendDays] ?? []))
        }
        return KPIReadings(readings: readings, now: metrics, then: then)
    }

    /// The twelve months up to today and up to each earlier day that is asked for, by how many days ago it was. Books tell
    /// what was paid on any day, so nothing kept is needed.
    private func reports(_ kpis: [KPI], _ accounts: [AccountState]) -> [Int: RevenueReport] {
        let rates = kpis.filter { $0.metrics.isEmpty }
        guard !rates.isEmpty else { return [:] }
        let zone = programme.defaultZoneRules
        var reports: [Int: RevenueReport] = [:]
        for days in Set([0] + rates.map(\.trendDays)).sorted() {
            guard let period = RevenuePeriod.year(to: zone.day(at: now) + -Int32(days), zone: zone) else { continue }
            reports[days] = RevenueReport(accounts, programme.programme, period)
        }
        return reports
    }

    /// Metrics at the close of the day so many days before each account's own today.
    private func earlier(_ accounts: [AccountState], by days: Int, _ references: [MetricReference]) throws -> [KPIMetrics] {
        let layouts = DayPlaces(try store.metricLayouts(), references)
        return try accounts.compactMap { account in
            let day = programme.zone(of: account.observations).day(at: now) + -Int32(days)
            guard let close = try store.dailies(account: account.id, days: day...day).first?.close else { return nil }
            return try layouts.metrics(of: account.id, close)
        }
    }
}

extension [KPI] {
    /// Each metric that they read once.
    package var references: [MetricReference] {
        var seen: Set<MetricReference> = []
        return flatMap(\.metrics).filter { seen.insert($0).inserted }
    }
}
