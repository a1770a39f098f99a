import GRDB
import TenureStore

extension SQLiteStore {
    static let busySeconds = 5

    static var configuration: Configuration {
        var configuration = Configuration()
        configuration.maximumReaderCount = 3
        configuration.busyMode = .timeout(Double(busySeconds))
        configuration.label = "tenure.sqlite"
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA cache_size = -16384")
        }
        return configuration
    }

    static var readingConfiguration: Configuration {
        var configuration = configuration
        configuration.readonly = true
        return configuration
    }

    /// Full durability is set here and not while a connection is prepared: the pool sets NORMAL on its writer
    /// afterwards, and a commit would then survive a crash of the process but not of the machine.
    ///
    /// SQLite's own checkpointing is off, since it hides a failed flush of the database file; `WALDrain` does
    /// it.
    static func setUp(_ pool: DatabasePool, _ options: Options) throws {
        try pool.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
            try database.execute(sql: "PRAGMA wal_autocheckpoint = 0")
            try database.execute(sql: "PRAGMA secure_delete = ON")
            if let pages = options.pagesMax { try database.execute(sql: "PRAGMA max_page_count = \(pages)") }
            try requireDurability(database)
        }
        let migrator = migrator
        if try pool.read(migrator.hasBeenSuperseded) {
            throw StorageFailure.newer(path: pool.path)
        }
        try migrator.migrate(pool)
        try pool.writeWithoutTransaction(requireDurability)
    }

    private static func requireDurability(_ database: Database) throws {
        #if DEBUG
            if PlantedBug.storeWithoutSync.isChosen { return try database.execute(sql: "PRAGMA synchronous = NORMAL") }
        #endif
        guard try Int.fetchOne(database, sql: "PRAGMA synchronous") == 2 else {
            throw DatabaseError(message: "synchronous is not FULL on the writer")
        }
        // A flush that failed while the file was made can leave it without its write-ahead log.
        guard try String.fetchOne(database, sql: "PRAGMA journal_mode") == "wal" else {
            throw DatabaseError(message: "the file has no write-ahead log")
        }
    }

    /// Whether every table is as this version reads it: a file that was only opened to be looked at may be older.
    package func isCurrent() throws -> Bool {
        do { return try pool.read(Self.migrator.hasCompletedMigrations) } catch {
            throw StorageFailure(error, path: path)
        }
    }

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerInitial()
        migrator.registerProgrammes()
        migrator.registerMarks()
        migrator.registerApprovals()
        migrator.registerDayMetrics()
        migrator.registerSignalTurns()
        migrator.registerOutboxSteps()
        migrator.registerOutboxArrivals()
        migrator.registerSignalTurnsUnread()
        return migrator
    }
}
