import HTTPTypes
import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime
import TenureStore

/// The outbox for people.
enum OutboxPages {
    static let routes: [Route] = own + SendingPages.routes + Unsubscribing.routes

    private static let own: [Route] =
        [
            .page(Links.outbox) { call, visitor in try await list(call, visitor) },
            .page(Links.withheld) { call, visitor in
                let cursor = try call.query(allowing: ["cursor"]).filled("cursor")
                let found = try await WithheldList.read(visitor.workspace)
                let model = try WithheldPage(
                    shell: try await Shell("Withheld", visitor, call.house), found, cursor: cursor, visitor.workspace)
                return try Templates.page("withheld", model)
            },
            .page("/outbox/{key}") { call, visitor in try await one(call, visitor) },
            .page("/outbox/{key}/html") { call, visitor in try await html(call, visitor) },
            .form("/outbox/{key}/release") { call, visitor, _ in
                try await desk(visitor).release(call["key"])
                return .seeOther(Links.message(call["key"]))
            },
            .form("/outbox/{key}/discard") { call, visitor, fields in
                try await desk(visitor).discard(call["key"], reason: String((fields["reason"] ?? "").prefix(500)))
                return .seeOther(Links.message(call["key"]))
            },
        ]

    private static func desk(_ visitor: Visitor) -> OutboxDesk {
        OutboxDesk(workspace: visitor.workspace, author: visitor.session.teammate)
    }

    private static func list(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        let workspace = visitor.workspace
        let texts = try call.query(allowing: ["state", "account", "cursor"])
        let page = try await OutboxRows(texts, limit: WebLimits.pageItemsDefault, workspace)
        let model = OutboxPage(
            shell: try await Shell("Outbox", visitor, call.house), page.state, page.rows,
            next: page.cursor.map { page.link(Links.outbox, cursor: $0) }, workspace)
        return try Templates.page("outbox", model)
    }

    private static func one(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        let row = try await desk(visitor).row(call["key"])
        let steps = try await visitor.workspace.read { try $0.outboxSteps(key: row.key, limit: MessagePage.stepsMax) }
        let shell = try await Shell(row.title(visitor.workspace.programme.programme), visitor, call.house)
        let model = MessagePage(shell: shell, formToken: visitor.session.formToken, row, steps, visitor.workspace)
        return try Templates.page("message", model)
    }

    /// Alone on its page, with nothing allowed in it but its own colours: no script, no image, no form, no address of ours.
    private static func html(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        guard let html = StoredMessage(try await desk(visitor).row(call["key"])).html else {
            throw Problem(.notFound, "The message has no HTML part.")
        }
        return Answer.html(html).adding(.contentSecurityPolicy, MailPolicy.text(of: html))
    }
}
