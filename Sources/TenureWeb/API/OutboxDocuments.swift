import TenureCore
import TenureRuntime
import TenureStore

/// Messages on their way out, and what became of them. Bodies stay inside.
enum OutboxDocuments {
    static func page(_ api: APICall) async throws -> Answer {
        let query = try api.call.query(allowing: ["limit", "cursor", "state"])
        let limit = try ListLimit.read(query)
        var wanted = OutboxQuery()
        wanted.limit = limit + 1
        if let text = query.filled("state") {
            guard let state = OutboxRow.State(rawValue: text) else {
                throw Problem(
                    .invalidParameter,
                    "state is one of " + OutboxRow.State.allCases.map(\.rawValue).joined(separator: ", ")
                        + ".")
            }
            wanted.states = [state]
        }
        let identity = query.filled("state") ?? ""
        wanted.beforeKey = try query.filled("cursor").map {
            try Cursor.open($0, list: "outbox", query: identity, api.workspace.keys)
        }
        let asked = wanted
        let rows = try await api.workspace.read { try $0.outbox(asked) }
        var document = ListDocument(items: rows.prefix(limit).map { $0.document })
        if rows.count > limit, let last = rows.prefix(limit).last {
            let cursor = Cursor.make(last.key, list: "outbox", query: identity, api.workspace.keys)
            document.next = (
                Links.with(
                    api.call.path, [("state", query["state"]), ("limit", query["limit"]), ("cursor", cursor)]),
                cursor
            )
        }
        return document.answer
    }
}

extension OutboxRow {
    fileprivate var document: JSON {
        [
            "key": .string(key), "account": .string(account.text), "channel": .string(channel),
            "to": .string(recipientName), "template": .string(template), "subject": .string(subject),
            "state": .string(state.rawValue), "attempts": .int(Int64(attempts)), "due": .string(due.text),
            "created": .string(created.text), "detail": .string(detail),
        ]
    }
}
