import HTTPTypes
import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime
import TenureStore

/// The portfolio and each account's page.
enum AccountPages {
    static let routes: [Route] = [
        .page(Links.accounts) { call, visitor in try await list(call, visitor) },
        .page("/accounts/{id}") { call, visitor in try await one(call, visitor) },
    ] + WorkForm.all.map { form in
        .form("/accounts/{id}" + form.path) { try await FormDesk($0, $1).submit(form, $2) }
    }

    private static func list(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        let query = try AccountQuery(call, visitor.workspace)
        return try await list(call, visitor, query, returned: nil)
    }

    /// - Parameter returned: the list's form for many accounts, where it could not be taken.
    static func list(
        _ call: Call, _ visitor: Visitor, _ query: AccountQuery, returned: ReturnedForm?
    ) async throws -> Answer {
        let (workspace, programme) = (visitor.workspace, visitor.workspace.programme.programme)
        var query = query
        query.limit = min(query.limit, AccountListPage.rowsMax(columns: query.columns.count))
        let table = workspace.table()
        let slots = query.slots(table)
        let tally = AccountTally(slots, table, programme.health)
        let list = try AccountList(query, slots, table, workspace)
        let bulk = BulkForm(
            query: query.text, total: list.part.total, owners: tally.owners, programme,
            try await Team(of: workspace), returned: returned)
        let teammate = visitor.session.teammate
        let views = ViewBar(
            try await SavedViews(workspace: workspace).all(for: teammate), query: query.text, for: teammate,
            returned: returned)
        let shell = try await Shell("Accounts", visitor, call.house)
        var model = AccountListPage(
            shell: shell, query: query, list: list, tally: tally, bulk: bulk, views: views, programme: programme
        ) { workspace.daily(of: $0) }
        model.add(query.columns, try ColumnBar(query, workspace.programme), of: list, in: workspace)
        model.formToken = visitor.session.formToken
        model.tick(Set(returned.map { BulkRequest.ticked($0.typed) } ?? []))
        return try Templates.page("account_list", model, status: returned?.problem.code.status ?? .ok)
    }

    private static func one(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        let account = try visitor.account(call)
        // The address of one that is part of another leads on, whichever of its names it has.
        let isPart = visitor.workspace.id(of: call["id"]).map(visitor.workspace.merges.isPart) ?? false
        if isPart { return .seeOther(Links.account(account.id.text)) }
        return try await page(call, visitor, account, returned: nil)
    }

    /// - Parameter returned: a form of the page that could not be carried out.
    static func page(
        _ call: Call, _ visitor: Visitor, _ account: AccountState, returned: ReturnedForm?
    ) async throws -> Answer {
        let query = try call.query(allowing: ["before", "events", "receipt"])
        let before = query.filled("before").flatMap { DecisionPlace(text: $0) }
        let history = HealthHistory(visitor.workspace, account)
        let rows = try await AccountPageRows(
            history, before: before, showsEvents: query.filled("events") == "true",
            receipt: query.filled("receipt"))
        let name = account.observations.profile["name"]?.string ?? account.id.text
        let shell = try await Shell(name, visitor, call.house)
        let model = AccountPage(shell: shell, visitor: visitor, history: history, rows: rows, returned: returned)
        return try Templates.page("account", model, status: returned?.problem.code.status ?? .ok)
    }
}
