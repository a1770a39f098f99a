import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime
import TenureStore

/// A part of a page that is told anew while the page is open, in the words in which the page is drawn.
enum LivePart: Hashable, Sendable {
    /// What was concluded just now, on the first page.
    case happened
    /// The newest lines of an account's timeline.
    case timeline(AccountID)
    /// How many tasks are open; nil: everybody's.
    case tasks(person: String?)

    static let path = "/live"
    /// Of the address, in which a person is named.
    private static let personBytesMax = 200

    init(_ texts: NamedTexts, _ visitor: Visitor) throws {
        switch texts["part"] {
        case "happened": self = .happened
        case "timeline":
            guard let row = visitor.workspace.row(texts["account"] ?? "") else {
                throw Problem(.notFound, "There is no account of this name in this workspace.")
            }
            self = .timeline(row.id)
        case "tasks":
            let person = texts.filled("person")
            guard (person ?? "").utf8.count <= Self.personBytesMax else {
                throw Problem(.invalidParameter, "A name has at most \(Self.personBytesMax) bytes.")
            }
            self = .tasks(person: person)
        default: throw Problem(.invalidParameter, "A part is happened, timeline or tasks.")
        }
    }

    /// Where a page that is drawn now hears what comes after.
    func address(_ workspace: Workspace) -> String {
        let since = ("since", Optional(String(workspace.position)))
        switch self {
        case .happened: return Links.with(Self.path, [("part", "happened"), since])
        case .timeline(let account): return Links.with(Self.path, [("part", "timeline"), ("account", account.text), since])
        case .tasks(let person): return Links.with(Self.path, [("part", "tasks"), ("person", person), since])
        }
    }

    func topic(_ workspace: Workspace) -> LiveTopic {
        switch self {
        case .happened: LiveTopic(workspace: workspace.id, part: "happened")
        case .timeline(let account): LiveTopic(workspace: workspace.id, account: account, part: "timeline")
        case .tasks(let person): LiveTopic(workspace: workspace.id, part: "tasks:" + (person ?? ""))
        }
    }

    func text(_ workspace: Workspace) async throws -> String {
        switch self {
        case .happened:
            let newest = try await workspace.chronicles { $0.newest }
            let lines = HappenedLine.newest(newest, workspace, max: OverviewPage.happenedMax)
            return try Templates.part("part_happened", HappenedPart(happened: lines))
        case .timeline(let account):
            guard let state = workspace.account(account.text) else { return "" }
            return try Templates.part("part_timeline", try await TimelinePart(state, workspace))
        case .tasks(let person):
            let count = TodayLook.tasks(workspace.table(), of: person).count
            return try Templates.part("part_task_count", TaskCountPart(count, person: person))
        }
    }
}

struct HappenedPart {
    let happened: [HappenedLine]
}

struct TimelinePart {
    let timeline: [AccountPage.TimelineLine]
}

extension TimelinePart {
    init(_ state: AccountState, _ workspace: Workspace) async throws {
        let page = try await TimelinePage(state, before: nil, limit: AccountPageRows.timelineMax, in: workspace)
        let zone = workspace.programme.zone(of: state.observations)
        timeline = page.entries.map { .init($0.entry, state.id.text, zone, today: zone.day(at: workspace.now)) }
    }
}

struct TaskCountPart {
    let tasks: String
    let link: String
}

extension TaskCountPart {
    init(_ count: Int, person: String?) {
        tasks = Wording.plural(count, "open task", "open tasks")
        link = Links.with(Links.today, [("person", person ?? TodayLook.everybody)])
    }
}
