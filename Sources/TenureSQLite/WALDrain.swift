import GRDB
import Synchronization
import TenureStore

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Empties the write-ahead file into the database when it has grown, between the writer's transactions.
final class WALDrain: Sendable {
    private let path: String
    private let bytes: Int
    /// Size at which to try next: further on after readers were in the way.
    private let threshold: Mutex<Int>

    init(path: String, bytes: Int) {
        self.path = path + "-wal"
        self.bytes = bytes
        threshold = Mutex(bytes)
    }

    /// Bytes that the file takes; 0 when there is none.
    var size: Int {
        var info = stat()
        return unsafe stat(path, &info) == 0 ? Int(info.st_size) : 0
    }

    /// The commit before it stands, so that only a failed flush is worth a failure.
    func drainIfLarge(_ database: Database) throws {
        guard size >= threshold.withLock({ $0 }) else { return }
        do {
            try drain(database)
        } catch {
            let failure = StorageFailure(error, path: path)
            if case .syncFailed = failure { throw failure }
        }
        let next = size + bytes / 4
        threshold.withLock { $0 = max(bytes, next) }
    }

    /// Copies all frames and cuts the file to nothing; readers in the way make it wait for the next time.
    func drain(_ database: Database) throws {
        guard size > 0 else { return }
        try database.execute(sql: "PRAGMA busy_timeout = 50")
        defer { try? database.execute(sql: "PRAGMA busy_timeout = \(SQLiteStore.busySeconds * 1000)") }
        do {
            _ = try database.checkpoint(.passive)
            FaultPoint.walInside.reached()
            _ = try database.checkpoint(.truncate)
        } catch let error as DatabaseError
            where error.resultCode == .SQLITE_BUSY || error.resultCode == .SQLITE_LOCKED
        {
            return
        }
    }
}
