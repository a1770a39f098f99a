import HTTPTypes
import TenureCore
import TenureEngine
import TenureRuntime

/// Batches for programs: shown first, then carried out, then taken back, as on the pages.
enum BulkDocuments {
    static let routes: [Route] = [
        Route(.post, "/api/v1/bulk") { try await draft(APICall($0)) },
        Route(.get, "/api/v1/bulk/{id}") { call in
            let api = try APICall(call)
            return .json(try await document(try await own(api), api))
        },
        Route(.post, "/api/v1/bulk/{id}/run") { call in
            let api = try APICall(call)
            let batch = try await own(api)
            try await BatchDesk(workspace: api.workspace, author: api.principal).carryOut(batch, page: Links.batch(batch.id))
            return .json(try await document(try await own(api), api))
        },
        Route(.post, "/api/v1/bulk/{id}/undo") { call in
            let api = try APICall(call)
            guard let receipt = try await Receipts(workspace: api.workspace)[try await own(api).id] else {
                throw UndoDesk.refusal
            }
            let undone = try await UndoDesk(workspace: api.workspace, author: api.principal).takeBack(receipt).undone
            return .json(undone?.document ?? .null)
        },
    ]

    private static func draft(_ api: APICall) async throws -> Answer {
        let (value, _) = try await api.call.json()
        guard let body = value.object, let action = body["action"].flatMap({ Batch.Action($0) }) else {
            throw Problem(
                .validationFailed, "action is {kind: start, play} or {kind: hand_over, role, person}.",
                errors: [.init(pointer: "/action", type: "validation-failed", detail: "action is needed")])
        }
        let accounts = try accounts(body, api.workspace)
        try Batch.check(accounts)
        let desk = BatchDesk(workspace: api.workspace, author: api.principal)
        let batch = try await desk.draft(try action.checked(api.workspace.programme.programme), at: accounts)
        return .json(try await document(batch, api), status: .created)
    }

    /// `accounts` by Tenure's ids or the vendor's, or `query` as the list of accounts takes it.
    private static func accounts(_ body: JSONObject, _ workspace: Workspace) throws -> [AccountID] {
        if let query = body["query"]?.string { return try AccountList.accounts(NamedTexts(encoded: query[...]), workspace) }
        return try (body["accounts"]?.array ?? []).map { name in
            guard let account = name.string.flatMap({ workspace.account($0) }) else {
                throw Problem(.validationFailed, "There is no account \(name.text).")
            }
            return account.id
        }
    }

    /// Who prepared a batch carries it out.
    private static func own(_ api: APICall) async throws -> Batch {
        let batch = try await BulkPages.batch(api.call, api.workspace)
        guard isSame(batch.by, api.principal) else { throw Problem(.notFound, "There is no batch of this name of yours.") }
        return batch
    }

    private static func document(_ batch: Batch, _ api: APICall) async throws -> JSON {
        var object: JSONObject = ["id": .string(batch.id), "action": batch.action.json, "done": .bool(batch.result != nil)]
        if let result = batch.result {
            object["accounts"] = .array(result.done.map { ["id": .string($0.text)] })
            object["skipped"] = .array(result.skipped.map { ["id": .string($0.account.text), "reason": .string($0.reason)] })
        } else {
            let plan = BatchPlan(batch, in: api.workspace, try await Team(of: api.workspace))
            object["accounts"] = .array(plan.taken.map { $0.item.document("gets", $0.gets) })
            object["skipped"] = .array(plan.skipped.map { $0.item.document("reason", $0.reason) })
        }
        return .object(object)
    }
}

extension BatchPlan.Item {
    fileprivate func document(_ member: String, _ text: String) -> JSON {
        .object(["id": .string(account.id.text), "name": .string(name), member: .string(text)])
    }
}

extension Receipt.Undone {
    fileprivate var document: JSON {
        [
            "undone": .int(Int64(count)), "messages_sent": .int(Int64(messagesSent)),
            "left": .array(left.map { ["id": .string($0.account.text), "reason": .string($0.reason)] }),
        ]
    }
}
