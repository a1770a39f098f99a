import TenureCore
import TenureEngine
import TenureProgramme
import TenureRuntime
import TenureStore

/// What there is to say of a workspace's data at the moment.
struct DataReading: Sendable {
    /// Every write key's source, and others that sent something.
    let sources: [(name: String, activity: SourceActivity?)]
    let unmapped: [(type: String, count: Int, last: Instant)]
    /// Those with the most first.
    let waiting: ListPart<Waiting>
    /// When anybody's event of each type that the programme knows last came.
    let feeds: [(type: String, title: String, last: Instant?)]

    struct Waiting: Sendable {
        let name: String
        let count: Int
        let since: Instant?
        let matches: [AccountMatch]
    }

    /// Names on one page. Each is looked for among the names of all accounts.
    private static let waitingMax = 25

    /// - Parameter cursor: of names that wait; nil: the first ones.
    static func read(_ workspace: Workspace, cursor: String? = nil) async throws -> DataReading {
        let (rows, name) = (workspace.rows(), ListName(list: "waiting", question: "", keys: workspace.keys))
        let (keys, part) = try await workspace.read { store in
            let keys = try store.settings(prefix: "key:").compactMap { AccessKey(text: $0.value) }
            let counts = try store.quarantineCounts()
            let part = try ListPart(counts, name, cursor: cursor, limit: waitingMax) {
                ListPlace(number: -Int64($0.count), id: $0.subject)
            }
            let names = counts.isEmpty ? [] : rows.map { AccountNames($0) }
            return (keys, try part.map { try Self.waiting($0.subject, $0.count, store, names) })
        }
        return DataReading(workspace, keys: keys, waiting: part)
    }

    private static func waiting(
        _ subject: String, _ count: Int, _ store: any StateStore, _ names: [AccountNames]
    ) throws -> Waiting {
        Waiting(
            name: subject, count: count, since: try store.quarantine(subject: subject, after: 0, limit: 1).first?.at,
            matches: AccountMatch.all(subject, among: names))
    }

    private init(_ workspace: Workspace, keys: [AccessKey], waiting: ListPart<Waiting>) {
        let active = workspace.monitor.all
        let known = Set(active.map(\.name))
        let silent = Set(keys.filter { $0.kind == .write && !$0.isRevoked }.map(\.source)).subtracting(known)
        var all: [(name: String, activity: SourceActivity?)] = active.map { (name: $0.name, activity: $0) }
        all += silent.map { (name: $0, activity: nil) }
        sources = all.sorted { precedes($0.name, $1.name) }
        unmapped = Self.unmapped(active)
        self.waiting = waiting
        let shared = workspace.sharedState
        feeds = workspace.programme.programme.events.map {
            (type: $0.type, title: $0.title, last: shared.lastHeard($0.type))
        }
    }

    /// Of all sources, most frequent first.
    private static func unmapped(_ sources: [SourceActivity]) -> [(type: String, count: Int, last: Instant)] {
        var found: [String: (count: Int, last: Instant)] = [:]
        for (type, seen) in sources.flatMap(\.unmapped) {
            let known = found[type] ?? (0, seen.last)
            found[type] = (known.count + seen.count, max(known.last, seen.last))
        }
        return found.map { (type: $0.key, count: $0.value.count, last: $0.value.last) }.sorted {
            $0.count != $1.count ? $0.count > $1.count : precedes($0.type, $1.type)
        }
    }
}
