import GRDB
import GRDBSQLite

/// The SQLite that this process runs with: the machine's own.
package enum SQLiteLibrary {
    /// Tables are strict, which needs this one.
    package static let versionMin = "3.37.0"

    package static var version: String { unsafe sqlite3_libversion().map { unsafe String(cString: $0) } ?? "unknown" }
    package static var isNewEnough: Bool { sqlite3_libversion_number() >= 3_037_000 }
    /// Whether connections may be used by several threads, as they are.
    package static var isThreadSafe: Bool { sqlite3_threadsafe() != 0 }
}
