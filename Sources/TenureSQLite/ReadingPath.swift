import Foundation

/// How a file is opened to be looked at.
enum ReadingPath {
    /// As one that never changes where nobody writes and nothing waits in a write-ahead file: SQLite then makes and
    /// changes no files of its own there.
    static func of(_ path: String, isStill: Bool) -> String {
        let waiting = (try? FileManager.default.attributesOfItem(atPath: path + "-wal"))?[.size] as? Int
        guard isStill, waiting ?? 0 == 0,
            let encoded = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)
        else { return path }
        return "file:\(encoded)?immutable=1"
    }
}
