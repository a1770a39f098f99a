import Dispatch

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// So many bytes a second at most, so that whoever shares the disk is not starved. Waits without a lock.
package final class Pace {
    private let bytesPerSecond: Int
    private let started = DispatchTime.now()
    private var bytes = 0

    /// - Parameter bytesPerSecond: 0: as many as the disk gives.
    package init(bytesPerSecond: Int) { self.bytesPerSecond = bytesPerSecond }

    /// Returns once so many more may be read.
    package func take(_ count: Int) {
        guard bytesPerSecond > 0 else { return }
        bytes += count
        let due = Double(bytes) / Double(bytesPerSecond)
        let passed = Double(DispatchTime.now().uptimeNanoseconds - started.uptimeNanoseconds) / 1e9
        if due > passed { usleep(UInt32(min(due - passed, 1) * 1e6)) }
    }
}
