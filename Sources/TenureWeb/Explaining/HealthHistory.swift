import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
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

    var now: HealthReading? { snapshot.health }

    /// nil: nothing is recorded for that day.
    func reading(on day: Day) async throws -> HealthReading? {
        if day >= snapshot.today { return now }
        let id = account.id
        let rows = try await workspace.read { try $0.dailies(account: id, days: day...day) }
        guard let row = rows.first else { return nil }
        var reader = ByteReader(row.bytes)
        return try reader.readHealthReading()
    }

    /// What moved the score since the end of a day.
    func change(since day: Day) async throws -> ScoreChange? {
        guard let now, let then = try await reading(on: day) else { return nil }
        return ScoreChange(from: explanation(then), to: explanation(now))
    }

    /// Which facts moved each component between the ends of two days; later ones than today mean now.
    func causes(from earlier: Day, to later: Day) async throws -> ScoreCauses? {
        guard let before = try await reading(on: earlier), let after = try await reading(on: later) else {
            return nil
        }
        let past = AccountPast(try await workspace.facts(of: account.id), snapshot)
        return ScoreCauses(
            from: .init(before, moment(earlier)), to: .init(after, moment(later)), in: past)
    }

    private func moment(_ day: Day) -> Moment {
        day < snapshot.today ? Moment(endOf: day, in: snapshot.zone) : Moment(snapshot.now)
    }

    func explanation(_ reading: HealthReading) -> HealthExplanation {
        HealthExplanation(reading, snapshot.programme.programme.health)
    }
}
