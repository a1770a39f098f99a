import GRDB
import TenureStore

extension SQLiteStore {
    private static let pageBytes = 4096
    /// Copied at a time.
    private static let pagesPerStep: CInt = 256

    /// Copies the file as of one moment, while whoever writes it goes on; the copy is one file, flushed. What is written
    /// meanwhile stays in the write-ahead file, which is not cut before the copy is done.
    ///
    /// - Parameter step: told the bytes done and the bytes in all, after each part; what it throws ends the copying.
    /// - Returns: the position of that moment.
    package func copy(to target: String, _ step: (_ done: Int, _ all: Int) throws -> Void) throws -> UInt64 {
        do {
            let copy = try DatabaseQueue(path: target)
            let position = try copy.writeWithoutTransaction { target in
                try pool.read { source in try Self.copy(source, to: target, step) }
            }
            try copy.close()
            return position
        } catch {
            throw StorageFailure(error, path: target)
        }
    }

    /// Inside a read transaction, whose moment it is.
    private static func copy(
        _ source: Database, to target: Database, _ step: (_ done: Int, _ all: Int) throws -> Void
    ) throws -> UInt64 {
        let position = try source.row(.committedPosition, []) { try $0.position() } ?? 0
        try withoutActuallyEscaping(step) { step in
            try source.backup(to: target, pagesPerStep: pagesPerStep) { progress in
                try step(progress.completedPageCount * pageBytes, progress.totalPageCount * pageBytes)
            }
        }
        return position
    }
}
