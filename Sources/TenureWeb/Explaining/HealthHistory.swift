import TenureCore
import TenureEngine
import TenureRuntime
import TenureStore

/// An account's health at the end of a past day, or as it is now.
struct HealthHistory: Sendable {
    let workspace: Workspace
    let account: AccountState
    let snapshot: Snapshot

    init(_ workspace: Workspace, _ account: AccountState) {
        self.workspace = workspace
        self.account = account
        snapshot = workspace.snapshot(account)
    }

    var now: HealthLines? { snapshot.health.map { HealthLines($0, workspace.programme) } }

    /// nil: nothing is recorded for that day.
    func lines(on day: Day) async throws -> HealthLines? {
        if day >= snapshot.today { return now }
        let id = account.id
        let rows = try await workspace.read { try $0.dailies(account: id, days: day...day) }
        guard let row = rows.first else { return nil }
        var reader = ByteReader(row.bytes)
        return HealthLines(try reader.readHealthReading(), workspace.programme)
    }

    /// What moved the score since the end of a day.
    func change(since day: Day) async throws -> ScoreSum? {
        guard let now, let then = try await lines(on: day) else { return nil }
        return ScoreSum(from: then, to: now)
    }
}
