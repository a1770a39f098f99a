import GRDB

extension DatabaseMigrator {
    /// Every metric of every day beside its score. Days that were closed before have none.
    mutating func registerDayMetrics() {
        registerMigration("0005_day_metrics") { database in
            try database.execute(
                sql: """
                    ALTER TABLE daily ADD COLUMN closed_at INTEGER;
                    ALTER TABLE daily ADD COLUMN position INTEGER;
                    ALTER TABLE daily ADD COLUMN layout INTEGER;
                    ALTER TABLE daily ADD COLUMN metrics BLOB;

                    -- What the places of `daily.metrics` mean: a list of names.
                    CREATE TABLE metric_layout (
                        number INTEGER PRIMARY KEY CHECK (number > 0),
                        names BLOB NOT NULL
                    ) STRICT;
                    """)
        }
    }
}
