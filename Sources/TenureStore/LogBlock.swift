package import TenureCore

/// A batch of facts as the log keeps it: the unit of durability and, unless it waits for others, of the turn and of replay.
package struct LogBlock: Hashable, Sendable {
    /// 1 for the first block of a log, then one more each.
    package var position: UInt64
    /// Recorded time of the batch; never earlier than that of the block before.
    package var now: Instant
    package var facts: [Fact]
    /// Its facts take their turns with those of the blocks behind it, up to the first that does not wait.
    package var waits: Bool
    /// Of the first block whose facts these are, where several took their turns together.
    package private(set) var first: UInt64

    package init(position: UInt64, now: Instant, facts: [Fact], waits: Bool = false) {
        self.position = position
        self.now = now
        self.facts = facts
        self.waits = waits
        first = position
    }

    /// The facts of both, in order, as of the later one.
    fileprivate mutating func join(_ next: LogBlock) {
        facts += next.facts
        (position, now, waits) = (next.position, next.now, next.waits)
    }
}

extension LogBlock? {
    /// With the next block behind those that wait, if any do.
    package mutating func join(_ next: LogBlock) {
        if self == nil { self = next } else { self?.join(next) }
    }
}

extension ByteWriter {
    package mutating func write(_ block: LogBlock) {
        write(block.position)
        write(block.now)
        write(list: block.facts) { $0.write($1) }
        if block.waits { write(byte: 1) }
    }
}

extension ByteReader {
    package mutating func readLogBlock() throws -> LogBlock {
        LogBlock(
            position: try readUInt64(), now: try readInstant(), facts: try readList { try $0.readFact() },
            waits: try !isAtEnd && readByte() == 1)
    }
}
