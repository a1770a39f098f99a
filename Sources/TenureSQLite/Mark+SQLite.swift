import GRDB
import TenureStore

extension Mark {
    func write(_ database: Database) throws {
        try database.run(
            "INSERT OR REPLACE INTO mark (position, at, version, workspace) VALUES (?, ?, ?, ?)",
            [.position(position), .instant(at), .number(version), .bytes(workspace)])
        try database.run(
            "DELETE FROM mark WHERE position NOT IN (SELECT position FROM mark ORDER BY position DESC LIMIT ?)",
            [.limit(Self.countMax)])
        try database.run("DELETE FROM marked_state WHERE position NOT IN (SELECT position FROM mark)", [])
    }

    init(_ row: inout StoredRow) throws {
        self.init(
            position: try row.position(), at: try row.instant(), version: try row.number(), workspace: try row.bytes())
    }
}

extension Commit {
    func writeMarks(_ database: Database) throws {
        for state in markedStates {
            try database.run(
                "INSERT OR REPLACE INTO marked_state (account, position, bytes, checksum) VALUES (?, ?, ?, ?)",
                [
                    .account(state.account), .position(state.position), .bytes(state.bytes),
                    .integer(Int64(Checksum.crc32c(state.bytes))),
                ])
        }
        try completedMark?.write(database)
    }
}
