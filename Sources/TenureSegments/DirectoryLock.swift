import TenureStore

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The right to write in a data directory: one process at a time, given back when the process ends, however
/// it ends.
package final class DirectoryLock: Sendable {
    private let descriptor: Int32

    /// `started` is shown to whoever finds the directory taken. Throws `StorageFailure.locked` with the
    /// owner.
    package init(directory: String, started: String) throws {
        let path = directory + "/lock"
        try makeDirectory(directory)
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw storageFailure(errno, path: path, doing: "open") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw DirectoryLock.refusal(errno, path) }
        sign("pid \(getpid())\nstarted \(started)\n")
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    private static func refusal(_ code: Int32, _ path: String) -> StorageFailure {
        guard code == EWOULDBLOCK else { return storageFailure(code, path: path, doing: "flock") }
        return .locked(path: path, owner: owner(path))
    }

    private static func owner(_ path: String) -> String {
        guard let file = try? OpenFile(path, .read, calls: .system),
            let bytes = try? file.read(at: 0, count: 256), !bytes.isEmpty
        else { return "unknown" }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").joined(separator: ", ")
    }

    /// The lock holds without its text too, as on a full disk; the text only helps whoever is refused.
    private func sign(_ text: String) {
        ftruncate(descriptor, 0)
        _ = DiskCalls.system.write(descriptor, ArraySlice(text.utf8), 0)
    }
}
