import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime
import TenureStore

/// One page of the outbox, and where the next begins.
struct OutboxRows: Sendable {
    let state: OutboxRow.State?
    let account: String?
    let rows: [OutboxRow]
    /// nil: there are no more.
    let cursor: String?

    init(_ texts: NamedTexts, limit: Int, _ workspace: Workspace) async throws {
        state = try texts.choice("state", of: OutboxRow.State.allCases)
        account = texts.filled("account")
        let identity = [state?.rawValue, account].map { $0 ?? "" }.joined(separator: "\u{1}")
        var query = OutboxQuery()
        query.limit = limit + 1
        query.states = state.map { [$0] } ?? []
        query.account = account.map { workspace.account($0)?.id ?? AccountID($0) }
        query.beforeKey = try texts.filled("cursor").map {
            try Cursor.open($0, list: "outbox", query: identity, workspace.keys)
        }
        let asked = query
        let found = try await workspace.read { try $0.outbox(asked) }
        rows = Array(found.prefix(limit))
        cursor = found.count > limit
            ? rows.last.map { Cursor.make($0.key, list: "outbox", query: identity, workspace.keys) } : nil
    }

    func link(_ path: String, cursor: String, limit: String? = nil) -> String {
        Links.with(path, [("state", state?.rawValue), ("account", account), ("limit", limit), ("cursor", cursor)])
    }
}
