import TenureStore

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The two system calls whose failures decide what may be acknowledged; tests put failing ones in their
/// place.
package struct DiskCalls: Sendable {
    /// Writes at an offset: the number of bytes taken, or the negated error code.
    package var write: @Sendable (_ descriptor: Int32, _ bytes: ArraySlice<UInt8>, _ offset: Int) -> Int
    /// Flushes data and size to stable storage: 0, or the error code.
    package var sync: @Sendable (_ descriptor: Int32) -> Int32

    /// What the operating system does.
    package static let system = DiskCalls(
        write: { descriptor, bytes, offset in
            let count = unsafe bytes.withUnsafeBytes {
                unsafe pwrite(descriptor, $0.baseAddress, $0.count, off_t(offset))
            }
            return count < 0 ? -Int(errno) : count
        },
        sync: { fdatasync($0) == 0 ? 0 : errno })

    /// The system's, unless a crash test of a debug build asks for a disk that forgets.
    package static let ordinary: DiskCalls = {
        #if DEBUG
            if Rig.losesUnflushedWrites { return LossyDisk().calls }
        #endif
        return system
    }()

    package init(
        write: @escaping @Sendable (Int32, ArraySlice<UInt8>, Int) -> Int,
        sync: @escaping @Sendable (Int32) -> Int32
    ) {
        self.write = write
        self.sync = sync
    }
}
