import GRDB

extension DatabaseMigrator {
    /// Who approved a version of the programme, where one had to be asked.
    mutating func registerApprovals() {
        registerMigration("0004_approval") { database in
            try database.execute(
                sql: """
                    ALTER TABLE programme ADD COLUMN approved_by TEXT;
                    ALTER TABLE programme ADD COLUMN approval_reason TEXT;
                    """)
        }
    }
}
