import GRDB

extension DatabaseMigrator {
    /// Who was written to when, for caps; and of messages that are due at once the older ones leave first.
    mutating func registerOutboxArrivals() {
        registerMigration("0008_outbox_arrivals") { database in
            try database.execute(
                sql: """
                    CREATE TABLE outbox_arrival (
                        key TEXT PRIMARY KEY NOT NULL,
                        address TEXT NOT NULL,
                        at INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX outbox_arrival_of_address ON outbox_arrival (address, at, key);

                    INSERT INTO outbox_arrival (key, address, at)
                    SELECT outbox.key, lower(outbox.address), max(outbox_step.at)
                    FROM outbox JOIN outbox_step ON outbox_step.key = outbox.key
                    WHERE outbox.channel = 'mail' AND outbox_step.state = 'sent' GROUP BY outbox.key;

                    DROP INDEX outbox_due;
                    CREATE INDEX outbox_due ON outbox (due, created, key) WHERE state = 'queued';
                    """)
        }
    }
}
