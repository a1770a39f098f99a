import TenureCore
import TenureEngine
import TenureInsight
import TenureRuntime

/// Finding, merging and parting accounts, for people.
enum MergePages {
    static let routes: [Route] = [
        .page(Links.duplicates) { try await list($0, $1) },
        .form(Links.distinctAccounts) { _, visitor, fields in
            let desk = MergeDesk(visitor)
            try await desk.settle(fields["first"] ?? "", fields["second"] ?? "", isDistinct: fields["again"] == nil)
            return .seeOther(Links.duplicates)
        },
        .page("/accounts/{id}/merge") { try await compare($0, $1) },
        .form("/accounts/{id}/merges") { call, visitor, fields in
            let survivor = try visitor.account(call).id
            try await MergeDesk(visitor).merge(
                fields[MergeForm.other] ?? "", into: survivor, taking: MergeForm.chosen(fields),
                reason: fields[MergeForm.reason] ?? "")
            return .seeOther(Links.account(survivor.text) + "#parts")
        },
        .form("/accounts/{id}/merges/undoing") { call, visitor, fields in
            let survivor = try visitor.account(call).id
            try await MergeDesk(visitor).undo(fields[MergeForm.other] ?? "", from: survivor)
            return .seeOther(Links.account(fields[MergeForm.other] ?? survivor.text))
        },
    ]

    /// Pairs on one page.
    private static let pairsMax = 25

    private static func list(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        let cursor = try call.query(allowing: ["cursor"]).filled("cursor")
        let workspace = visitor.workspace
        let part = try MergeDesk.part(try await workspace.duplicates(), in: workspace, cursor: cursor, limit: pairsMax)
        let model = DuplicatesPage(
            shell: try await Shell("Duplicate accounts", visitor, call.house), visitor, part,
            distinct: try await workspace.distinctAccounts(), try await Team(of: workspace))
        return try Templates.page("duplicates", model)
    }

    private static func compare(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        let (workspace, survivor) = (visitor.workspace, try visitor.account(call))
        guard let name = try call.query(allowing: ["with"]).filled("with") else { return .seeOther(Links.duplicates) }
        let part = try MergeDesk(visitor).account(name)
        let obstacle = MergeDesk(visitor).obstacle(part.id, survivor.id)
        let people = (
            survivor: try await workspace.contacts(of: survivor.id), part: try await workspace.contacts(of: part.id)
        )
        let model = MergePage(
            shell: try await Shell("Merge two accounts", visitor, call.house), visitor, MergePreview(part, into: survivor),
            obstacle: obstacle, people: people)
        return try Templates.page("merge", model)
    }
}
