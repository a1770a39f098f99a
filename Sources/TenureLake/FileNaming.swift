import TenureStore

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Gives a file its name, and takes the place of one that has it already; the name is the caller's to flush.
func renameFile(_ path: String, to target: String) throws {
    guard unsafe rename(path, target) == 0 else {
        throw StorageFailure.failed(path: target, detail: "rename: error \(errno)")
    }
}
