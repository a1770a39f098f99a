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

    private var stem: String {
        let digits = String(first)
        return directory + "/" + String(repeating: "0", count: 20 - digits.utf8.count) + digits
    }

    var log: String { stem + ".log" }
    var index: String { stem + ".idx" }
    var unfinishedIndex: String { stem + ".idx.tmp" }
}
