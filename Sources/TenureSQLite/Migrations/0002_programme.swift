import GRDB

extension DatabaseMigrator {
    /// Every version of the programme that the workspace ran.
    mutating func registerProgrammes() {
        registerMigration("0002_programme") { database in
            try database.execute(
                sql: """
                    CREATE TABLE programme (
                        number INTEGER PRIMARY KEY CHECK (number > 0),
                        digest TEXT NOT NULL,
                        at INTEGER NOT NULL,
                        by TEXT NOT NULL,
                        reason TEXT NOT NULL,
                        files BLOB NOT NULL
                    ) STRICT;
                    """)
        }
    }
}
