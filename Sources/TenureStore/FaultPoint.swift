#if TENURE_FAULTS
    #if canImport(Glibc)
        import Glibc
    #else
        import Musl
    #endif
    import Synchronization
#endif

/// Named places where a crash test may kill the process. Empty in every build without `TENURE_FAULTS`.
///
/// With `TENURE_FAULT=log.written:3` in the environment the process kills itself when the third write is
/// reached.
package enum FaultPoint {
    package static let names = [
        "log.before-write", "log.written", "log.synced", "commit.inside", "commit.done", "seal.inside",
        "checkpoint.inside",
    ]

    /// Says that execution has come to the named place.
    @inline(__always)
    package static func reached(_ name: StaticString) {
        #if TENURE_FAULTS
            armed?.reached(name.description)
        #endif
    }

    #if TENURE_FAULTS
        private static let armed = ArmedFault(
            environmentValue: unsafe getenv("TENURE_FAULT").map { unsafe String(cString: $0) })
    #endif
}

#if TENURE_FAULTS
    /// The one fault that this process was started with.
    private final class ArmedFault: Sendable {
        private let name: String
        private let left: Atomic<Int>

        init?(environmentValue text: String?) {
            guard let text, let colon = text.lastIndex(of: ":"),
                let count = Int(text[text.index(after: colon)...]),
                count > 0
            else { return nil }
            name = String(text[..<colon])
            left = Atomic(count)
        }

        /// SIGKILL, so that nothing is flushed or closed on the way out.
        func reached(_ place: String) {
            guard place == name, left.subtract(1, ordering: .relaxed).newValue == 0 else { return }
            kill(getpid(), SIGKILL)
        }
    }
#endif
