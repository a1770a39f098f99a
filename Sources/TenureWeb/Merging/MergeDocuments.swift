import HTTPTypes
package import TenureCore
import TenureEngine
import TenureInsight
package import TenureRuntime

/// Finding, merging and parting accounts, for programs.
package enum MergeDocuments {
    static let routes: [Route] = [
        .read("/duplicates") { try await pairs($0) },
        Route(.post, "/api/v1/duplicates/distinct") { try await settle(APICall($0), isDistinct: true) },
        Route(.delete, "/api/v1/duplicates/distinct") { try await settle(APICall($0), isDistinct: false) },
        .read("/accounts/{id}/merges") { .json(document(of: try $0.account().id, $0.workspace)) },
        Route(.post, "/api/v1/accounts/{id}/merges") { try await merge(APICall($0)) },
        Route(.delete, "/api/v1/accounts/{id}/merges/{other}") { call in
            let api = try APICall(call)
            let survivor = try api.account().id
            var fields = CommandFields(try await api.body().0)
            let by = fields.text("by")
            try fields.finish()
            try await MergeDesk(api, by: by).undo(call["other"], from: survivor)
            return .json(document(of: survivor, api.workspace))
        },
    ]

    private static func pairs(_ api: APICall) async throws -> Answer {
        let query = try api.call.query(allowing: MemoryPage.names)
        let (pairs, limit) = (try await api.workspace.duplicates(), try ListLimit.read(query))
        let part = try MergeDesk.part(pairs, in: api.workspace, cursor: query.filled("cursor"), limit: limit)
        let address = part.next.map { Links.with(api.call.path, [("limit", query.filled("limit")), ("cursor", $0)]) }
        return ListDocument(
            items: part.items.map(\.document), total: part.total, next: address.flatMap { link in part.next.map { (link, $0) } }
        ).answer
    }

    private static func settle(_ api: APICall, isDistinct: Bool) async throws -> Answer {
        var fields = CommandFields(try await api.body().0)
        let (first, second) = (fields.text("first", required: true), fields.text("second", required: true))
        try fields.finish()
        try await MergeDesk(api).settle(first ?? "", second ?? "", isDistinct: isDistinct)
        return .json(["success": true])
    }

    private static func merge(_ api: APICall) async throws -> Answer {
        let survivor = try api.account().id
        let (object, bytes) = try await api.body()
        var fields = CommandFields(object)
        let other = fields.text("account", required: true)
        let reason = fields.text("reason", bytesMax: CommandFields.reasonBytesMax)
        let (taken, by) = (fields.texts("take"), fields.text("by"))
        try fields.finish()
        let idempotency = try Idempotency(api.call, workspace: api.workspace, principal: api.principal, body: bytes)
        return try await idempotency.answer { _ in
            try await MergeDesk(api, by: by).merge(other ?? "", into: survivor, taking: Set(taken), reason: reason ?? "")
            return .json(document(of: survivor, api.workspace))
        }
    }

    /// The likeliest pairs, as `GET duplicates` answers.
    package static func duplicates(in workspace: Workspace, limit: Int) async throws -> JSON {
        let pairs = try await workspace.duplicates()
        return ["items": .array(pairs.prefix(limit).map(\.document)), "total": .int(Int64(pairs.count))]
    }

    /// What speaks for a pair, as a person reads it.
    package static func words(ofReason document: JSON) -> String {
        DuplicatePair.Reason(document)?.words ?? document.text
    }

    package static func document(of survivor: AccountID, _ workspace: Workspace) -> JSON {
        [
            "account": .string(survivor.text),
            "merges": .array(workspace.merges.links(into: survivor).map { $0.document(workspace) }),
        ]
    }
}

extension Merges.Link {
    fileprivate func document(_ workspace: Workspace) -> JSON {
        let profile = workspace.state(of: part)?.observations.profile
        return [
            "account": .string(part.text), "external_id": profile?["id"] ?? .null, "name": profile?["name"] ?? .null,
            "by": .string(by), "reason": .string(reason), "at": .string(at.text),
            "taken": .array(terms.taken.map { .string($0) }), "kept": .array(terms.kept.map { .string($0) }),
        ]
    }
}

extension DuplicatePair {
    fileprivate var document: JSON {
        let side = { (row: AccountRow) -> JSON in
            ["id": .string(row.id.text), "external_id": .string(row.report.externalID), "name": .string(row.report.name)]
        }
        return ["first": side(first), "second": side(second), "reasons": .array(reasons.map(\.document))]
    }
}
