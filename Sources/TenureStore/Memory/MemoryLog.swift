import Synchronization
package import TenureCore

/// An intake log that lives as long as the process: for the simulator and for tests.
package final class MemoryLog: IntakeLog {
    private let blocks: Mutex<[LogBlock]>

    package init() { blocks = Mutex([]) }

    package var end: UInt64 { blocks.withLock { UInt64($0.count) } }

    package func append(_ block: LogBlock) throws {
        try blocks.withLock { blocks in
            try block.mustFollow(end: UInt64(blocks.count), now: blocks.last?.now, path: "memory")
            blocks.append(block)
        }
    }

    /// Blocks appended while `body` runs are not handed over in this call.
    package func read(from position: UInt64, _ body: (LogBlock) throws -> Bool) throws {
        let known = blocks.withLock { $0 }
        let first = max(position, 1) - 1
        guard first < UInt64(known.count) else { return }
        for block in known[Int(first)...] where try !body(block) { return }
    }
}

extension LogBlock {
    /// Refuses a block that leaves a gap, repeats a position or turns the clock back.
    package func mustFollow(end: UInt64, now last: Instant?, path: String) throws {
        guard position > 0, position - 1 == end else {
            throw StorageFailure.failed(path: path, detail: "block \(position) does not follow \(end)")
        }
        guard last.map({ now >= $0 }) ?? true else {
            throw StorageFailure.failed(
                path: path, detail: "block \(position) is earlier than the block before it")
        }
    }
}
