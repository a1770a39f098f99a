import TenureCore
package import TenureEngine
import TenureInsight
package import TenureProgramme

extension Workspace {
    /// KPIs of the running programme over accounts, now and some weeks before. One row is read of each account.
    ///
    /// - Parameter accounts: ascending by id.
    package func kpis(_ kpis: [KPI], of accounts: [AccountState]) async throws -> KPIReadings {
        let references = kpis.references
        return try await self.kpis(
            kpis, of: accounts, references.isEmpty ? [] : accounts.map { KPIMetrics(snapshot($0), references) })
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
