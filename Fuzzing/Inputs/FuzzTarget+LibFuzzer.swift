#if PLANTED_TRAPS
    import CEL
    import Glibc

    extension FuzzTarget {
        /// Takes libFuzzer's bytes, and ends the process when they break a promise, as it expects of what it calls.
        ///
        /// `TENURE_PLANT=1` lays the target's trap.
        package func run(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
            Self.planting
            let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
            let broken = unsafe brokenPromises(by: bytes)
            guard broken.isEmpty else { fatalError(broken.joined(separator: "\n")) }
            return 0
        }

        private static let planting: Void = {
            if unsafe getenv("TENURE_PLANT") != nil { PlantedTrap.lay() }
        }()
    }
#endif
