import GRDB
import GRDBSQLite

/// The end of a read's time; SQLite asks it every few thousand steps of its virtual machine.
private final class ReadDeadline {
    private let end: ContinuousClock.Instant

    init(after limit: Duration) { end = .now + limit }

    var hasPassed: Bool { .now >= end }
}

extension Database {
    /// Interrupts `body` when it takes longer, so that no page can hold the write-ahead log back for ever.
    func cut<Value>(after limit: Duration, _ body: () throws -> Value) throws -> Value {
        let deadline = ReadDeadline(after: limit)
        let context = unsafe Unmanaged.passUnretained(deadline).toOpaque()
        unsafe sqlite3_progress_handler(
            sqliteConnection, 2000,
            { context in
                guard let context = unsafe context else { return 0 }
                return unsafe Unmanaged<ReadDeadline>.fromOpaque(context).takeUnretainedValue().hasPassed
                    ? 1 : 0
            }, context)
        defer {
            unsafe sqlite3_progress_handler(sqliteConnection, 0, nil, nil)
            withExtendedLifetime(deadline) {}
        }
        return try body()
    }
}
