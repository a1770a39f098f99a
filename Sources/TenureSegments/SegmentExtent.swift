import TenureCore

/// What one segment holds: positions `first...last` in the file's first `end` bytes.
struct SegmentExtent: Equatable, Sendable {
    /// A place to begin reading from.
    struct Mark: Equatable, Sendable {
        var position: UInt64
        var offset: Int
    }

    private static let bytesBetweenMarks = 64 << 10

    let first: UInt64
    /// One less than `first` when there is no block yet.
    private(set) var last: UInt64
    /// Bytes of the header and all blocks.
    private(set) var end: Int
    /// Ascending, about one for every 64 KiB.
    private(set) var marks: [Mark]

    init(first: UInt64) {
        self.init(first: first, last: first - 1, end: SegmentHeader.bytes, marks: [])
    }

    init(first: UInt64, last: UInt64, end: Int, marks: [Mark]) {
        self.first = first
        self.last = last
        self.end = end
        self.marks = marks
    }

    var isEmpty: Bool { last < first }

    /// False for what no writer could have left, whatever its checksum says.
    var isPlausible: Bool {
        first > 0 && !isEmpty && end > SegmentHeader.bytes
            && marks.allSatisfy {
                (SegmentHeader.bytes..<end).contains($0.offset) && (first...last).contains($0.position)
            }
    }

    /// Counts one more block of so many bytes.
    mutating func add(_ bytes: Int) {
        last += 1
        if end - (marks.last?.offset ?? 0) >= Self.bytesBetweenMarks {
            marks.append(Mark(position: last, offset: end))
        }
        end += bytes
    }

    /// The last mark that is not behind `position`.
    func mark(before position: UInt64) -> Mark {
        let next = marks.indices.firstPlace { marks[$0].position > position }
        return next == 0 ? Mark(position: first, offset: SegmentHeader.bytes) : marks[next - 1]
    }

    /// The same without its marks: those of a sealed segment are read from its index when they are needed.
    var withoutMarks: SegmentExtent { SegmentExtent(first: first, last: last, end: end, marks: []) }
}
