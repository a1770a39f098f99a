import TenureCore
import TenureEngine
import TenureInsight
import TenureRuntime
import TenureStore

/// What was decided about an account, newest first.
struct TimelinePage: Sendable {
    struct Entry: Sendable {
        let place: DecisionPlace
        let entry: TimelineEntry
    }

    var entries: [Entry]
    var isMore: Bool

    init(_ account: AccountState, before: DecisionPlace?, limit: Int, in workspace: Workspace) async throws {
        let id = account.id
        let rows = try await workspace.read {
            try $0.decisions(account: id, before: before, limit: limit + 1)
        }
        let programme = workspace.programme
        let zone = programme.zone(of: account.observations)
        isMore = rows.count > limit
        entries = try rows.prefix(limit).map { row in
            let decision = try Decision(bytes: row.bytes)
            return Entry(
                place: row.place,
                entry: TimelineEntry(
                    decision, plays: account.conclusions.plays, programme: programme, zone: zone))
        }
    }
}

extension DecisionPlace {
    /// For a cursor.
    var text: String { "\(position).\(ordinal)" }

    init?(text: String) {
        let parts = text.split(separator: ".")
        guard parts.count == 2, let position = UInt64(parts[0]), let ordinal = Int(parts[1]) else {
            return nil
        }
        self.init(position: position, ordinal: ordinal)
    }
}

enum TimelineDocuments {
    static func page(_ api: APICall) async throws -> Answer {
        let query = try api.call.query(allowing: MemoryPage.names)
        let (limit, account) = (try ListLimit.read(query), try api.account())
        let list = "timeline:" + account.id.text
        let before = try query.filled("cursor").map { cursor in
            guard
                let place = DecisionPlace(
                    text: try Cursor.open(cursor, list: list, query: "", api.workspace.keys))
            else {
                throw Cursor.refusal
            }
            return place
        }
        let page = try await TimelinePage(account, before: before, limit: limit, in: api.workspace)
        var document = ListDocument(items: page.entries.map(self.document))
        if page.isMore, let last = page.entries.last {
            let cursor = Cursor.make(last.place.text, list: list, query: "", api.workspace.keys)
            document.next = (
                Links.with(api.call.path, [("limit", query["limit"]), ("cursor", cursor)]), cursor
            )
        }
        return document.answer
    }

    private static func document(_ row: TimelinePage.Entry) -> JSON {
        row.entry.document
    }
}
