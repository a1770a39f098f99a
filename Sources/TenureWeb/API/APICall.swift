import HTTPTypes
import TenureCore
import TenureEngine
import TenureInsight
import TenureRuntime

/// A call with an API key: its workspace, and who asks.
struct APICall: Sendable {
    let call: Call
    let workspace: Workspace
    /// `api:<source>`.
    let principal: String

    init(_ call: Call) throws {
        self.call = call
        let (workspace, key) = try call.client()
        self.workspace = workspace
        principal = "api:" + key.source
    }

    /// The account that the path names, by Tenure's id or the vendor's.
    func account() throws -> AccountState {
        guard let account = workspace.account(call["id"]) else {
            throw Problem(.notFound, "There is no account of this name.")
        }
        if call.method != .get, account.id.text != call["id"], workspace.merges.isPart(AccountID(call["id"])) {
            throw Problem(refused: Refusal.Reason.accountMerged.rawValue)
        }
        return account
    }
}

extension Route {
    /// A reading route of the API.
    static func read(_ path: String, _ answer: @escaping @Sendable (APICall) async throws -> Answer) -> Route
    {
        Route(.get, "/api/v1" + path) { try await answer(APICall($0)) }
    }

    /// A command of the API at an account.
    static func write(_ method: HTTPRequest.Method, _ path: String, _ command: Command) -> Route {
        Route(method, "/api/v1/accounts/{id}" + path) { try await APICall($0).perform(command) }
    }
}

extension APICall {
    /// Carries the command out once and answers with the account as it is afterwards.
    func perform(_ command: Command) async throws -> Answer {
        let account = try account()
        let (object, bytes) = try await body()
        let desk = CommandDesk(workspace: workspace, author: principal)
        let idempotency = try Idempotency(call, workspace: workspace, principal: principal, body: bytes)
        return try await idempotency.answer { id in
            try await desk.carryOut(command, object, at: account, parameters: call.parameters, id: id)
            let after = workspace.account(account.id.text) ?? account
            let report = AccountReport(after, workspace.programme, now: workspace.now)
            return .json(["success": true, "id": .string(id), "account": report.document])
        }
    }

    /// Some commands need no body.
    func body() async throws -> (JSONObject, [UInt8]) {
        let isEmpty = (call.fields[.contentLength] ?? "0") == "0" && call.fields[.transferEncoding] == nil
        if isEmpty, call.mediaType == nil { return (JSONObject(), []) }
        let (value, bytes) = try await call.json()
        guard let object = value.object else {
            throw Problem(.validationFailed, "The body must be an object.")
        }
        return (object, bytes)
    }
}
