import GRDB

extension DatabaseMigrator {
    /// Everything a workspace records beside its log.
    mutating func registerInitial() {
        registerMigration("0001_initial") { database in
            try database.execute(sql: initialSchema)
        }
    }
}

private let initialSchema = """
    -- Where the writer has come to: one row.
    CREATE TABLE place (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        position INTEGER NOT NULL CHECK (position >= 0),
        at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE decision (
        position INTEGER NOT NULL CHECK (position > 0),
        ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
        account TEXT NOT NULL,
        at INTEGER NOT NULL,
        kind TEXT NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (position, ordinal)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX decision_of_account ON decision (account, position, ordinal);

    CREATE TABLE decision_digest (
        position INTEGER PRIMARY KEY CHECK (position > 0),
        digest INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE checkpoint (
        account TEXT PRIMARY KEY NOT NULL,
        position INTEGER NOT NULL CHECK (position >= 0),
        bytes BLOB NOT NULL,
        checksum INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE daily (
        account TEXT NOT NULL,
        day INTEGER NOT NULL,
        score INTEGER,
        band TEXT,
        bytes BLOB NOT NULL,
        PRIMARY KEY (account, day)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE contact (
        account TEXT NOT NULL,
        key TEXT NOT NULL,
        name TEXT NOT NULL,
        email TEXT NOT NULL,
        role TEXT NOT NULL,
        has_left INTEGER NOT NULL CHECK (has_left IN (0, 1)),
        is_unsubscribed INTEGER NOT NULL CHECK (is_unsubscribed IN (0, 1)),
        updated INTEGER NOT NULL,
        PRIMARY KEY (account, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE note (
        account TEXT NOT NULL,
        id TEXT NOT NULL,
        at INTEGER NOT NULL,
        author TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (account, id)
    ) STRICT;
    CREATE INDEX note_by_time ON note (account, at, id);

    CREATE TABLE outbox (
        key TEXT PRIMARY KEY NOT NULL,
        account TEXT NOT NULL,
        channel TEXT NOT NULL,
        address TEXT NOT NULL,
        recipient_name TEXT NOT NULL,
        template TEXT NOT NULL,
        subject TEXT NOT NULL,
        message_id TEXT NOT NULL,
        sender TEXT NOT NULL,
        body BLOB NOT NULL,
        state TEXT NOT NULL CHECK (
            state IN ('queued', 'held', 'sending', 'sent', 'failed', 'cancelled', 'withheld')),
        attempts INTEGER NOT NULL CHECK (attempts >= 0),
        due INTEGER NOT NULL,
        created INTEGER NOT NULL,
        detail TEXT NOT NULL,
        checksum INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX outbox_due ON outbox (due, key) WHERE state = 'queued';
    CREATE INDEX outbox_by_time ON outbox (created, key);
    CREATE INDEX outbox_of_state ON outbox (state, created, key);
    CREATE INDEX outbox_of_account ON outbox (account, created, key);

    -- A number is never given twice, so that a page's cursor and a release cannot meet another row.
    CREATE TABLE quarantine (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        subject TEXT NOT NULL,
        at INTEGER NOT NULL,
        reason TEXT NOT NULL,
        bytes BLOB NOT NULL
    ) STRICT;
    CREATE INDEX quarantine_of_subject ON quarantine (subject, number);

    CREATE TABLE setting (
        name TEXT PRIMARY KEY NOT NULL,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE answer (
        principal TEXT NOT NULL,
        key TEXT NOT NULL,
        request_hash TEXT NOT NULL,
        status INTEGER NOT NULL,
        body TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (principal, key)
    ) STRICT;
    CREATE INDEX answer_by_time ON answer (at);
    """
