import Foundation
package import TenureCore
package import TenureEngine
package import TenureInsight
import TenureProgramme
package import TenureStore

extension Workspace {
    /// Every account that is wanted, with what portfolios count of it. Blocks.
    ///
    /// Accounts that nobody has measured since their last commit are measured now, and all others again after some hours:
    /// of what an account's own midnight does not settle, as much may be out of date.
    package func portfolio(_ store: any StateStore, where isWanted: (AccountRow) -> Bool = { _ in true }) throws -> Portfolio {
        let (programme, now) = (programme, now)
        let rows = rows().filter(isWanted)
        let unmeasured = rows.filter { row in row.later.folio.map { now - $0.made >= Self.folioMilliseconds } ?? true }
        if !unmeasured.isEmpty {
            try FolioDesk(self, store, programme, now: now).measure(unmeasured)
        }
        let accounts = rows.compactMap { row in row.later.folio.map { PortfolioAccount(row, $0) } }
        return Portfolio(accounts, programme, now: now)
    }

    private static var folioMilliseconds: Int64 { 6 * Milliseconds.hour }

    /// The account's scores of the last ninety days.
    package func daily(of row: AccountRow) -> [HealthConclusions.DailyScore] {
        row.later.daily { state(of: row.id).map { Array($0.conclusions.health.daily.suffix(91)) } ?? [] }
    }

    package func snapshot(of id: AccountID) -> Snapshot? { state(of: id).map { snapshot($0) } }
}

/// Measures accounts for portfolios.
private struct FolioDesk: Sendable {
    private let workspace: Workspace
    private let references: [MetricReference]
    private let earlier: EarlierMetrics
    /// For fewer accounts one core will do.
    private static let alone = 64

    init(_ workspace: Workspace, _ store: any StateStore, _ programme: CompiledProgramme, now: Instant) throws {
        self.workspace = workspace
        references = programme.programme.kpis.references
        earlier = try EarlierMetrics(programme.programme.kpis, store, programme, now: now)
    }

    func measure(_ rows: [AccountRow]) throws {
        let cores = rows.count > Self.alone ? ProcessInfo.processInfo.activeProcessorCount : 1
        let results = concurrentMap(rows, among: Array(0..<cores)) { _, row in Result { try measure(row) } }
        for result in results { try result.get() }
    }

    /// An account that is gone keeps none.
    private func measure(_ row: AccountRow) throws {
        guard let state = workspace.state(of: row.id) else { return }
        let snapshot = workspace.snapshot(state)
        row.later.folio = AccountFolio(
            state, snapshot, kpis: KPIMetrics(snapshot, references), then: try earlier.metrics(of: state))
    }
}
