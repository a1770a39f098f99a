import Synchronization
package import TenureCore
package import TenureStore

/// The intake log on local disk: append-only files of checksummed, compressed blocks
/// (`<directory>/<first>.log`).
///
/// One caller appends; any number of threads read at the same time, each through file handles of its own.
package final class SegmentLog: IntakeLog {
    /// Bytes that an unfinished append left behind the last sound block; cut off when the log was opened.
    package struct TornTail: Hashable, Sendable {
        package var path: String
        package var keptBytes: Int
        package var droppedBytes: Int
    }

    package static let segmentBytes = Rig.segmentBytes ?? 64 << 20

    /// What opening had to cut off; nil after a clean end.
    package let tornTail: TornTail?
    private let directory: String
    private let calls: DiskCalls
    private let writer: Mutex<SegmentWriter>
    private let published: Mutex<LogExtents>
    private let accounts: AccountReading

    /// Opens the log in `directory`, which is made if it is missing; a segment never grows past
    /// `segmentBytes`, unless a single block does.
    package init(
        directory: String, segmentBytes: Int = SegmentLog.segmentBytes, calls: DiskCalls = .ordinary
    ) throws {
        let opening = try SegmentOpening(directory: directory, calls: calls)
        let writer = opening.writer(segmentBytes: segmentBytes)
        tornTail = opening.tornTail
        self.directory = directory
        self.calls = calls
        published = Mutex(LogExtents(sealed: writer.sealed, active: writer.active))
        accounts = AccountReading(directory: directory, active: writer.active, calls: calls)
        self.writer = Mutex(writer)
    }

    package var end: UInt64 { published.withLock { $0.active.last } }

    package func append(_ block: LogBlock) throws {
        try writer.withLock { writer in
            defer { publish(writer) }
            try writer.append(block)
            accounts.take(block, in: writer.active.first)
        }
    }

    package var restartFiles: (any RestartFiles)? { RestartFolder(directory: directory, calls: calls, accounts: accounts) }

    private func publish(_ writer: SegmentWriter) {
        let now = LogExtents(sealed: writer.sealed, active: writer.active)
        published.withLock { $0 = now }
    }

    /// Blocks appended while `body` runs are not handed over in this call.
    package func read(from position: UInt64, _ body: (LogBlock) throws -> Bool) throws {
        try published.withLock { $0 }.read(from: position, in: directory, calls: calls, body)
    }

    package func read(
        holding account: AccountID, from position: UInt64, _ body: (LogBlock) throws -> Bool
    ) throws {
        try accounts.read(account, from: max(position, 1), in: published.withLock { $0 }, body)
    }
}
