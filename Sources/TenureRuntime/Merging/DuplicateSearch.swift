package import TenureCore
package import TenureInsight

/// Two accounts that may be one customer, with what speaks for it.
package struct DuplicatePair: Sendable {
    package enum Reason: Hashable, Comparable, Sendable {
        /// They share the id of a contract or subscription.
        case contract(String)
        /// Their people, or they themselves, have addresses there, and nobody else's have.
        case domain(String)
        /// Their names, or a name and an id, have the same letters and digits.
        case name
    }

    /// In the order of their ids.
    package let first: AccountRow
    package let second: AccountRow
    /// The strongest first.
    package let reasons: [Reason]

    package var key: DuplicateKey { DuplicateKey(first.id, second.id) }
}

/// Two accounts, whichever is named first.
package struct DuplicateKey: Hashable, Sendable {
    package let first: AccountID
    package let second: AccountID

    package init(_ one: AccountID, _ other: AccountID) { (first, second) = one < other ? (one, other) : (other, one) }
}

/// Finds pairs among the rows of all accounts. Only accounts that share a text are ever compared.
package struct DuplicateSearch: Sendable {
    private var reasons: [DuplicateKey: Set<DuplicatePair.Reason>] = [:]
    private let rows: [AccountID: AccountRow]
    /// Where an account's people and itself have addresses, without providers of mail.
    private var domains: [AccountID: Set<String>] = [:]
    /// A name that more accounts have says nothing of any two of them.
    private static let sameNameMax = 4
    /// Shorter ids and names are anybody's.
    private static let nameBytesMin = 3

    /// - Parameter contacts: what stands behind the `@` of people's addresses, by account.
    package init(_ rows: [AccountRow], contacts: [(account: AccountID, domain: String)]) {
        self.rows = Dictionary(rows.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        findNames(rows)
        findDomains(rows, contacts)
        findContracts(rows)
    }

    /// Those with the most reasons first. An account and the one above it are two on purpose.
    package var pairs: [DuplicatePair] {
        reasons.compactMap { key, reasons in
            guard let first = rows[key.first], let second = rows[key.second], !first.isFamily(of: second),
                reasons != [.name] || !haveOtherDomains(key)
            else { return nil }
            return DuplicatePair(first: first, second: second, reasons: reasons.sorted())
        }.sorted { ($1.reasons.count, $0.key.first, $0.key.second) < ($0.reasons.count, $1.key.first, $1.key.second) }
    }

    /// Companies of one name are told apart by the addresses of their people.
    private func haveOtherDomains(_ key: DuplicateKey) -> Bool {
        guard let first = domains[key.first], let second = domains[key.second] else { return false }
        return first.isDisjoint(with: second)
    }

    private mutating func findNames(_ rows: [AccountRow]) {
        var buckets: [String: Set<AccountID>] = [:]
        for row in rows {
            for name in row.foldedNames where name.utf8.count >= Self.nameBytesMin {
                buckets[name, default: []].insert(row.id)
            }
        }
        for accounts in buckets.values where accounts.count <= Self.sameNameMax { add(.name, of: accounts) }
    }

    private mutating func findDomains(_ rows: [AccountRow], _ contacts: [(account: AccountID, domain: String)]) {
        for contact in contacts where self.rows[contact.account] != nil { add(contact.domain, of: contact.account) }
        for row in rows {
            for domain in row.domains.compactMap(MailDomain.host) { add(domain, of: row.id) }
        }
        var buckets: [String: Set<AccountID>] = [:]
        for (account, domains) in domains { for domain in domains { buckets[domain, default: []].insert(account) } }
        for (domain, accounts) in buckets where accounts.count == 2 { add(.domain(domain), of: accounts) }
    }

    private mutating func add(_ domain: String, of account: AccountID) {
        if !MailDomain.isProvider(domain) { domains[account, default: []].insert(domain) }
    }

    private mutating func findContracts(_ rows: [AccountRow]) {
        var buckets: [String: Set<AccountID>] = [:]
        for row in rows { for contract in row.contracts { buckets[contract, default: []].insert(row.id) } }
        for (contract, accounts) in buckets where accounts.count == 2 { add(.contract(contract), of: accounts) }
    }

    private mutating func add(_ reason: DuplicatePair.Reason, of accounts: Set<AccountID>) {
        let accounts = accounts.sorted()
        for (place, one) in accounts.enumerated() {
            for other in accounts[(place + 1)...] { reasons[DuplicateKey(one, other), default: []].insert(reason) }
        }
    }
}

extension AccountRow {
    /// Names without the form of a company, as letters and digits; an id only where it has letters.
    fileprivate var foldedNames: [String] {
        let id = report.externalID.contains(where: \.isLetter) ? report.externalID : nil
        return [report.givenName, id].compactMap(\.self).map { CompanyName.folded($0) }
    }

    fileprivate func isFamily(of other: AccountRow) -> Bool {
        let names = (parent.map { ExternalID($0) }, other.parent.map { ExternalID($0) })
        return names.0 == ExternalID(other.report.externalID) || names.1 == ExternalID(report.externalID)
    }
}

/// A company's name as people and systems write it in their own ways.
enum CompanyName {
    private static let forms: Set<String> = [
        "ab", "ag", "aps", "as", "bv", "co", "company", "corp", "corporation", "gmbh", "inc", "incorporated", "kg",
        "limited", "llc", "llp", "ltd", "nv", "oy", "plc", "pty", "sa", "sarl", "sas", "se", "spa", "srl", "ug",
    ]

    /// Its letters and digits, without the legal forms at its end.
    static func folded(_ name: String) -> String {
        // `S.A.` is `SA`.
        var words = name.lowercased().replacing(".", with: "").split { !$0.isLetter && !$0.isNumber }[...]
        while words.count > 1, let last = words.last, forms.contains(String(last)) { words.removeLast() }
        return words.joined()
    }
}

/// What stands behind the `@`.
enum MailDomain {
    private static let providers: Set<String> = [
        "163.com", "aol.com", "gmail.com", "gmx.com", "gmx.de", "gmx.net", "googlemail.com", "hotmail.com", "icloud.com",
        "live.com", "mac.com", "mail.com", "mail.ru", "me.com", "msn.com", "outlook.com", "pm.me", "proton.me",
        "protonmail.com", "qq.com", "t-online.de", "web.de", "yahoo.com", "yandex.com", "yandex.ru", "zoho.com",
    ]

    /// Whether anybody may have an address there.
    static func isProvider(_ domain: String) -> Bool { providers.contains(domain) }

    /// Of a domain or an address of the web; nil: it is neither.
    static func host(_ text: String) -> String? {
        var host = text.lowercased()[...]
        if let scheme = host.firstRange(of: "://") { host = host[scheme.upperBound...] }
        host = host.prefix { $0 != "/" && $0 != ":" && $0 != "?" }
        if host.hasPrefix("www.") { host = host.dropFirst(4) }
        return host.contains(".") ? String(host) : nil
    }
}
