#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Makes the names in a directory durable: a new file's own flush does not cover its entry.
package func syncDirectory(_ path: String) throws {
    #if DEBUG
        if PlantedBug.noDirectorySync.isChosen { return }
    #endif
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
        throw StorageFailure.failed(path: path, detail: "cannot open the directory, error \(errno)")
    }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw StorageFailure.syncFailed(path: path, code: errno) }
}

/// Makes a directory, and those above it that are missing; the names of new ones are durable.
package func makeDirectory(_ path: String) throws {
    guard unsafe access(path, F_OK) != 0 else { return }
    let above = directory(of: path)
    if above != path { try makeDirectory(above) }
    guard unsafe mkdir(path, 0o777) == 0 || errno == EEXIST else {
        throw StorageFailure.failed(path: path, detail: "cannot make the directory, error \(errno)")
    }
    try syncDirectory(above)
}

/// The directory that holds the name.
package func directory(of path: String) -> String {
    path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
}
