package import TenureCore
package import TenureInsight

/// Accounts that a sender may have meant by a name: the same letters and digits, or one name inside the other.
package struct AccountMatch: Hashable, Sendable {
    package let id: String
    package let name: String
    /// Letter by letter and digit by digit; else one name lies inside the other.
    package let isExact: Bool

    private static let matchesMax = 3
    /// Shorter names lie inside too many others.
    private static let insideMin = 4

    package static func all(_ subject: String, among names: [AccountNames]) -> [AccountMatch] {
        let wanted = FoldedText(lettersOf: subject)
        guard !wanted.isEmpty else { return [] }
        let ranked = names.compactMap { account in
            account.spellings.map { rank(wanted, $0) }.min().flatMap { $0 < 2 ? ($0, account) : nil }
        }
        let best = ranked.sorted { ($0.0, $0.1.id) < ($1.0, $1.1.id) }.prefix(matchesMax)
        return best.map { AccountMatch(id: $0.1.id.text, name: $0.1.name, isExact: $0.0 == 0) }
    }

    /// 0 the same, 1 one inside the other, 2 neither.
    private static func rank(_ wanted: FoldedText, _ spelling: FoldedText) -> Int {
        if wanted.isSame(as: spelling) { return 0 }
        guard min(wanted.bytesCount, spelling.bytesCount) >= insideMin else { return 2 }
        return spelling.holds(wanted) || wanted.holds(spelling) ? 1 : 2
    }
}

/// An account's names, as letters and digits.
package struct AccountNames: Sendable {
    package let id: AccountID
    package let name: String
    let spellings: [FoldedText]

    package init(_ row: AccountRow) {
        id = row.id
        name = row.report.name
        spellings = row.spellings
    }

    /// - Parameter names: the one that people use last.
    package init(id: AccountID, names: [String]) {
        self.id = id
        name = names.last ?? id.text
        spellings = names.map { FoldedText(lettersOf: $0) }.filter { !$0.isEmpty }
    }
}
