import TenureStore

/// What is durable and acknowledged, and waits for more before its turns: an account that ten blocks touch takes one turn
/// instead of ten (decision 0026).
struct Gathered: Sendable {
    /// Of everything that waits; what is beyond has its turns at once.
    private static let (factsMax, bytesMax) = (16_384, 32 << 20)

    private(set) var block: LogBlock?
    private var bytes = 0

    var hasRoom: Bool { (block?.facts.count ?? 0) < Self.factsMax && bytes < Self.bytesMax }

    /// - Parameter bytes: of its facts, about.
    mutating func add(_ next: LogBlock, bytes: Int) {
        block.join(next)
        self.bytes += bytes
    }

    /// The block with everything that waited for it; nothing waits any more.
    mutating func joined(_ next: LogBlock) -> LogBlock {
        guard block != nil else { return next }
        add(next, bytes: 0)
        defer { self = Gathered() }
        return block ?? next
    }
}

extension Writer {
    /// Says in the log that everything which waits has its turns now, at the time of its newest block: nothing is due
    /// between the two.
    mutating func endGathering() throws -> LogBlock? {
        guard let waiting = gathered.block else { return nil }
        let end = LogBlock(position: log.end + 1, now: waiting.now, facts: [])
        try log.append(end)
        return gathered.joined(end)
    }
}
