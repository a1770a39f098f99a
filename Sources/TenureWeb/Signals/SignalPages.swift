import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// Signals of all accounts, each by itself, and the forms with which people say what they think of them.
enum SignalPages {
    static let routes: [Route] = [
        .page(Links.signals) { call, visitor in try await list(call, visitor) },
        .page("/signals/{signal}/episodes") { call, visitor in try await episodes(call, visitor) },
        .page("/accounts/{id}/signals/{signal}") { call, visitor in try await one(call, visitor) },
        .form("/accounts/{id}/attention") { call, visitor, fields in
            try await AccountForm(call, visitor).attend(back: fields.back)
        },
        form("acknowledgement", .acknowledge) { $0.object(days: "days") },
        form("snooze", .snooze) { $0.object(days: "days") },
        form("false-alarm", .markFalse) { $0.object("reason", days: "days", flag: "keep_plays") },
        form("confirmation", .confirm) { $0.object("reason") },
        .form("/accounts/{id}/signals/{signal}/taken-back") { call, visitor, fields in
            guard let treatment = try fields.choice("what", of: SignalTreatment.allCases) else { throw Form.refusal }
            return try await perform(.takeBack(treatment), [:], call, visitor, fields)
        },
    ]

    private static func form(
        _ word: String, _ command: Command, _ read: @escaping @Sendable (NamedTexts) -> JSONObject
    ) -> Route {
        .form("/accounts/{id}" + SignalRoutes.path(word)) { call, visitor, fields in
            try await perform(command, read(fields), call, visitor, fields)
        }
    }

    private static func perform(
        _ command: Command, _ object: JSONObject, _ call: Call, _ visitor: Visitor, _ fields: NamedTexts
    ) async throws -> Answer {
        try await AccountForm(call, visitor).perform(command, object, back: fields.back)
    }

    private static func list(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        let workspace = visitor.workspace
        let texts = try call.query(allowing: SignalQuery.names.union(["cursor"]))
        let query = try SignalQuery(texts, workspace.programme.programme)
        let part = try query.part(workspace, cursor: texts.filled("cursor"), limit: SignalListPage.rowsMax)
        let model = SignalListPage(
            shell: try await Shell("Signals", visitor, call.house), visitor, query, part,
            try await SignalHistory(workspace).precisions(workspace.programme.signals.map(\.signal)))
        return try Templates.page("signals", model)
    }

    private static func one(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        let workspace = visitor.workspace
        let account = try visitor.account(call)
        let plan = try plan(call, workspace)
        let episodes = try await SignalHistory.episodes(of: plan.signal, at: account.id, in: workspace)
        let model = SignalPage(
            shell: try await Shell(plan.signal.title, visitor, call.house), formToken: visitor.session.formToken, plan,
            workspace.snapshot(account), episodes)
        return try Templates.page("signal", model)
    }

    private static func episodes(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        let signal = try plan(call, visitor.workspace).signal
        let texts = try call.query(allowing: ["days", "cursor"])
        let text = texts.filled("days") ?? ""
        guard let days = Int64(text), SignalHistory.windows.contains(days) else {
            let windows = SignalHistory.windows.map { "\($0)" }.joined(separator: ", ")
            throw Problem(.invalidParameter, "days is one of \(windows).")
        }
        let model = SignalEpisodePage(
            shell: try await Shell(signal.title, visitor, call.house), signal, days: days,
            try await SignalHistory(visitor.workspace).ended(signal, days: days, cursor: texts.filled("cursor")), visitor.workspace)
        return try Templates.page("signal_episodes", model)
    }

    private static func plan(_ call: Call, _ workspace: Workspace) throws -> SignalPlan {
        guard let plan = workspace.programme.signals.first(where: { isSame($0.signal.id, call["signal"]) }) else {
            throw Problem(.notFound, "The programme has no signal of this name.")
        }
        return plan
    }
}

extension NamedTexts {
    /// Members of a command, from a form's fields: empty ones are left out, and numbers that are none stay text, so that
    /// the command says what is wrong.
    func object(_ texts: String..., days: String? = nil, flag: String? = nil) -> JSONObject {
        var object = JSONObject()
        for name in texts { object[name] = filled(name).map { .string($0) } }
        if let days, let text = filled(days) { object[days] = Int64(text).map { .int($0) } ?? .string(text) }
        if let flag, filled(flag) != nil { object[flag] = true }
        return object
    }
}
