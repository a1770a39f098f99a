import FoundationEssentials
package import TenureStore

/// A log that is only looked at: nothing is made, cut off or rebuilt in its folder, whatever lies there. Another process
/// may append meanwhile; what it appends after the opening is not seen.
package struct ArchivedLog: IntakeLog {
    package enum Depth: Sendable {
        /// Indexes of full segments are believed, as at a start.
        case indexes
        /// Every block is read and held against its checksum.
        case blocks
    }

    /// Bytes behind the last sound block: an append that did not finish, or has not finished yet.
    package let tornBytes: Int
    package let segmentCount: Int
    let extents: LogExtents
    private let directory: String
    private static let calls = DiskCalls.system

    /// - Parameter progress: told the bytes of each segment that was looked at.
    package init(directory: String, depth: Depth, progress: (_ bytes: Int) throws -> Void = { _ in }) throws {
        let names = try Self.names(directory)
        if let first = names.first, first.first != 1 { throw StorageFailure.missing(1, in: directory) }
        var sealed: [SegmentExtent] = []
        for (name, next) in zip(names, names.dropFirst()) {
            let extent = try Self.sealed(name, upTo: next.first, depth)
            try progress(extent.end)
            sealed.append(extent.withoutMarks)
        }
        let scan = try names.last.map { try SegmentScan(file: OpenFile($0.log, .read, calls: Self.calls), first: $0.first) }
        if let scan { try progress(scan.extent.end) }
        tornBytes = scan?.tornBytes ?? 0
        segmentCount = names.count
        extents = LogExtents(sealed: sealed, active: scan?.extent ?? SegmentExtent(first: 1))
        self.directory = directory
    }

    package var end: UInt64 { extents.active.last }

    package func append(_ block: LogBlock) throws {
        throw StorageFailure.failed(path: directory, detail: "opened for reading only")
    }

    package func read(from position: UInt64, _ body: (LogBlock) throws -> Bool) throws {
        try extents.read(from: position, in: directory, calls: Self.calls, body)
    }

    private static func names(_ directory: String) throws -> [SegmentName] {
        let files: [String]
        do {
            files = try FileManager.default.contentsOfDirectory(atPath: directory)
        } catch {
            throw StorageFailure.failed(path: directory, detail: "\(error)")
        }
        let names = SegmentName.all(of: files, in: directory)
        return try names.last?.isUnfinished(calls: calls) ?? false ? Array(names.dropLast()) : names
    }

    private static func sealed(_ name: SegmentName, upTo next: UInt64, _ depth: Depth) throws -> SegmentExtent {
        let file = try OpenFile(name.log, .read, calls: calls)
        let known = depth == .indexes ? SegmentIndex.read(name, calls: calls) : nil
        let extent = try known ?? SegmentScan(file: file, first: name.first).extent
        try extent.mustSeal(name, upTo: next, size: try file.size())
        return extent
    }
}

/// A file of the log's folder, or its beginning.
package struct LogPart: Hashable, Sendable {
    package var name: String
    package var bytes: Int
}

extension ArchivedLog {
    /// What holds the blocks up to `position` and nothing else: whole segments with their indexes, and the beginning of
    /// the last one.
    package func parts(upTo position: UInt64) throws -> [LogPart] {
        let extents = (self.extents.sealed + [self.extents.active]).filter { $0.first <= max(position, 1) }
        var parts: [LogPart] = []
        for extent in extents {
            let name = SegmentName(directory: directory, first: extent.first)
            guard FileManager.default.fileExists(atPath: name.log) else { continue }
            parts.append(LogPart(name: name.logFile, bytes: try bytes(of: extent, name, upTo: position)))
            guard extent != extents.last, let index = try? OpenFile(name.index, .read, calls: Self.calls) else { continue }
            parts.append(LogPart(name: name.indexFile, bytes: try index.size()))
        }
        return parts
    }

    private func bytes(of extent: SegmentExtent, _ name: SegmentName, upTo position: UInt64) throws -> Int {
        guard extent.last > position else { return extent.end }
        let file = try OpenFile(name.log, .read, calls: Self.calls)
        let reader = try SegmentReader(file: file, first: extent.first, end: extent.end)
        try reader.skip(to: position + 1)
        return reader.offset
    }
}
