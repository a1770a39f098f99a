import TenureCore
import TenureStore

extension Writer {
    static let adoptedPrefix = "adopted:"

    /// What waits under a sender's name belongs to an account from here on, and what comes under it as well. The next
    /// blocks take it in.
    mutating func adopt(_ subject: String, by account: AccountID) throws {
        var commit = Commit(position: position, now: lastNow)
        if let member = Self.member(subject) {
            let row = Directory.row(member: member, of: account, at: position)
            commit.settings = [row]
            try store.commit(commit)
            directory.load(row: row.value)
        } else {
            commit.settings = [(name: Self.adoptedPrefix + subject, value: account.text)]
            try store.commit(commit)
            directory.remember(account, external: subject)
        }
        arrived.add(subject, account)
    }

    /// The login of a subject that names one alone.
    private static func member(_ subject: String) -> String? {
        let prefix = Resolved.name(ofMember: "")
        return subject.hasPrefix(prefix) ? String(subject.dropFirst(prefix.count)) : nil
    }

    /// Of what waits under a login alone.
    func account(ofLogin subject: String) -> AccountID? {
        Self.member(subject).flatMap { directory.account(of: $0, merges) }
    }

    /// After a merge: what waits under logins of both accounts is the survivor's, and enters with the next blocks.
    ///
    /// - Returns: the names under which it waits.
    mutating func adoptReunited() throws -> [String] {
        try store.quarantineCounts().compactMap { subject, _ in
            guard let account = account(ofLogin: subject) else { return nil }
            arrived.add(subject, account)
            return subject
        }
    }

    /// At start, before the quarantine is looked at.
    mutating func loadAdoptions() throws {
        for (name, value) in try store.settings(prefix: Self.adoptedPrefix) {
            directory.remember(AccountID(value), external: String(name.dropFirst(Self.adoptedPrefix.count)))
        }
    }
}
