import TenureRuntime
import TenureStore

/// What an operator reads, on one line, since logs hold it too.
extension StorageFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .full(let path):
            "storage-full: there is no room left for \(path); free some space, what was accepted before is safe"
        case .syncFailed(let path, let code):
            "sync-failed: \(path) could not be flushed (system error \(code)); look at the disk, then start again"
        case .corrupt(let path, let detail):
            "corrupt: \(path) is damaged: \(detail); restore the data folder from a backup"
        case .locked(let path, let owner): "locked: \(path) is in use by \(owner); wait for it, or stop it"
        case .newer(let path):
            "newer-version: \(path) was written by a newer version of tenure; start that version"
        case .failed(let path, let detail): "storage-failed: \(path): \(detail); check the path and its permissions"
        }
    }
}

extension WriterRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .overloaded: "overloaded: too much waits already; try again in a second"
        case .storageFull:
            "storage-full: there is no room left; free some space, what was accepted before is safe"
        case .shuttingDown: "shutting-down: the workspace is being closed; try again soon"
        case .fenced(let detail):
            "fenced: the workspace is read-only: \(detail); go back to the binary and programme that wrote it"
        }
    }
}
