import TenureCore
import TenureEngine
import TenureStore

/// Which account an arrival is about, and what has to be known for that.
struct Directory: Sendable {
    /// By the hash of a login's key: where it is seen. There are dozens an account, so that each is kept as small as it can be.
    private var memberPlaces: [UInt64: UInt32] = [:]
    private var places = LoginPlaces()
    /// Ids of known accounts by the vendor's own: deriving one costs more than looking it up.
    private(set) var accounts: [ExternalID: AccountID] = [:]
    /// Hashes of logins whose account was news since the last commit.
    private var news: Set<UInt64> = []

    mutating func remember(_ account: AccountID, external: String) { accounts[ExternalID(external)] = account }

    /// True when the login is news at the account.
    mutating func join(member: String, _ account: AccountID) -> Bool {
        let member = hash64(member)
        let known = memberPlaces[member]
        let place = known.map { places.number(of: account, besides: $0) } ?? places.number(of: account)
        guard place != known else { return false }
        memberPlaces[member] = place
        news.insert(member)
        return true
    }

    /// From a store that an earlier version wrote: a row for each login.
    mutating func load(member: String, account: String) {
        memberPlaces[hash64(member)] = account.isEmpty ? LoginPlaces.many : places.number(of: AccountID(account))
    }

    /// Of a login of several accounts the one that stands for them all; nil: of none, or of several customers.
    func account(of member: String, _ merges: Merges) -> AccountID? {
        let accounts = memberPlaces[hash64(member)].map { places.accounts(of: $0) } ?? []
        guard accounts.count > 1, let first = accounts.first else { return accounts.first }
        let survivor = merges.survivor(of: first)
        return accounts.allSatisfy { merges.survivor(of: $0) == survivor } ? survivor : nil
    }
}

// MARK: - Rows

extension Directory {
    /// Before the number of the row, which is its block's position: rows are appended, whatever the logins' keys.
    static let rowPrefix = "logins:"
    private static let separator = ","

    static func rowName(_ position: UInt64) -> String {
        let digits = String(position)
        return rowPrefix + String(repeating: "0", count: 20 - digits.count) + digits
    }

    /// Logins whose account was news, as one row: a line for each account, its logins' hashes behind it; for logins of
    /// several accounts it names all of them, and of many none. nil: there was no news.
    mutating func takeNews() -> String? {
        guard !news.isEmpty else { return nil }
        defer { news = [] }
        let byOwner = Dictionary(grouping: news.sorted()) { member in
            places.accounts(of: memberPlaces[member] ?? LoginPlaces.many).map(\.text).joined(separator: Self.separator)
        }
        return byOwner.sorted { precedes($0.key, $1.key) }
            .map { ([$0.key] + $0.value.map { String($0, radix: 36) }).joined(separator: " ") }.joined(separator: "\n")
    }

    /// What a person says of one login: behind the row of the block before it, and before the next block's.
    static func row(member: String, of account: AccountID, at position: UInt64) -> (name: String, value: String?) {
        let member = String(hash64(member), radix: 36)
        return (name: rowName(position) + ":" + member, value: account.text + " " + member)
    }

    /// A row's text, oldest first.
    mutating func load(row: String?) {
        for line in (row ?? "").split(separator: "\n") {
            let words = line.split(separator: " ", omittingEmptySubsequences: false)
            guard let owners = words.first else { continue }
            let place = places.number(of: owners.split(separator: Self.separator).map { AccountID(String($0)) })
            for word in words.dropFirst() { if let member = UInt64(word, radix: 36) { memberPlaces[member] = place } }
        }
    }
}
