import TenureCore
import TenureEngine
import TenureInsight
import TenureRuntime
import TenureStore

/// The portfolio and each account's page.
enum AccountPages {
    static let routes: [Route] = [
        .page(Links.accounts) { call, visitor in try await list(call, visitor) },
        .page("/accounts/{id}") { call, visitor in try await one(call, visitor) },
        .form("/accounts/{id}/notes") { call, visitor, fields in
            try await AccountForm(call, visitor).perform(.note, ["text": .string(fields["text"] ?? "")])
        },
        .form("/accounts/{id}/grades") { call, visitor, fields in
            try await AccountForm(call, visitor).perform(.grade, try AccountForm.grade(fields))
        },
        .form("/accounts/{id}/plays/{number}/steps/{step}/tasks/{task}/completion") { call, visitor, _ in
            try await AccountForm(call, visitor).perform(.completeTask, [:])
        },
        .form("/accounts/{id}/plays/{number}/steps/{step}/sign-off") { call, visitor, _ in
            try await AccountForm(call, visitor).perform(.signOff, [:])
        },
    ]

    private static func list(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        let workspace = visitor.workspace
        let query = try AccountQuery(call, workspace.programme.programme)
        let all = query.reports(workspace)
        let model = AccountListPage(
            shell: try await Shell("Accounts", visitor, call.house), query: query,
            list: try AccountList(query, all, workspace), all: all, programme: workspace.programme.programme
        ) { workspace.account($0.text)?.conclusions.health.daily ?? [] }
        return try Templates.page("account_list", model)
    }

    private static func one(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        let query = try call.query(allowing: ["before", "events"])
        let before = query.filled("before").flatMap { DecisionPlace(text: $0) }
        let account = try visitor.account(call)
        let history = HealthHistory(visitor.workspace, account)
        let rows = try await AccountPageRows(
            history, before: before, showsEvents: query.filled("events") == "true")
        let name = account.observations.profile["name"]?.string ?? account.id.text
        let model = AccountPage(
            shell: try await Shell(name, visitor, call.house), formToken: visitor.session.formToken,
            history: history,
            rows: rows)
        return try Templates.page("account", model)
    }
}

/// A form of an account's page: the same command that the API has, then back to the page.
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

    /// `metric relationship.engagement good` picks a grade of a metric's scale.
    static func grade(_ fields: NamedTexts) throws -> JSONObject {
        let parts = (fields["judgement"] ?? "").split(separator: " ").map(String.init)
        guard parts.count == 3 else { throw Problem(.validationFailed, "Choose a judgement.") }
        return [
            parts[0]: .string(parts[1]), "grade": .string(parts[2]),
            "reason": .string(fields["reason"] ?? ""),
        ]
    }
}
