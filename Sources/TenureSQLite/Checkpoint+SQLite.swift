import GRDB
import TenureStore

extension Checkpoint {
    /// One that is older than what is stored changes nothing.
    func write(_ database: Database) throws {
        try database.run(
            """
            INSERT INTO checkpoint (account, position, bytes, checksum) VALUES (?, ?, ?, ?)
            ON CONFLICT (account) DO UPDATE
            SET position = excluded.position, bytes = excluded.bytes, checksum = excluded.checksum
            WHERE excluded.position >= checkpoint.position
            """,
            [.account(account), .position(position), .bytes(bytes), .integer(Int64(Checksum.crc32c(bytes)))])
    }

    init(_ row: inout StoredRow) throws {
        self.init(account: try row.account(), position: try row.position(), bytes: try row.bytes())
        guard try row.integer() == Int64(Checksum.crc32c(bytes)) else { throw row.unexpected }
    }
}
