import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime
import TenureStore

/// What senders send, what became of it, and what waits for an account.
struct DataPage {
    let shell: Shell
    let formToken: String
    let sources: [Source]
    let hasSources: Bool
    let unmapped: [Unmapped]
    let hasUnmapped: Bool
    let waiting: [Waiting]
    let hasWaiting: Bool
    let pages: PageLinks?
    let feeds: [Feed]
    let hasFeeds: Bool

    struct Source {
        let name: String
        let last: String
        let rate: String
        let accepted: String
        let others: String
        let reasons: [String]
        let tail: [Item]
        let hasTail: Bool
    }

    struct Item {
        let at: String
        let type: String
        let id: String
        let fate: String
        let reason: String?
    }

    struct Unmapped {
        let type: String
        let count: String
        let last: String
        /// What to write in the programme.
        let definition: String
    }

    /// Facts that wait under one sender's name.
    struct Waiting {
        let subject: String
        let count: String
        let since: String
        let matches: [Match]
    }

    struct Match {
        let account: String
        let name: String
    }

    struct Feed {
        let title: String
        let last: String
    }
}

extension DataPage {
    init(shell: Shell, _ visitor: Visitor, _ data: DataReading) {
        let workspace = visitor.workspace
        let zone = workspace.programme.defaultZoneRules
        self.shell = shell
        formToken = visitor.session.formToken
        sources = data.sources.map { Source($0.name, $0.activity, at: workspace.now, zone) }
        hasSources = !sources.isEmpty
        unmapped = data.unmapped.map { found in
            Unmapped(
                type: found.type, count: Wording.number(Double(found.count), places: 0), last: Wording.instant(found.last, zone),
                definition: EventSketch.text(found.type))
        }
        hasUnmapped = !unmapped.isEmpty
        waiting = data.waiting.items.map { subject in
            Waiting(
                subject: subject.name, count: Wording.plural(subject.count, "event", "events"),
                since: subject.since.map { Wording.instant($0, zone) } ?? "",
                matches: subject.matches.map { Match(account: $0.id, name: $0.name) })
        }
        hasWaiting = !waiting.isEmpty
        pages = PageLinks(data.waiting, "name", "names") { Links.with(Links.data, [("cursor", $0)]) + "#waiting" }
        feeds = data.feeds.map { Feed(title: $0.title, last: $0.last.map { Wording.instant($0, zone) } ?? "never") }
        hasFeeds = !feeds.isEmpty
    }
}

extension DataPage.Source {
    /// - Parameter activity: nil: nothing has come since the start.
    fileprivate init(_ name: String, _ activity: SourceActivity?, at now: Instant, _ zone: ZoneRules) {
        let count = { (fate: SeenItem.Fate) in Wording.number(Double(activity?.counts[fate] ?? 0), places: 0) }
        self.name = name
        last = activity.map { Wording.instant($0.last, zone) } ?? "nothing since the start"
        rate = Wording.number(Double(activity?.lastHour(at: now) ?? 0), places: 0)
        accepted = count(.accepted)
        others = "\(count(.duplicate)) known already, \(count(.quarantined)) wait, \(count(.rejected)) rejected"
        let rejections = (activity?.rejections ?? [:]).sorted { $0.value != $1.value ? $0.value > $1.value : precedes($0.key, $1.key) }
        reasons = rejections.map { "\($0.key): \($0.value)" }
        tail = (activity?.tail ?? []).reversed().map { item in
            DataPage.Item(
                at: Wording.instant(item.at, zone), type: item.type, id: item.id, fate: item.fate.rawValue,
                reason: item.refusal.map { "\($0.code): \($0.detail) \($0.pointer)" })
        }
        hasTail = !tail.isEmpty
    }
}
