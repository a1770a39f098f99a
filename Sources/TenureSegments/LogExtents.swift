import TenureCore
import TenureStore

/// The segments of a log as far as they are known, and how their blocks are read.
struct LogExtents: Sendable {
    /// Full segments, ascending.
    var sealed: [SegmentExtent]
    var active: SegmentExtent

    /// Hands over blocks from `position` on, in order, until `body` answers false.
    func read(
        from position: UInt64, in directory: String, calls: DiskCalls, _ body: (LogBlock) throws -> Bool
    ) throws {
        let start = max(position, 1)
        for extent in sealed[sealed.indices.firstPlace { sealed[$0].last >= start }...] {
            let reading = try reading(extent, isSealed: true, from: start, in: directory, calls: calls)
            guard try reading?.run(body) ?? true else { return }
        }
        _ = try reading(active, isSealed: false, from: start, in: directory, calls: calls)?.run(body)
    }

    private func reading(
        _ extent: SegmentExtent, isSealed: Bool, from position: UInt64, in directory: String, calls: DiskCalls
    ) throws -> SegmentReading? {
        guard extent.last >= position, !extent.isEmpty else { return nil }
        let name = SegmentName(directory: directory, first: extent.first)
        let file = try OpenFile(name.log, .read, calls: calls)
        let reader = try SegmentReader(file: file, first: extent.first, end: extent.end)
        if position > extent.first {
            let marked = isSealed ? SegmentIndex.read(name, calls: calls) ?? extent : extent
            reader.offset = marked.mark(before: position).offset
            try reader.skip(to: position)
        }
        return SegmentReading(reader: reader, positions: max(position, extent.first)...extent.last)
    }
}

extension LogExtents {
    /// Hands over blocks of one segment, until `body` answers false, and says whether it never did.
    ///
    /// - Parameter positions: ascending, all of them in the segment.
    func read(
        _ positions: [UInt64], of extent: SegmentExtent, in directory: String, calls: DiskCalls,
        _ body: (LogBlock) throws -> Bool
    ) throws -> Bool {
        guard !positions.isEmpty else { return true }
        let name = SegmentName(directory: directory, first: extent.first)
        let reader = try SegmentReader(
            file: OpenFile(name.log, .read, calls: calls), first: extent.first, end: extent.end)
        let marked = extent.first == active.first ? extent : SegmentIndex.read(name, calls: calls) ?? extent
        for position in positions {
            reader.offset = max(reader.offset, marked.mark(before: position).offset)
            try reader.skip(to: position)
            guard try body(try reader.next(expecting: position)) else { return false }
        }
        return true
    }
}

/// A segment that is open at one of its blocks.
private struct SegmentReading {
    let reader: SegmentReader
    let positions: ClosedRange<UInt64>

    /// False when `body` wants no more.
    func run(_ body: (LogBlock) throws -> Bool) throws -> Bool {
        for expected in positions {
            guard try body(try reader.next(expecting: expected)) else { return false }
        }
        return true
    }
}
