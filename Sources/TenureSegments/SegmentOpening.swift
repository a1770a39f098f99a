import FoundationEssentials
import TenureCore
import TenureStore

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// What opening a log's folder found, and put in order.
struct SegmentOpening {
    private let directory: String
    private let calls: DiskCalls
    private var sealed: [SegmentExtent] = []
    private let scan: SegmentScan
    private let file: OpenFile
    private(set) var tornTail: SegmentLog.TornTail?
    /// Recorded time of the block before the active segment.
    private var now: Instant?

    init(directory: String, calls: DiskCalls) throws {
        self.directory = directory
        self.calls = calls
        let names = try SegmentOpening.segments(in: directory)
        (file, scan) = try SegmentOpening.openActive(names.last, in: directory, calls: calls)
        if names.first.map({ $0.first != 1 }) ?? false { throw StorageFailure.missing(1, in: directory) }
        for (name, next) in zip(names, names.dropFirst()) {
            sealed.append(try extent(of: name, upTo: next.first))
        }
        try cutTornTail()
        // A process that ended right after it had made a file may not have come to flushing its name.
        try syncDirectory(directory)
        now = try lastSealedBlock()?.now
    }

    func writer(segmentBytes: Int) -> SegmentWriter {
        SegmentWriter(
            sealed: sealed, scan: scan, file: file, now: now, directory: directory,
            segmentBytes: segmentBytes,
            calls: calls)
    }

    /// The segments in ascending order; what a crash left half made is removed.
    private static func segments(in directory: String) throws -> [SegmentName] {
        try makeDirectory(directory)
        let files: [String]
        do {
            files = try FileManager.default.contentsOfDirectory(atPath: directory)
        } catch {
            throw StorageFailure.failed(path: directory, detail: "\(error)")
        }
        for file in files where file.hasSuffix(".tmp") { unsafe unlink(directory + "/" + file) }
        return SegmentName.all(of: files, in: directory)
    }

    private static func openActive(
        _ last: SegmentName?, in directory: String, calls: DiskCalls
    ) throws -> (OpenFile, SegmentScan) {
        let name = last ?? SegmentName(directory: directory, first: 1)
        if try last == nil || name.isUnfinished(calls: calls) {
            _ = try SegmentWriter.create(name, calls: calls)
        }
        let file = try OpenFile(name.log, .append, calls: calls)
        return (file, try SegmentScan(file: file, first: name.first))
    }


    private func extent(of name: SegmentName, upTo next: UInt64) throws -> SegmentExtent {
        let file = try OpenFile(name.log, .read, calls: calls)
        let extent = try SegmentIndex.read(name, calls: calls) ?? rebuiltIndex(name, file)
        try extent.mustSeal(name, upTo: next, size: try file.size())
        return extent.withoutMarks
    }

    private func rebuiltIndex(_ name: SegmentName, _ file: OpenFile) throws -> SegmentExtent {
        let extent = try SegmentScan(file: file, first: name.first).extent
        try SegmentIndex.write(extent, name, calls: calls)
        return extent
    }

    private mutating func cutTornTail() throws {
        guard scan.tornBytes > 0 else { return }
        try file.truncate(to: scan.extent.end)
        try file.sync()
        tornTail = SegmentLog.TornTail(
            path: file.path, keptBytes: scan.extent.end, droppedBytes: scan.tornBytes)
    }

    private func lastSealedBlock() throws -> LogBlock? {
        guard scan.extent.isEmpty, let last = sealed.last else { return nil }
        let name = SegmentName(directory: directory, first: last.first)
        let file = try OpenFile(name.log, .read, calls: calls)
        let reader = try SegmentReader(file: file, first: last.first, end: last.end)
        reader.offset = (SegmentIndex.read(name, calls: calls) ?? last).mark(before: last.last).offset
        try reader.skip(to: last.last)
        return try reader.next(expecting: last.last)
    }
}
