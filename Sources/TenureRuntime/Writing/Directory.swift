import TenureCore
import TenureEngine
import TenureStore

/// Which account an arrival is about, and what has to be known for that.
struct Directory: Sendable {
    /// By the hash of a login's key: the place of its account in `owners`, or `several`. There are dozens an account, so that
    /// each is kept as small as it can be.
    private var memberPlaces: [UInt64: UInt32] = [:]
    private var owners: [AccountID] = []
    private var ownerPlaces: [AccountID: UInt32] = [:]
    private static let several = UInt32.max
    /// Ids of known accounts by the vendor's own: deriving one costs more than looking it up.
    private(set) var accounts: [ExternalID: AccountID] = [:]
    /// Hashes of logins whose account was news since the last commit.
    private var news: Set<UInt64> = []

    mutating func remember(_ account: AccountID, external: String) { accounts[ExternalID(external)] = account }

    /// True when the login's account is news.
    mutating func join(member: String, _ account: AccountID) -> Bool {
        let (member, place) = (hash64(member), place(of: account))
        guard let known = memberPlaces[member] else {
            memberPlaces[member] = place
            news.insert(member)
            return true
        }
        guard known != Self.several, known != place else { return false }
        memberPlaces[member] = Self.several
        news.insert(member)
        return true
    }

    /// From a store that an earlier version wrote: a row for each login.

    mutating func load(member: String, account: String) {
        memberPlaces[hash64(member)] = account.isEmpty ? Self.several : place(of: AccountID(account))
    }

    /// nil: of none, or of several.
    func account(of member: String) -> AccountID? { owner(memberPlaces[hash64(member)] ?? Self.several) }

    /// nil: of several.
    private func owner(_ place: UInt32) -> AccountID? { place == Self.several ? nil : owners[Int(place)] }

    private mutating func place(of owner: AccountID) -> UInt32 {
        if let place = ownerPlaces[owner] { return place }
        let place = UInt32(clamping: owners.count)
        owners.append(owner)
        ownerPlaces[owner] = place
        return place
    }
}

// MARK: - Rows

extension Directory {
    /// Before the number of the row, which is its block's position: rows are appended, whatever the logins' keys.
    static let rowPrefix = "logins:"

    static func rowName(_ position: UInt64) -> String {
        let digits = String(position)
        return rowPrefix + String(repeating: "0", count: 20 - digits.count) + digits
    }

    /// Logins whose account was news, as one row: a line for each account, its logins' hashes behind it; of logins of
    /// several accounts the line names none. nil: there was no news.
    mutating func takeNews() -> String? {
        guard !news.isEmpty else { return nil }
        defer { news = [] }
        let byOwner = Dictionary(grouping: news.sorted()) { owner(memberPlaces[$0] ?? Self.several)?.text ?? "" }
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
            guard let owner = words.first else { continue }
            let place = owner.isEmpty ? Self.several : place(of: AccountID(String(owner)))
            for word in words.dropFirst() { if let member = UInt64(word, radix: 36) { memberPlaces[member] = place } }
        }
    }
}
