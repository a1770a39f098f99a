package import TenureCore

/// A batch of facts as the log keeps it: the unit of durability, of the turn and of replay (decision 13).
package struct LogBlock: Hashable, Sendable {
    /// 1 for the first block of a log, then one more each.
    package var position: UInt64
    /// Recorded time of the batch; never earlier than that of the block before.
    package var now: Instant
    package var facts: [Fact]

    package init(position: UInt64, now: Instant, facts: [Fact]) {
        self.position = position
        self.now = now
        self.facts = facts
    }
}

extension ByteWriter {
    package mutating func write(_ block: LogBlock) {
        write(block.position)
        write(block.now)
        write(list: block.facts) { $0.write($1) }
    }
}

extension ByteReader {
    package mutating func readLogBlock() throws -> LogBlock {
        LogBlock(position: try readUInt64(), now: try readInstant(), facts: try readList { try $0.readFact() })
    }
}
