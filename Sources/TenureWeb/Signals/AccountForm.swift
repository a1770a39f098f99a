import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// A form of a signal: the same command that the API has, then back to the page that it stood on.
struct AccountForm: Sendable {
    let call: Call
    let visitor: Visitor

    init(_ call: Call, _ visitor: Visitor) {
        self.call = call
        self.visitor = visitor
    }

    /// - Parameter back: where to go afterwards; nil: the account's page.
    func perform(_ command: Command, _ object: JSONObject, back: String? = nil) async throws -> Answer {
        let account = try visitor.account(call)
        try await carryOut(command, object, at: account, call.parameters)
        return .seeOther(back ?? Links.account(account.id.text))
    }

    /// Says of every signal that waits at the account that somebody looks after it.
    func attend(back: String?) async throws -> Answer {
        let (account, now) = (try visitor.account(call), visitor.workspace.now)
        let waiting = visitor.workspace.row(account.id.text)?.signals.filter { $0.isWaiting(at: now) } ?? []
        for known in waiting { try await carryOut(.acknowledge, JSONObject(), at: account, ["signal": known.signal.id]) }
        return .seeOther(back ?? Links.account(account.id.text))
    }

    private func carryOut(
        _ command: Command, _ object: JSONObject, at account: AccountState, _ parameters: [String: String]
    ) async throws {
        let desk = CommandDesk(workspace: visitor.workspace, author: visitor.session.teammate)
        let id = "form-" + hexadecimal((0..<16).map { _ in UInt8.random(in: .min ... .max) })
        try await desk.carryOut(command, object, at: account, parameters: parameters, id: id)
    }
}
