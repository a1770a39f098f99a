import TenureCore
package import TenureEngine
package import TenureInsight
package import TenureProgramme

extension Workspace {
    /// KPIs of the running programme over accounts that have been measured, now and some weeks before.
    package func kpis(_ kpis: [KPI], of portfolio: Portfolio) -> KPIReadings {
        KPIReader(store: store, programme: portfolio.programme, now: portfolio.now).readings(kpis, of: portfolio)
    }

    /// Those of an account that has been measured.
    package func kpis(_ kpis: [KPI], of account: AccountState, _ snapshot: Snapshot) async throws -> KPIReadings {
        try await self.kpis(kpis, of: [account], [KPIMetrics(snapshot, kpis.references)])
    }

    private func kpis(_ kpis: [KPI], of accounts: [AccountState], _ metrics: [KPIMetrics]) async throws -> KPIReadings {
        let (programme, now) = (programme, now)
        return try await read { store in
            try KPIReader(store: store, programme: programme, now: now).readings(kpis, of: accounts, metrics)
        }
    }

    /// KPIs of an account at the close of a day, as the programme of that day defined them; none where the day was kept
    /// without its metrics.
    package func kpis(of account: AccountState, on day: RecordedDay) async throws -> KPIReadings {
        let kpis = day.metrics == nil ? [] : day.programme.programme.kpis.filter(\.isOfAccounts)
        let values = Dictionary((day.metrics ?? []).map { (ID<RecordedDay>($0.name), $0.value.value) }) { first, _ in first }
        let metrics = KPIMetrics(account: account.id, kpis.references) { values[ID($0.text)] ?? nil }
        return try await read { store in
            try KPIReader(store: store, programme: day.programme, now: day.close.at + -1).readings(kpis, of: [account], [metrics])
        }
    }
}
