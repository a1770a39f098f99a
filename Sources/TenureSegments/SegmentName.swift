import TenureStore

/// File names in the folder of segments: the position of a segment's first block, in twenty digits.
struct SegmentName {
    let directory: String
    let first: UInt64

    init(directory: String, first: UInt64) {
        self.directory = directory
        self.first = first
    }

    /// nil for a file that is no segment.
    init?(directory: String, file: String) {
        guard file.hasSuffix(".log"), let first = UInt64(file.dropLast(4)), first > 0 else { return nil }
        self.init(directory: directory, first: first)
        guard log == directory + "/" + file else { return nil }
    }

    /// Those of a folder's files, ascending.
    static func all(of files: [String], in directory: String) -> [SegmentName] {
        files.compactMap { SegmentName(directory: directory, file: $0) }.sorted { $0.first < $1.first }
    }

    private var stem: String {
        let digits = String(first)
        return String(repeating: "0", count: 20 - digits.utf8.count) + digits
    }

    var logFile: String { stem + ".log" }
    var indexFile: String { stem + ".idx" }
    var log: String { directory + "/" + logFile }
    var index: String { directory + "/" + indexFile }
    var accounts: String { directory + "/" + stem + ".accounts" }
    var unfinishedIndex: String { index + ".tmp" }
}

extension SegmentName {
    /// A segment's header is flushed before its first block, so a file without a sound one and without more
    /// than one is a creation that a crash cut short.
    func isUnfinished(calls: DiskCalls) throws -> Bool {
        let file = try OpenFile(log, .read, calls: calls)
        guard try file.size() <= SegmentHeader.bytes else { return false }
        return SegmentHeader(try file.read(at: 0, count: SegmentHeader.bytes)) == nil
    }
}

extension SegmentExtent {
    /// Refuses what a full segment before `next` cannot be.
    func mustSeal(_ name: SegmentName, upTo next: UInt64, size: Int) throws {
        guard first == name.first, last == next - 1 else { throw StorageFailure.missing(last &+ 1, in: name.directory) }
        guard size == end else {
            throw StorageFailure.corrupt(path: name.log, detail: "not the \(end) bytes it was sealed with")
        }
    }
}

extension StorageFailure {
    static func missing(_ position: UInt64, in directory: String) -> StorageFailure {
        .corrupt(path: directory, detail: "block \(position) is missing")
    }
}
