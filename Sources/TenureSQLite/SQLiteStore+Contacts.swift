import TenureCore
package import TenureStore

extension SQLiteStore {
    package func contacts(containing text: String, limit: Int) throws -> [ContactRow] {
        let accounts = try contactTexts.texts(self).accounts(holding: text, limit: limit)
        guard !accounts.isEmpty else { return [] }
        let pattern = "%" + text.replacing(/[!%_]/) { "!" + $0.output } + "%"
        let values: [Stored] = [.accounts(accounts), .text(pattern), .text(pattern), .limit(limit)]
        return try read { try $0.rows(.contactsContaining, values) { try ContactRow(&$0) } }
    }

    /// - Parameter changed: accounts whose contacts may have changed; nil: all.
    func contactTexts(_ known: ContactTexts, changed: Set<AccountID>?) throws -> ContactTexts {
        guard let changed else { return try allContactTexts() }
        guard !changed.isEmpty else { return known }
        let found = try read { try $0.rows(.contactTextsOfAccounts, [.accounts(changed.sorted())], Self.entry) }
        let texts = Dictionary(found.map { ($0.account, $0.text) }, uniquingKeysWith: { first, _ in first })
        var next = known
        next.replace(changed.sorted().map { (account: $0, text: texts[$0] ?? "") })
        return next
    }

    /// Page by page, so that no read is long.
    private func allContactTexts() throws -> ContactTexts {
        var (texts, last) = (ContactTexts(), AccountID(""))
        while true {
            let values: [Stored] = [.account(last), .limit(5_000)]
            let page = try read { try $0.rows(.contactTexts, values, Self.entry) }
            guard let end = page.last else { break }
            for entry in page { texts.append(entry) }
            last = end.account
        }
        texts.replace([])
        return texts
    }

    private static func entry(_ row: inout StoredRow) throws -> ContactTexts.Entry? {
        (account: try row.account(), text: try row.text())
    }
}
