import Synchronization
import TenureStore

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Room set aside in a data directory. A start on a full disk gives it up first: opening the store and finishing what
/// the last process left need room themselves. From then on only reading is safe, until it can be set aside anew.
package final class Ballast: Sendable {
    package static let bytesMax = 16 << 20

    private let path: String
    private let space: @Sendable () -> DiskSpace?
    private let isSafe: Mutex<Bool>

    /// - Parameter space: what the directory's filesystem has; nil, when it cannot be told, sets nothing aside.
    package init(directory: String, space: (@Sendable () -> DiskSpace?)? = nil) {
        path = directory + "/ballast"
        self.space = space ?? { DiskSpace(of: directory) }
        isSafe = Mutex(true)
        let isSafe = start()
        self.isSafe.withLock { $0 = isSafe }
    }

    /// Whether writing may go on. After a start on a full disk, that is once the ballast is back. An operator who
    /// removes it from under a running server gets its room.
    package func hasRoom() -> Bool {
        isSafe.withLock { isSafe in
            if !isSafe { isSafe = make() }
            return isSafe
        }
    }

    private func start() -> Bool {
        guard let space = space() else { return true }
        guard unsafe access(path, F_OK) == 0 else { return make() }
        guard space.free < Self.bytes(of: space) / 2 else { return true }
        unsafe unlink(path)
        return false
    }

    /// False when what would be left is too little to work with.
    private func make() -> Bool {
        guard let space = space() else { return true }
        let bytes = Self.bytes(of: space)
        guard space.free >= bytes + bytes / 2 else { return false }
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        guard posix_fallocate(descriptor, 0, off_t(bytes)) == 0 else {
            unsafe unlink(path)
            return false
        }
        return true
    }

    /// A twentieth of a small disk.
    package static func bytes(of space: DiskSpace) -> Int { min(bytesMax, space.total / 20) }
}
