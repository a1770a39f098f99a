import TenureCore
import TenureEngine
import TenureProgramme
import TenureRuntime
import TenureStore

/// Accounts by what people remember of them: a name, an id, a domain, somebody who works there. The best match first.
struct AccountSearch: Sendable {
    struct Hit: Sendable {
        let account: AccountID
        let externalID: String
        let name: String
        /// What fits, best first: `name`, `id`, `domain`, and people.
        var matches: [Match]

        /// Smaller is better.
        var rank: Int { matches.map(\.rank).min() ?? .max }
    }

    struct Match: Hashable, Sendable {
        enum Kind: String, Hashable, Sendable { case name, id, domain, person }

        let kind: Kind
        /// As it is written at the account.
        let text: String
        let rank: Int
    }

    static let textBytesMax = 200
    static let hitsMax = 50
    /// People who are looked at; beyond it a longer text is needed.
    static let peopleMax = 500
    /// Fields of a programme that hold the customer's own address.
    private static let domainFields = ["domain", "website", "url"]

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
        let all = Self.hits(wanted, workspace.accounts(), people)
        total = all.count
        hits = Array(all.prefix(Self.hitsMax))
    }

    private static func hits(_ wanted: String, _ accounts: [AccountState], _ people: [ContactRow]) -> [Hit] {
        let byAccount = Dictionary(grouping: people, by: \.account)
        let found = accounts.compactMap { account -> Hit? in
            let profile = account.observations.profile
            let external = profile["id"]?.string ?? account.id.text
            let name = profile["name"]?.string ?? external
            let own = [match(.name, name, wanted), match(.id, external, wanted)]
            let domains = domainFields.map { match(.domain, profile[$0]?.string ?? "", wanted) }
            let matches = (own + domains).compactMap { $0 } + persons(byAccount[account.id] ?? [], wanted)
            let best = matches.sorted { $0.rank < $1.rank }
            return best.isEmpty ? nil : Hit(account: account.id, externalID: external, name: name, matches: best)
        }
        return found.sorted { $0.rank != $1.rank ? $0.rank < $1.rank : precedes($0.name.lowercased(), $1.name.lowercased()) }
    }

    /// Each person once, by what fits better of their name and address.
    private static func persons(_ people: [ContactRow], _ wanted: String) -> [Match] {
        people.compactMap { person in
            let ranks = [person.name, person.email].compactMap { rank($0, wanted) }
            let text = person.email.isEmpty ? person.name : "\(person.name) <\(person.email)>"
            return ranks.min().map { Match(kind: .person, text: text, rank: $0 + Match.ofPeople) }
        }
    }

    private static func match(_ kind: Match.Kind, _ text: String, _ wanted: String) -> Match? {
        rank(text, wanted).map { Match(kind: kind, text: text, rank: $0) }
    }

    /// 0: the very text; 1: it begins so; 2: a word of it does; 3: it holds it; nil: it does not.
    static func rank(_ text: String, _ wanted: String) -> Int? {
        let (text, wanted) = (text.lowercased(), wanted.lowercased())
        guard !text.isEmpty, let place = text.firstRange(of: wanted)?.lowerBound else { return nil }
        if isSame(text, wanted) { return 0 }
        if place == text.startIndex { return 1 }
        let words = text.split { !$0.isLetter && !$0.isNumber }
        return words.contains { $0.hasPrefix(wanted) } ? 2 : 3
    }
}

extension AccountSearch.Match {
    /// An account's own name that begins so stands before a person of another whose name does.
    fileprivate static var ofPeople: Int { 2 }
}

extension String {
    fileprivate var trimmingASCIISpace: String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        let start = drop(while: isSpace)
        return String(start.reversed().drop(while: isSpace).reversed())
    }
}
