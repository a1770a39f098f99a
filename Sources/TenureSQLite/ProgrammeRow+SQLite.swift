import GRDB
import TenureCore
import TenureStore

extension ProgrammeRow {
    func write(_ database: Database) throws {
        try database.run(
            """
            INSERT INTO programme (number, digest, at, by, reason, files) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (number) DO UPDATE
            SET digest = excluded.digest, at = excluded.at, by = excluded.by, reason = excluded.reason,
                files = excluded.files
            """, [.number(number), .text(digest), .instant(at), .text(by), .text(reason), .bytes(files)])
    }

    init(_ row: inout StoredRow) throws {
        self.init(
            number: try row.number(), digest: try row.text(), at: try row.instant(), by: try row.text(),
            reason: try row.text(), files: try row.bytes())
    }
}
