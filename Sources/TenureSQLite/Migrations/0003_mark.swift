import GRDB

extension DatabaseMigrator {
    /// The state of every account at a few places of the past.
    mutating func registerMarks() {
        registerMigration("0003_mark") { database in
            try database.execute(
                sql: """
                    CREATE TABLE mark (
                        position INTEGER PRIMARY KEY CHECK (position > 0),
                        at INTEGER NOT NULL,
                        version INTEGER NOT NULL,
                        workspace BLOB NOT NULL
                    ) STRICT;

                    -- Also of a mark that is still being made, which has no row above.
                    CREATE TABLE marked_state (
                        account TEXT NOT NULL,
                        position INTEGER NOT NULL,
                        bytes BLOB NOT NULL,
                        checksum INTEGER NOT NULL,
                        PRIMARY KEY (position, account)
                    ) STRICT;
                    """)
        }
    }
}
