import GRDB
package import TenureStore

extension StorageFailure {
    /// What an extended result code of SQLite means for the caller.
    package init(sqliteCode code: Int32, message: String, path: String) {
        let detail = "\(message) (SQLite \(code))"
        switch code {
        case SQLiteCode.syncOfFile, SQLiteCode.syncOfDirectory: self = .syncFailed(path: path, code: code)
        case SQLiteCode.growingSharedMemory: self = .full(path: path)
        default:
            switch code & 0xFF {
            case SQLiteCode.full: self = .full(path: path)
            case SQLiteCode.corrupt, SQLiteCode.notADatabase: self = .corrupt(path: path, detail: detail)
            case SQLiteCode.busy, SQLiteCode.locked: self = .locked(path: path, owner: "another connection")
            default: self = .failed(path: path, detail: detail)
            }
        }
    }

    init(_ error: any Error, path: String) {
        switch error {
        case let failure as StorageFailure: self = failure
        case let failure as DatabaseError:
            self.init(
                sqliteCode: failure.extendedResultCode.rawValue, message: failure.message ?? "no message",
                path: path)
        case let row as UnexpectedRow:
            self = .corrupt(path: path, detail: "column \(row.column) of: \(row.query)")
        default: self = .failed(path: path, detail: "\(error)")
        }
    }
}

/// The result codes that have a meaning of their own here (sqlite.org/rescode.html).
private enum SQLiteCode {
    static let busy: Int32 = 5
    static let locked: Int32 = 6
    static let corrupt: Int32 = 11
    static let full: Int32 = 13
    static let notADatabase: Int32 = 26
    static let syncOfFile: Int32 = 10 | 4 << 8
    static let syncOfDirectory: Int32 = 10 | 5 << 8
    /// The shared-memory file of the write-ahead log cannot grow: seen on full disks only.
    static let growingSharedMemory: Int32 = 10 | 19 << 8
}
