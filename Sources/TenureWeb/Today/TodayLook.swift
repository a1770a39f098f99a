import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime
import TenureStore

/// What one person's accounts need, and what happened there since that person looked last.
struct TodayLook: Sendable {
    /// nil: everybody's accounts.
    let person: String?
    /// Who holds accounts.
    let people: [String]
    let overview: Overview
    /// The soonest ones.
    let tasks: [(task: OpenTask, account: AccountRow)]
    let taskCount: Int
    /// nil: never said to have looked.
    let lastSeen: Instant?
    /// The newest ones, the newest first.
    let changes: [Change]
    let changeCount: Int
    let workspace: Workspace
    /// Where more is heard of the tasks, asked before they were counted.
    let live: String

    struct Change: Sendable {
        let at: Instant
        let account: AccountRow
        let what: What

        enum What: Sendable {
            case band(from: Int?, to: Int?)
            case raised(String)
        }
    }

    static let everybody = "all"

    static func setting(_ teammate: String) -> String { "seen:" + teammate }

    /// - Parameter person: nil: the teammate, where that one holds accounts; else everybody.
    init(_ visitor: Visitor, person: String?) async throws {
        let workspace = visitor.workspace
        let rows = workspace.rows()
        let names = [Membership.setting(visitor.session.teammate), Self.setting(visitor.session.teammate)]
        let settings = try await workspace.read { store in try names.map { try store.setting($0) } }
        let teammate = settings[0].flatMap { Teammate(id: visitor.session.teammate, text: $0) }
        let own = [teammate?.email, teammate?.name, teammate?.id].compactMap(\.self)
        let chosen = person ?? own.first { name in rows.contains { $0.isHeld(by: name) } }
        self.person = chosen.flatMap { isSame($0, Self.everybody) ? nil : $0 }
        self.workspace = workspace
        live = LivePart.tasks(person: self.person).address(workspace)
        people = AccountTally(rows, workspace.programme.programme.health).owners
        overview = try await workspace.overview(of: self.person)
        lastSeen = settings[1].flatMap { try? Instant.parse(rfc3339: $0).get() }
        let all = Self.tasks(rows, of: self.person)
        taskCount = all.count
        tasks = all.least(TodayPage.tasksMax) { OpenTask.isBefore(($0.task, $0.account.id), ($1.task, $1.account.id)) }
        let since = lastSeen ?? workspace.now + -Milliseconds.day
        let changed = Self.changes(overview.accounts, try await workspace.chronicles(), since: since)
        changeCount = changed.count
        changes = changed.least(TodayPage.changesMax) { ($1.at, $0.account.id) < ($0.at, $1.account.id) }
    }

    static func taskCount(_ rows: [AccountRow], of person: String?) -> Int {
        rows.reduce(0) { $0 + $1.tasks.count { task in person.map { isSame(task.owner, $0) } ?? true } }
    }

    private static func tasks(_ rows: [AccountRow], of person: String?) -> [(task: OpenTask, account: AccountRow)] {
        rows.flatMap { row in
            row.tasks.filter { task in person.map { isSame(task.owner, $0) } ?? true }.map { (task: $0, account: row) }
        }
    }

    private static func changes(_ accounts: [OverviewAccount], _ chronicles: Chronicles, since: Instant) -> [Change] {
        accounts.flatMap { account -> [Change] in
            let row = account.row
            guard let chronicle = chronicles.accounts[row.id] else { return [] }
            let bands = chronicle.moves(since: since).map { Change(at: $0.at, account: row, what: .band(from: $0.from, to: $0.to)) }
            let raised = chronicle.raisings(since: since).map { Change(at: $0.at, account: row, what: .raised($0.id)) }
            return bands + raised
        }
    }
}
