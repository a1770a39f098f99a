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

    /// At start, before the quarantine is looked at.
    mutating func loadAdoptions() throws {
        for (name, value) in try store.settings(prefix: Self.adoptedPrefix) {
            directory.remember(AccountID(value), external: String(name.dropFirst(Self.adoptedPrefix.count)))
        }
    }
}
