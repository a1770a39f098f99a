import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// One teammate's morning: what to do, who needs someone, what changed, and how many are quiet.
struct TodayPage {
    let shell: Shell
    let formToken: String
    let people: [Person]
    /// What stands in place of accounts that need someone.
    let nobodyNeeds: String
    let person: String
    let tasks: [Task]
    let hasTasks: Bool
    let taskCount: TaskCountPart
    /// Where the page hears how many tasks there are later.
    let live: String
    let moreTasks: String?
    let needs: [Need]
    let hasNeeds: Bool
    let moreNeeds: String?
    let order: String
    let since: String
    let changes: [Change]
    let hasChanges: Bool
    let moreChanges: String?
    let quiet: String
    let accounts: String

    static let tasksMax = 12
    static let needsMax = 15
    static let changesMax = 20

    struct Person {
        let name: String
        let value: String
        let isCurrent: Bool
    }

    struct Task {
        let text: String
        let play: String
        let account: String
        let link: String
        let due: String?
        let isOverdue: Bool
        let completion: String
        let formToken: String
        let back: String
    }

    /// An account with the one thing that can be said of it at once.
    struct Need {
        let row: NeedRow
        /// Says that somebody looks after all that waits there; nil: nothing waits.
        let acknowledge: String?
        let formToken: String
        let back: String
    }

    struct Change {
        let at: String
        let account: String
        let link: String
        let text: String
    }
}

extension TodayPage {
    init(_ shell: Shell, _ visitor: Visitor, _ look: TodayLook) {
        let (programme, zone) = (look.workspace.programme.programme, look.workspace.programme.defaultZoneRules)
        let (token, now) = (visitor.session.formToken, look.workspace.now)
        let back = Links.with(Links.today, [("person", look.person ?? TodayLook.everybody)])
        self.shell = shell
        formToken = token
        people = Self.people(look)
        nobodyNeeds = (look.person.map { "No customer of \($0)" } ?? "No customer") + " needs anybody."
        person = look.person ?? TodayLook.everybody
        tasks = look.tasks.map { Task($0.task, $0.account.report, zone, now, token, back: back) }
        hasTasks = !tasks.isEmpty
        taskCount = TaskCountPart(look.taskCount, person: look.person)
        live = look.live
        moreTasks = Self.more(look.taskCount, Self.tasksMax)
        needs = look.overview.needs.first(Self.needsMax).map { need in
            Need(
                row: NeedRow(need, look.workspace, programme), acknowledge: Self.acknowledge(need, now), formToken: token,
                back: back)
        }
        hasNeeds = !needs.isEmpty
        moreNeeds = Self.more(look.overview.needs.count, Self.needsMax)
        order = NeedRow.order(programme.currency)
        since = look.lastSeen.map { "since you looked, \(Wording.instant($0, zone))" } ?? "in the last 24 hours"
        changes = look.changes.map { Change($0, programme, zone) }
        hasChanges = !changes.isEmpty
        moreChanges = Self.more(look.changeCount, Self.changesMax)
        quiet = Wording.plural(look.overview.quiet, "customer needs", "customers need") + " nobody today."
        accounts = Links.with(Links.accounts, [("owner", look.person)])
    }

    private static func more(_ count: Int, _ shown: Int) -> String? { count > shown ? "\(Wording.count(count - shown)) more" : nil }

    private static func people(_ look: TodayLook) -> [Person] {
        let everybody = Person(name: "Everybody", value: TodayLook.everybody, isCurrent: look.person == nil)
        return [everybody]
            + look.people.map { name in
                Person(name: name, value: name, isCurrent: look.person.map { isSame($0, name) } ?? false)
            }
    }

    private static func acknowledge(_ need: TenureInsight.Need, _ now: Instant) -> String? {
        let row = need.account.row
        return row.signals.contains { $0.isWaiting(at: now) } ? Links.account(row.report.id.text) + "/attention" : nil
    }
}

extension TodayPage.Task {
    init(_ task: OpenTask, _ account: AccountReport, _ zone: ZoneRules, _ now: Instant, _ formToken: String, back: String) {
        text = task.text
        play = task.playTitle
        self.account = account.name
        link = Links.account(account.id.text) + "#plays"
        due = task.due.map { Wording.instant($0, zone) }
        isOverdue = task.isOverdue(at: now)
        completion = Links.completion(account.id.text, play: task.number, step: task.step, task: task.task)
        self.formToken = formToken
        self.back = back
    }
}

extension TodayPage.Change {
    init(_ change: Overview.Change, _ programme: Programme, _ zone: ZoneRules) {
        at = Wording.instant(change.at, zone)
        account = change.row.report.name
        link = Links.account(change.row.id.text) + "#timeline"
        switch change.what {
        case .band(let move):
            text = "\(Self.band(move.from, programme)) → \(Self.band(move.to, programme))"
        case .raised(let id):
            text = "raised: " + (programme.signals.first { isSame($0.id, id) }?.title ?? id)
        }
    }

    private static func band(_ place: Int?, _ programme: Programme) -> String {
        let bands = programme.health.bands
        return place.flatMap { bands.indices.contains($0) ? bands[$0].title : nil } ?? "Unknown"
    }
}
