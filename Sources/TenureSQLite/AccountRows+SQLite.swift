import GRDB
import TenureCore
import TenureStore

extension ContactRow {
    func write(_ database: Database) throws {
        try database.run(
            """
            INSERT INTO contact (account, key, name, email, role, has_left, is_unsubscribed, updated)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (account, key) DO UPDATE
            SET name = coalesce(nullif(excluded.name, ''), name), email = coalesce(nullif(excluded.email, ''), email),
                role = coalesce(nullif(excluded.role, ''), role),
                has_left = iif(?, excluded.has_left, has_left),
                is_unsubscribed = max(is_unsubscribed, excluded.is_unsubscribed), updated = excluded.updated
            """,
            [
                .account(account), .text(key), .text(name), .text(email), .text(role), .flag(hasLeft),
                .flag(isUnsubscribed), .instant(updated), .flag(tellsLeft),
            ])
    }

    init(_ row: inout StoredRow) throws {
        self.init(
            account: try row.account(), key: try row.text(), name: try row.text(), email: try row.text(),
            role: try row.text(), hasLeft: try row.flag(), isUnsubscribed: try row.flag(),
            updated: try row.instant())
    }
}

extension NoteRow {
    func write(_ database: Database) throws {
        try database.run(
            """
            INSERT INTO note (account, id, at, author, text) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (account, id) DO UPDATE
            SET at = excluded.at, author = excluded.author, text = excluded.text
            """, [.account(account), .text(id), .instant(at), .text(author), .text(text)])
    }

    init(_ row: inout StoredRow) throws {
        self.init(
            account: try row.account(), id: try row.text(), at: try row.instant(), author: try row.text(),
            text: try row.text())
    }
}
