import TenureCore
import TenureEngine
import TenureInsight
import TenureRuntime
import TenureStore

/// Messages on their way out, and what became of them.
enum OutboxDocuments {
    static func page(_ api: APICall) async throws -> Answer {
        let query = try api.call.query(allowing: ["limit", "cursor", "state", "account"])
        let page = try await OutboxRows(query, limit: try ListLimit.read(query), api.workspace)
        var document = ListDocument(items: page.rows.map { .object($0.document) })
        document.next = page.cursor.map { (page.link(api.call.path, cursor: $0, limit: query["limit"]), $0) }
        return document.answer
    }

    /// One with its text and its history.
    static func one(_ api: APICall) async throws -> Answer {
        .json(try await document(api.call["key"], api))
    }

    private static func document(_ key: String, _ api: APICall) async throws -> JSON {
        let row = try await desk(api).row(key)
        let steps = try await api.workspace.read { try $0.outboxSteps(key: key, limit: MessagePage.stepsMax) }
        var document = row.document
        document["text"] = .string(StoredMessage(row).text)
        document["why"] = .string(OutboxCause(row, api.workspace.account(row.account.text), api.workspace.programme).words)
        document["history"] = .array(
            steps.map {
                ["at": .string($0.at.text), "state": .string($0.state.rawValue), "detail": .string($0.detail)]
            })
        return .object(document)
    }

    static func release(_ api: APICall) async throws -> Answer {
        try await desk(api).release(api.call["key"])
        return .json(try await document(api.call["key"], api))
    }

    static func discard(_ api: APICall) async throws -> Answer {
        var fields = CommandFields(try await api.body().0)
        let reason = fields.text("reason", bytesMax: SendingDesk.reasonBytesMax) ?? ""
        try fields.finish()
        try await desk(api).discard(api.call["key"], reason: reason)
        return .json(try await document(api.call["key"], api))
    }

    private static func desk(_ api: APICall) -> OutboxDesk {
        OutboxDesk(workspace: api.workspace, author: api.principal)
    }

    /// What imported history would have sent.
    static func withheld(_ api: APICall) async throws -> Answer {
        let page = try MemoryPage(api, list: "withheld")
        let found = try await WithheldList.read(api.workspace)
        return page.document(found.messages.map { $0.document }).answer
    }
}

extension OutboxRow {
    fileprivate var document: JSONObject {
        [
            "key": .string(key), "account": .string(account.text), "channel": .string(channel),
            "to": .string(recipientName), "template": .string(template), "subject": .string(subject),
            "state": .string(state.rawValue), "attempts": .int(Int64(attempts)), "due": .string(due.text),
            "created": .string(created.text), "detail": .string(detail),
        ]
    }
}

extension WithheldMessage {
    fileprivate var document: JSON {
        [
            "account": .string(account.text), "at": .string(at.text), "signal": .string(signal), "play": .string(play),
            "template": .string(template), "to": .string(recipient.text), "conditional": .bool(isConditional),
        ]
    }
}
