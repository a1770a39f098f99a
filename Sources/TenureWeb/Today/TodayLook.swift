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
    let changes: [Overview.Change]
    let changeCount: Int
    let workspace: Workspace
    /// Where more is heard of the tasks, asked before they were counted.
    let live: String

    static let everybody = "all"

    static func setting(_ teammate: String) -> String { "seen:" + teammate }

    /// - Parameter person: nil: the teammate, where that one holds accounts; else everybody.
    init(_ visitor: Visitor, person: String?) async throws {
        let workspace = visitor.workspace
        let names = [Membership.setting(visitor.session.teammate), Self.setting(visitor.session.teammate)]
        let settings = try await workspace.read { store in try names.map { try store.setting($0) } }
        let teammate = settings[0].flatMap { Teammate(id: visitor.session.teammate, text: $0) }
        let own = [teammate?.email, teammate?.name, teammate?.id].compactMap(\.self)
        let chosen = person ?? own.first { [table = workspace.table()] in table.isHolder($0) }
        self.person = chosen.flatMap { isSame($0, Self.everybody) ? nil : $0 }
        self.workspace = workspace
        live = LivePart.tasks(person: self.person).address(workspace)
        let table = workspace.table()
        people = AccountTally(Array(table.rows.indices), table, workspace.programme.programme.health).owners
        let overview = try await workspace.overview(of: self.person)
        self.overview = overview
        lastSeen = settings[1].flatMap { try? Instant.parse(rfc3339: $0).get() }
        let open = Self.tasks(table, of: self.person)
        taskCount = open.count
        tasks = open.first(TodayPage.tasksMax).map { (table.rows[$0.slot].tasks[$0.ordinal], table.rows[$0.slot]) }
        let since = lastSeen ?? workspace.now + -Milliseconds.day
        (changeCount, changes) = try await workspace.chronicles {
            overview.changes(since: since, $0.accounts, max: TodayPage.changesMax)
        }
    }

    /// Soonest first; without a due instant last.
    static func tasks(_ table: AccountTable, of person: String?) -> [Placed] {
        let owner = person.map { table.people.number(of: $0) }
        let all = table.tasks.elements
        var found: [Placed] = []
        for slot in table.rows.indices {
            for (ordinal, place) in table.tasks.ranges[slot].enumerated() {
                let task = all[place]
                guard owner.map({ $0 == task.owner }) ?? true else { continue }
                found.append(
                    Placed(
                        number: task.due?.milliseconds, text: table.idPlace(of: slot), id: task.place, slot: slot,
                        ordinal: ordinal))
            }
        }
        return found
    }
}
