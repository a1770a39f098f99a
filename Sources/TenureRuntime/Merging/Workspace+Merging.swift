package import TenureCore
package import TenureStore

extension Workspace {
    /// From here on an account's facts count for another one, and so does what waited under logins that both know. It has
    /// concluded from all of them when this returns.
    ///
    /// Said again, it changes nothing.
    package func merge(
        _ part: AccountID, into survivor: AccountID, _ terms: MergeTerms, by: String, reason: String = ""
    ) async throws {
        try await onWriter { writer, now in
            if writer.merges.link(of: part)?.survivor == survivor { return (block: nil, value: ()) }
            return (try writer.merge(part, into: survivor, terms, by: by, reason: reason, now: now), ())
        }
        let reunited = try await onWriter { writer, _ in (block: nil, value: try writer.adoptReunited()) }
        for subject in reunited { try await letIn(subject) }
    }

    /// Both accounts stand for themselves again, each with the facts that came under its name.
    package func undoMerge(of part: AccountID, from survivor: AccountID, by: String) async throws {
        try await onWriter { writer, now in
            (block: try writer.part(part, from: survivor, by: by, now: now), value: ())
        }
    }

    /// The people who are known at an account and at its parts, ascending by key.
    package func contacts(of account: AccountID) async throws -> [ContactRow] {
        let accounts = merges.accounts(in: account)
        return try await read { try $0.contacts(accounts: accounts) }
    }

    /// Newest first.
    package func notes(of account: AccountID, limit: Int) async throws -> [NoteRow] {
        let accounts = merges.accounts(in: account)
        return try await read { store in
            let notes = try accounts.flatMap { try store.notes(account: $0, limit: limit) }
            return Array(notes.sorted { $0.at != $1.at ? $0.at > $1.at : precedes($1.id, $0.id) }.prefix(limit))
        }
    }
}

extension StateStore {
    /// Who is known at several accounts under one address, or under one key, stands there once, and is unsubscribed where they
    /// are so at one of them.
    ///
    /// - Parameter accounts: the one whose row counts where several know the same person comes first.
    func contacts(accounts: [AccountID]) throws -> [ContactRow] {
        guard accounts.count > 1 else { return try accounts.first.map { try contacts(account: $0) } ?? [] }
        var rows: [String: ContactRow] = [:]
        for row in try accounts.flatMap({ try contacts(account: $0) }) {
            let person = row.email.isEmpty ? row.key : row.email.lowercased()
            let isUnsubscribed = row.isUnsubscribed || rows[person]?.isUnsubscribed ?? false
            rows[person, default: row].isUnsubscribed = isUnsubscribed
        }
        return rows.values.sorted { $0.key != $1.key ? precedes($0.key, $1.key) : $0.account < $1.account }
    }
}
