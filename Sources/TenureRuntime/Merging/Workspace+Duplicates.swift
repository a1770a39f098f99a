import Synchronization
package import TenureCore
package import TenureEngine
import TenureInsight
import TenureStore

extension Workspace {
    private static let settledPrefix = "distinct:"

    /// Accounts that may be one customer, the likeliest first, without those of which somebody said that they are two.
    /// Found anew with each commit that somebody asks about.
    package func duplicates() async throws -> [DuplicatePair] {
        try await wholeView(Self.duplicatesView) { workspace, store in
            DuplicateSearch(workspace.rows(), contacts: try store.contactDomains(survivors: workspace.merges)).pairs
        }.value.without(try await distinctAccounts().map(\.key), merges)
    }

    private static let duplicatesView = "duplicates"

    /// Whether nobody would wait for them.
    var hasDuplicates: Bool {
        let day = programme.defaultZoneRules.day(at: now)
        return views.withLock { $0.has(Self.duplicatesView, of: day) }
    }

    /// Accounts that may be the same customer as one; of a large workspace once they are found.
    package func twins(of account: AccountID) async throws -> [DuplicatePair] {
        guard !isLarge || hasDuplicates else { return [] }
        return try await duplicates().filter { $0.first.id == account || $0.second.id == account }
    }

    /// Whether other accounts name it as the one above them.
    package func isAbove(_ account: AccountState) -> Bool {
        guard let name = account.observations.profile["id"]?.string.map({ ExternalID($0) }) else { return false }
        return rows().contains { row in row.id != account.id && row.parent.map { ExternalID($0) == name } ?? false }
    }

    /// Pairs that somebody settled as two customers, and who did.
    package func distinctAccounts() async throws -> [(key: DuplicateKey, by: String)] {
        try await read { try $0.settings(prefix: Self.settledPrefix) }.compactMap { name, by in
            let ids = name.dropFirst(Self.settledPrefix.count).split(separator: ":")
            return ids.count == 2 ? (DuplicateKey(AccountID(String(ids[0])), AccountID(String(ids[1]))), by) : nil
        }
    }

    /// - Parameter isDistinct: false lets the pair be found again.
    package func settle(_ pair: DuplicateKey, isDistinct: Bool, by: String) async throws {
        let name = Self.settledPrefix + pair.first.text + ":" + pair.second.text
        try await write { $0.settings.append((name: name, value: isDistinct ? by : nil)) }
    }
}

extension [DuplicatePair] {
    fileprivate func without(_ settled: [DuplicateKey], _ merges: Merges) -> [DuplicatePair] {
        let settled = Set(settled)
        // In a large workspace they may have been found before the last merge.
        return filter { !settled.contains($0.key) && !merges.isPart($0.first.id) && !merges.isPart($0.second.id) }
    }
}

extension StateStore {
    /// What stands behind the `@` of people's addresses, by the account that stands for theirs.
    fileprivate func contactDomains(survivors merges: Merges) throws -> [(account: AccountID, domain: String)] {
        try contactDomains().map { (account: merges.survivor(of: $0.account), domain: $0.domain) }
    }
}
