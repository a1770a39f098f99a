#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Makes the names in a directory durable: a new file's own flush does not cover its entry.
package func syncDirectory(_ path: String) throws {
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
        throw StorageFailure.failed(path: path, detail: "cannot open the directory, error \(errno)")
    }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw StorageFailure.syncFailed(path: path, code: errno) }
}
