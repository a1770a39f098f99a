import GRDB
import TenureCore
import TenureStore

extension ProgrammeRow {
    func write(_ database: Database) throws {
        try database.run(
            """
            INSERT INTO programme (number, digest, at, by, reason, files, approved_by, approval_reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (number) DO UPDATE
            SET digest = excluded.digest, at = excluded.at, by = excluded.by, reason = excluded.reason,
                files = excluded.files, approved_by = excluded.approved_by, approval_reason = excluded.approval_reason
            """,
            [
                .number(number), .text(digest), .instant(at), .text(by), .text(reason), .bytes(files),
                .optional(approval?.by), .optional(approval?.reason),
            ])
    }

    init(_ row: inout StoredRow) throws {
        self.init(
            number: try row.number(), digest: try row.text(), at: try row.instant(), by: try row.text(),
            reason: try row.text(), files: try row.bytes())
        let (by, reason) = (try row.optionalText(), try row.optionalText())
        approval = by.map { Approval(by: $0, reason: reason ?? "") }
    }
}
