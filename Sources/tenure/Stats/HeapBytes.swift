import CJemalloc

/// What the process holds of the heap at this moment, in bytes, as the allocator itself counts them.
enum HeapBytes {
    static var now: Int { Int(jemalloc_allocated_bytes()) }

    /// How many more are held while `make`'s values are there.
    static func taken<Value>(by make: () throws -> Value) rethrows -> Int {
        let before = now
        let made = try make()
        return withExtendedLifetime(made) { now - before }
    }
}
