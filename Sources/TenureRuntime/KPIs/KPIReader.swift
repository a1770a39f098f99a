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
        let earlier = try EarlierMetrics(kpis, store, programme, now: now)
        let found = try accounts.map { try earlier.metrics(of: $0) }
        let then = Dictionary(earlier.days.map { days in (days, found.compactMap { $0[days] }) }) { first, _ in first }
        return readings(kpis, metrics, then, accounts.map { ($0.id, $0.observations.revenue) })
    }

    /// Of accounts that have been measured: nothing is read.
    package func readings(_ kpis: [KPI], of portfolio: Portfolio) -> KPIReadings {
        let folios = portfolio.accounts.map(\.folio)
        let then = Dictionary(kpis.trendDays.map { days in (days, folios.compactMap { $0.kpisThen[days] }) }) { first, _ in first }
        return readings(kpis, folios.map(\.kpis), then, portfolio.accounts.map { ($0.row.id, $0.folio.ledger) })
    }

    private func readings(
        _ kpis: [KPI], _ metrics: [KPIMetrics], _ then: [Int: [KPIMetrics]], _ ledgers: [(id: AccountID, ledger: RevenueLedger)]
    ) -> KPIReadings {
        let reports = reports(kpis, ledgers)
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
    private func reports(_ kpis: [KPI], _ ledgers: [(id: AccountID, ledger: RevenueLedger)]) -> [Int: RevenueReport] {
        let rates = kpis.filter { $0.metrics.isEmpty }
        guard !rates.isEmpty else { return [:] }
        let zone = programme.defaultZoneRules
        var reports: [Int: RevenueReport] = [:]
        for days in Set([0] + rates.map(\.trendDays)).sorted() {
            guard let period = RevenuePeriod.year(to: zone.day(at: now) + -Int32(days), zone: zone) else { continue }
            reports[days] = RevenueReport(ledgers, programme.programme, period)
        }
        return reports
    }
}

/// Metrics of accounts at the closes of the earlier days that KPIs are compared with.
struct EarlierMetrics: Sendable {
    let days: [Int]
    private let store: any StateStore
    private let programme: CompiledProgramme
    private let now: Instant
    private let layouts: DayPlaces

    init(_ kpis: [KPI], _ store: any StateStore, _ programme: CompiledProgramme, now: Instant) throws {
        days = kpis.trendDays
        layouts = DayPlaces(try store.metricLayouts(), kpis.references)
        self.store = store
        self.programme = programme
        self.now = now
    }

    /// By how many days before the account's own today; a day that was not kept is not in it.
    func metrics(of account: AccountState) throws -> [Int: KPIMetrics] {
        let today = programme.zone(of: account.observations).day(at: now)
        var found: [Int: KPIMetrics] = [:]
        for days in days {
            let day = today + -Int32(days)
            guard let close = try store.dailies(account: account.id, days: day...day).first?.close else { continue }
            found[days] = try layouts.metrics(of: account.id, close)
        }
        return found
    }
}

extension [KPI] {
    /// Before how many days those were that are made of metrics, ascending.
    var trendDays: [Int] { Set(filter { !$0.metrics.isEmpty }.map(\.trendDays)).sorted() }

    /// Each metric that they read once.
    package var references: [MetricReference] {
        var seen: Set<MetricReference> = []
        return flatMap(\.metrics).filter { seen.insert($0).inserted }
    }
}
