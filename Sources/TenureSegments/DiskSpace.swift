#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// What a filesystem has, in bytes.
package struct DiskSpace: Hashable, Sendable {
    package var total: Int
    /// For us, not for root.
    package var free: Int
    /// Files that can still be made; nil where the filesystem sets no number.
    package var freeFiles: Int?

    package init(total: Int, free: Int) {
        self.total = total
        self.free = free
    }

    /// nil when the filesystem does not say.
    package init?(of directory: String) {
        var state = statvfs()
        guard unsafe statvfs(directory, &state) == 0 else { return nil }
        let unit = Int(clamping: state.f_frsize)
        total = Int(clamping: state.f_blocks).multipliedReportingOverflow(by: unit).partialValue
        free = Int(clamping: state.f_bavail).multipliedReportingOverflow(by: unit).partialValue
        freeFiles = state.f_files == 0 ? nil : Int(clamping: state.f_favail)
    }
}
