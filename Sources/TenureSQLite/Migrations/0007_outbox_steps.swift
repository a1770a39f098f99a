import GRDB

extension DatabaseMigrator {
    /// What happened to each message: attempts, and what people decided.
    mutating func registerOutboxSteps() {
        registerMigration("0007_outbox_steps") { database in
            try database.execute(
                sql: """
                    CREATE TABLE outbox_step (
                        key TEXT NOT NULL,
                        number INTEGER NOT NULL CHECK (number > 0),
                        at INTEGER NOT NULL,
                        state TEXT NOT NULL,
                        detail TEXT NOT NULL,
                        PRIMARY KEY (key, number)
                    ) STRICT, WITHOUT ROWID;

                    -- Of these follows what imported history would have sent.
                    CREATE INDEX decision_withheld ON decision (at, position, ordinal) WHERE kind = 'signalWithheld';
                    """)
        }
    }
}
