package import TenureEngine
import TenureInsight
package import TenureProgramme

extension Workspace {
    /// KPIs of the running programme over accounts, now and some weeks before. One row is read of each account.
    ///
    /// - Parameter accounts: ascending by id.
    package func kpis(_ kpis: [KPI], of accounts: [AccountState]) async throws -> KPIReadings {
        let references = kpis.references
        let metrics = references.isEmpty ? [] : accounts.map { KPIMetrics(snapshot($0), references) }
        let (programme, now) = (programme, now)
        return try await read { store in
            try KPIReader(store: store, programme: programme, now: now).readings(kpis, of: accounts, metrics)
        }
    }
}
