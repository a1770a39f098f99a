import GRDB
import Synchronization
import TenureStore

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The state of one workspace in one SQLite file, written by one connection and read by at most three.
package final class SQLiteStore: Sendable {
    package struct Options: Sendable {
        /// A read that takes longer is interrupted.
        package var readLimit: Duration = .seconds(5)
        /// The file never has more pages of 4 KiB; nil: as many as the disk holds.
        package var pagesMax: Int?
        /// The write-ahead file is emptied into the database when it has grown to this.
        package var walBytes = Rig.walBytes ?? 16 << 20

        package init() {}
    }

    let path: String
    let options: Options
    /// A pool where it is written, one connection where it is only read.
    let pool: any DatabaseWriter
    /// Set by a failed flush. SQLite lets the next statement succeed; we do not.
    private let broken = Mutex<StorageFailure?>(nil)
    let walDrain: WALDrain
    let contactTexts: ContactTextKeeper

    /// Opens the file at `path`, makes it when it is missing, and migrates it.
    package init(path: String, options: Options = Options()) throws {
        self.path = path
        self.options = options
        walDrain = WALDrain(path: path, bytes: options.walBytes)
        contactTexts = ContactTextKeeper(writesAlone: true)
        do {
            let pool = try DatabasePool(path: path, configuration: SQLiteStore.configuration)
            try SQLiteStore.setUp(pool, options)
            self.pool = pool
        } catch {
            throw StorageFailure(error, path: path)
        }
        try syncDirectory(directory(of: path))
    }

    /// Opens the file at `path` to be looked at: it is not migrated, and every write fails.
    ///
    /// - Parameter isStill: nobody writes meanwhile. Otherwise another process may own the file.
    package init(reading path: String, isStill: Bool) throws {
        self.path = path
        options = Options()
        walDrain = WALDrain(path: path, bytes: .max)
        contactTexts = ContactTextKeeper(writesAlone: false)
        do {
            pool = try DatabaseQueue(path: ReadingPath.of(path, isStill: isStill), configuration: SQLiteStore.readingConfiguration)
            if try pool.read(SQLiteStore.migrator.hasBeenSuperseded) { throw StorageFailure.newer(path: path) }
        } catch {
            throw StorageFailure(error, path: path)
        }
    }

    /// Empties the write-ahead file and closes all connections; calls after it fail.
    package func close() throws {
        do {
            if !pool.configuration.readonly { try pool.writeWithoutTransaction(walDrain.drain) }
            try pool.close()
        } catch {
            throw noted(StorageFailure(error, path: path))
        }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        do {
            return try pool.read { database in
                try database.cut(after: options.readLimit) { try body(database) }
            }
        } catch {
            throw StorageFailure(error, path: path)
        }
    }

    /// One durable transaction, which takes the write lock at its start.
    func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
        if let failure = broken.withLock({ $0 }) { throw failure }
        do {
            return try pool.writeWithoutTransaction { database in
                var value: Value?
                try database.inTransaction(.immediate) {
                    value = try body(database)
                    return .commit
                }
                try walDrain.drainIfLarge(database)
                guard let value else {
                    throw StorageFailure.failed(path: path, detail: "transaction without end")
                }
                return value
            }
        } catch {
            let failure = StorageFailure(error, path: path)
            #if DEBUG
                if PlantedBug.failedStoreSyncRetried.isChosen, case .syncFailed = failure { return try write(body) }
            #endif
            throw noted(failure)
        }
    }

    /// Remembers a failure after which nothing may be written.
    func noted(_ failure: StorageFailure) -> StorageFailure {
        if case .syncFailed = failure { broken.withLock { $0 = failure } }
        return failure
    }
}
