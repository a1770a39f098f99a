import TenureCore
import TenureEngine
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
        let desk = CommandDesk(workspace: visitor.workspace, author: visitor.session.teammate)
        let id = "form-" + hexadecimal((0..<16).map { _ in UInt8.random(in: .min ... .max) })
        try await desk.carryOut(command, object, at: account, parameters: call.parameters, id: id)
        return .seeOther(back ?? Links.account(account.id.text))
    }
}
