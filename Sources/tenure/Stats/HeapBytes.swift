import CMalloc

/// What the process holds of the heap at this moment, in bytes, as malloc itself counts them.
enum HeapBytes {
    static var now: Int {
        let counted = mallinfo2()
        return counted.uordblks + counted.hblkhd
    }

    /// How many more are held while `make`'s values are there.
    static func taken<Value>(by make: () throws -> Value) rethrows -> Int {
        let before = now
        let made = try make()
        return withExtendedLifetime(made) { now - before }
    }
}
