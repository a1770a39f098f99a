import GRDB

extension DatabaseMigrator {
    /// What opens, closes and judges signals, of all accounts by time: few of all decisions.
    mutating func registerSignalTurns() {
        registerMigration("0006_signal_turns") { database in
            try database.execute(
                sql: """
                    CREATE INDEX decision_of_signals ON decision (at, position, ordinal)
                    WHERE kind IN (
                        'signalRaised', 'signalCleared', 'signalMarkedFalse', 'signalConfirmed', 'signalTakenBack');
                    """)
        }
    }
}
