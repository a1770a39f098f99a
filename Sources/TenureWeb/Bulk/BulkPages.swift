import TenureCore
import TenureEngine
import TenureRuntime

/// From the ticks of a list to a batch, and from its page to what it does.
enum BulkPages {
    static let routes: [Route] = [
        .form(Links.bulk) { call, visitor, fields in try await draft(call, visitor, fields) },
        .page("/bulk/{id}") { call, visitor in try await show(call, visitor) },
        .form("/bulk/{id}") { call, visitor, _ in
            let batch = try await batch(call, visitor.workspace)
            guard isSame(batch.by, visitor.session.teammate) else {
                throw Problem(.notFound, "Who prepared a batch confirms it.")
            }
            let desk = BatchDesk(workspace: visitor.workspace, author: visitor.session.teammate)
            try await desk.carryOut(batch, page: Links.batch(batch.id))
            return .seeOther(Links.batch(batch.id))
        },
    ]

    private static func draft(_ call: Call, _ visitor: Visitor, _ fields: NamedTexts) async throws -> Answer {
        let (workspace, programme) = (visitor.workspace, visitor.workspace.programme.programme)
        do {
            let request = try BulkRequest(fields, programme) {
                try AccountList.accounts(NamedTexts(encoded: (fields["query"] ?? "")[...]), workspace)
            }
            let desk = BatchDesk(workspace: workspace, author: visitor.session.teammate)
            return .seeOther(Links.batch(try await desk.draft(request.action, at: request.accounts).id))
        } catch let problem as Problem where problem.code == .validationFailed {
            let returned = ReturnedForm(action: call.path, typed: fields, problem: problem)
            let query = try AccountQuery(NamedTexts(encoded: (fields["query"] ?? "")[...]), workspace)
            return try await AccountPages.list(call, visitor, query, returned: returned)
        }
    }

    private static func show(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        _ = try call.query(allowing: ["receipt"])
        let workspace = visitor.workspace
        let batch = try await batch(call, workspace)
        let receipt = try await Receipts(workspace: workspace)[batch.id]
        let team = try await Team(of: workspace)
        let title = batch.action.title(workspace.programme.programme, team)
        let shell = try await Shell(title, visitor, call.house)
        return try Templates.page("batch", BatchPage(batch, receipt, visitor, team, shell: shell))
    }

    static func batch(_ call: Call, _ workspace: Workspace) async throws -> Batch {
        guard let batch = try await Batches(workspace: workspace)[call["id"]] else {
            throw Problem(.notFound, "There is no batch of this name; they are kept for a day.")
        }
        return batch
    }
}
