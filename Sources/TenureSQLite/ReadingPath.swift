import Foundation

/// How a file is opened to be looked at.
enum ReadingPath {
    /// As one that never changes where nobody writes and no write-ahead file waits: SQLite then makes no files of its own
    /// there.
    static func of(_ path: String, isStill: Bool) -> String {
        guard isStill, !FileManager.default.fileExists(atPath: path + "-wal"),
            let encoded = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)
        else { return path }
        return "file:\(encoded)?immutable=1"
    }
}
