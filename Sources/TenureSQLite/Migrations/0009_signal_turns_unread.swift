import GRDB

extension DatabaseMigrator {
    /// What opens and closes signals is read with all decisions: its own index had no reader left.
    mutating func registerSignalTurnsUnread() {
        registerMigration("0009_signal_turns_unread") { database in
            try database.execute(sql: "DROP INDEX decision_of_signals;")
        }
    }
}
