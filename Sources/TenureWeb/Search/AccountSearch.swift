import TenureCore
import TenureInsight
import TenureRuntime
import TenureStore

/// Accounts by what people remember of them: a name, an id, a domain, somebody who works there. The best match first.
struct AccountSearch: Sendable {
    struct Hit: Sendable {
        let account: AccountID
        let externalID: String
        let name: String
        /// What fits, best first: `name`, `id`, `domain`, and people.
        let matches: [Match]
    }

    struct Match: Hashable, Sendable {
        enum Kind: String, Hashable, Sendable { case name, id, domain, person }

        let kind: Kind
        /// As it is written at the account.
        let text: String
        /// The account merged with this one that has it; nil: this one has it itself.
        var merged: Merged?
        let rank: Int
    }

    struct Merged: Hashable, Sendable {
        let id: AccountID
        let externalID: String
        let name: String
    }

    static let textBytesMax = 200
    static let hitsMax = 50
    /// People who are looked at; beyond it a longer text is needed.
    static let peopleMax = 500

    let text: String
    /// At most `hitsMax`.
    let hits: [Hit]
    /// How many there are.
    let total: Int

    init(_ text: String, in workspace: Workspace) async throws {
        let wanted = text.trimmingASCIISpace
        guard wanted.utf8.count <= Self.textBytesMax else {
            throw Problem(.invalidParameter, "q has at most \(Self.textBytesMax) bytes.")
        }
        self.text = wanted
        guard !wanted.isEmpty else {
            (hits, total) = ([], 0)
            return
        }
        let people = try await workspace.read { try $0.contacts(containing: wanted, limit: Self.peopleMax) }
        let table = workspace.table()
        let found = Found(FoldedText(wanted), people, table.parts, workspace.merges)
        let name = ListName(list: "search", question: wanted, keys: workspace.keys)
        let best = try ListPart(
            found.placed(table), name, cursor: nil, limit: Self.hitsMax,
            start: { Placed($0, text: table.namePlace(of: $0.text), id: table.idPlace(of: $0.id)) },
            place: { ListPlace(number: 0, id: $0.id.text) }, item: { table.rows[$0.slot] })
        total = best.total
        hits = best.items.map { found.hit($0) }
    }
}

/// What is looked for, the people that fit, and the accounts merged with others whose names do, both by the account that
/// stands for theirs.
private struct Found {
    private let wanted: FoldedText
    private let people: [AccountID: [ContactRow]]
    private let merged: [AccountID: [AccountSearch.Match]]

    init(_ wanted: FoldedText, _ people: [ContactRow], _ parts: [AccountID: SearchedNames], _ merges: Merges) {
        self.wanted = wanted
        var merged: [AccountID: [AccountSearch.Match]] = [:]
        for (part, names) in parts.sorted(by: { $0.key < $1.key }) {
            let fitting = names.matches(wanted, mergedAs: part)
            if !fitting.isEmpty { merged[merges.survivor(of: part), default: []] += fitting }
        }
        self.merged = merged
        self.people = Dictionary(grouping: people) { merges.survivor(of: $0.account) }
    }

    /// Of all accounts of which something fits: the best match first, then by name.
    func placed(_ table: AccountTable) -> [Placed] {
        var ranks = Array(repeating: TextColumn.none, count: table.rows.count)
        for column in [table.names, table.externalIDs, table.domains] { column.rank(wanted, into: &ranks) }
        for account in Set(people.keys).union(merged.keys) {
            guard let slot = table.slot(of: account), let best = others(table.rows[slot]).map(\.rank).min()
            else { continue }
            ranks[slot] = min(ranks[slot], UInt8(clamping: best))
        }
        return ranks.indices.filter { ranks[$0] != TextColumn.none }.map { slot in
            Placed(number: Int64(ranks[slot]), text: table.namePlace(of: slot), id: table.idPlace(of: slot), slot: slot)
        }
    }

    func hit(_ row: AccountRow) -> AccountSearch.Hit {
        let report = row.report
        let matches = (SearchedNames(row).matches(wanted) + others(row)).sorted { $0.rank < $1.rank }
        return AccountSearch.Hit(account: report.id, externalID: report.externalID, name: report.name, matches: matches)
    }

    /// What is not the account's own: of those merged with it, and of people.
    private func others(_ row: AccountRow) -> [AccountSearch.Match] {
        (merged[row.id] ?? []) + persons(row)
    }

    /// Each person once, by what fits better of their name and address.
    private func persons(_ row: AccountRow) -> [AccountSearch.Match] {
        (people.isEmpty ? [] : people[row.id] ?? []).compactMap { person in
            let ranks = [person.name, person.email].compactMap { FoldedText($0).rank(of: wanted) }
            let text = person.email.isEmpty ? person.name : "\(person.name) <\(person.email)>"
            return ranks.min().map { AccountSearch.Match(kind: .person, text: text, rank: $0 + AccountSearch.Match.ofPeople) }
        }
    }
}

extension SearchedNames {
    /// - Parameter part: the account's id, where it is part of another one.
    fileprivate func matches(_ wanted: FoldedText, mergedAs part: AccountID? = nil) -> [AccountSearch.Match] {
        let merged = part.map { AccountSearch.Merged(id: $0, externalID: externalID, name: name) }
        let own: [(AccountSearch.Match.Kind, String)] = [(.name, name), (.id, externalID)]
        let texts = own + domains.map { (.domain, $0) }
        return texts.compactMap { kind, text in
            FoldedText(text).rank(of: wanted).map { rank in
                AccountSearch.Match(
                    kind: kind, text: text, merged: merged, rank: merged == nil ? rank : rank + AccountSearch.Match.ofMerged)
            }
        }
    }
}

extension AccountSearch.Match {
    /// An account's own name that begins so stands before another's former name that does, and before a person's.
    fileprivate static var ofMerged: Int { 1 }
    fileprivate static var ofPeople: Int { 2 }
}

extension String {
    fileprivate var trimmingASCIISpace: String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        let start = drop(while: isSpace)
        return String(start.reversed().drop(while: isSpace).reversed())
    }
}
