import TenureCore
import TenureEngine

/// Names in files that no account has, with the accounts that may be meant.
extension ImportDesk {
    private static let namesMax = 1_000

    func nameUnknown(_ id: String, _ workspace: Workspace) async throws {
        guard let one = find(id, in: workspace.id) else { return }
        let reviews = one.files.compactMap(\.review)
        let brought = reviews.reduce(into: [:]) { $0.merge($1.accounts) { first, _ in first } }
        var counts: [String: Int] = [:]
        for (name, count) in reviews.flatMap(\.subjects) where brought[name] == nil {
            counts[name, default: 0] += count
        }
        var unknown: [(name: String, rows: Int)] = []
        for (name, rows) in counts {
            if try await !workspace.knows(external: name) { unknown.append((name, rows)) }
        }
        let found = unknown
        let matched = try await offPool { Self.matched(found, brought, workspace) }
        update(id) { one in
            one.unknown = matched
            one.unknownMore = found.count - matched.count
        }
    }

    /// Those that are like an account's first, then by the rows that wait for them.
    private static func matched(
        _ unknown: [(name: String, rows: Int)], _ brought: [String: String], _ workspace: Workspace
    ) -> [Import.UnknownName] {
        let names = distinct(
            brought.map {
                AccountNames(id: workspace.keys.account(external: $0.key), names: [$0.key, $0.value])
            }
                + workspace.rows().map { AccountNames($0) })
        let likely = unknown.sorted { ($1.rows, $0.name) < ($0.rows, $1.name) }.prefix(namesMax).map { one in
            Import.UnknownName(
                name: one.name, rows: one.rows, matches: AccountMatch.all(one.name, among: names))
        }
        return likely.filter { !$0.matches.isEmpty } + likely.filter(\.matches.isEmpty)
    }

    private static func distinct(_ names: [AccountNames]) -> [AccountNames] {
        var seen: Set<AccountID> = []
        return names.filter { seen.insert($0.id).inserted }
    }
}
