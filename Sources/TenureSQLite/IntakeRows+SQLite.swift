import GRDB
import TenureStore

extension QuarantineRow {
    func write(_ database: Database) throws {
        if number == 0 {
            try database.run(
                "INSERT INTO quarantine (subject, at, reason, bytes) VALUES (?, ?, ?, ?)",
                [.text(subject), .instant(at), .text(reason), .bytes(bytes)])
        } else {
            try database.run(
                "UPDATE quarantine SET subject = ?, at = ?, reason = ?, bytes = ? WHERE number = ?",
                [.text(subject), .instant(at), .text(reason), .bytes(bytes), .integer(number)])
        }
    }

    init(_ row: inout StoredRow) throws {
        self.init(
            number: try row.integer(), subject: try row.text(), at: try row.instant(), reason: try row.text(),
            bytes: try row.bytes())
    }
}

extension IdempotentAnswer {
    /// The first answer under a key stands.
    func write(_ database: Database) throws {
        try database.run(
            """
            INSERT INTO answer (principal, key, request_hash, status, body, at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (principal, key) DO NOTHING
            """,
            [.text(principal), .text(key), .text(requestHash), .number(status), .text(body), .instant(at)])
    }

    init(_ row: inout StoredRow) throws {
        self.init(
            principal: try row.text(), key: try row.text(), requestHash: try row.text(),
            status: try row.number(),
            body: try row.text(), at: try row.instant())
    }
}
