import Synchronization
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
    private let published: Mutex<Published>

    private struct Published {
        var sealed: [SegmentExtent]
        var active: SegmentExtent
    }

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
        published = Mutex(Published(sealed: writer.sealed, active: writer.active))
        self.writer = Mutex(writer)
    }

    package var end: UInt64 { published.withLock { $0.active.last } }

    package func append(_ block: LogBlock) throws {
        try writer.withLock { writer in
            defer { publish(writer) }
            try writer.append(block)
        }
    }

    package func spill(_ records: () -> [EventRecord]) throws -> (any EventRun)? {
        try EventRunFile(path: directory + "/\(end).ids", records(), calls: calls)
    }

    private func publish(_ writer: SegmentWriter) {
        let now = Published(sealed: writer.sealed, active: writer.active)
        published.withLock { $0 = now }
    }

    /// Blocks appended while `body` runs are not handed over in this call.
    package func read(from position: UInt64, _ body: (LogBlock) throws -> Bool) throws {
        let known = published.withLock { $0 }
        let start = max(position, 1)
        for extent in known.sealed[firstIndex(in: known.sealed, holding: start)...] {
            guard try read(extent, isSealed: true, from: start, body) else { return }
        }
        _ = try read(known.active, isSealed: false, from: start, body)
    }

    private func firstIndex(in extents: [SegmentExtent], holding position: UInt64) -> Int {
        var low = 0
        var high = extents.count
        while low < high {
            let middle = (low + high) / 2
            if extents[middle].last < position { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func read(
        _ extent: SegmentExtent, isSealed: Bool, from position: UInt64, _ body: (LogBlock) throws -> Bool
    ) throws -> Bool {
        guard extent.last >= position, !extent.isEmpty else { return true }
        let name = SegmentName(directory: directory, first: extent.first)
        let file = try OpenFile(name.log, .read, calls: calls)
        let reader = try SegmentReader(file: file, first: extent.first, end: extent.end)
        if position > extent.first {
            let marked = isSealed ? SegmentIndex.read(name, calls: calls) ?? extent : extent
            reader.offset = marked.mark(before: position).offset
            try reader.skip(to: position)
        }
        for expected in max(position, extent.first)...extent.last {
            guard try body(try reader.next(expecting: expected)) else { return false }
        }
        return true
    }
}
