#if PLANTED_TRAPS
    import CEL
    import Glibc
    import Synchronization

    extension FuzzTarget {
        /// Takes libFuzzer's bytes, and ends the process when they break a promise, as it expects of what it calls.
        ///
        /// `TENURE_PLANT=1` lays the target's trap.
        package func run(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
            Self.planting
            let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
            unsafe Self.pool.add(bytes)
            let broken = unsafe brokenPromises(by: bytes)
            guard broken.isEmpty else { fatalError(broken.joined(separator: "\n")) }
            return 0
        }

        /// Changes the input in place: one time in four libFuzzer's own way, else by a part of an input of the
        /// kept corpus, or by a construct around a part.
        /// Gives the new length.
        package func mutate(
            _ input: UnsafeMutablePointer<UInt8>, _ count: Int, _ most: Int, _ seed: UInt32,
            ownWay: (UnsafeMutablePointer<UInt8>, Int, Int) -> Int
        ) -> Int {
            guard seed % 8 < 6, let scion = Self.pool.draw(seed) else { return unsafe ownWay(input, count, most) }
            var grafting = Grafting(self, seed: seed)
            let stock = unsafe Array(UnsafeBufferPointer(start: input, count: count))
            let made = grafting.change(stock, with: scion, seed % 8).prefix(most)
            return unsafe UnsafeMutableBufferPointer(start: input, count: most).update(fromContentsOf: made)
        }

        private static let pool = InputPool()

        private static let planting: Void = {
            if unsafe getenv("TENURE_PLANT") != nil { PlantedTrap.lay() }
        }()
    }

    /// The inputs that a run begins with: libFuzzer tries all of them before it changes any.
    private final class InputPool: Sendable {
        private let state = Mutex<(inputs: [[UInt8]], isFull: Bool)>(([], false))

        func add(_ bytes: UnsafeBufferPointer<UInt8>) {
            state.withLock { state in
                if !state.isFull, bytes.count < 4_096 { unsafe state.inputs.append(Array(bytes)) }
            }
        }

        /// The first draw ends the adding.
        func draw(_ seed: UInt32) -> [UInt8]? {
            state.withLock { state in
                state.isFull = true
                return state.inputs.isEmpty ? nil : state.inputs[Int(seed / 8) % state.inputs.count]
            }
        }
    }
#endif
