package import TenureCore

/// A file of the lake: facts that entered the log on one day, in blocks `first...last`.
package struct LakePart: Hashable, Sendable {
    package var day: Day
    package var first: UInt64
    package var last: UInt64

    private static let (prefix, suffix) = ("facts-", ".parquet")

    package init(day: Day, first: UInt64, last: UInt64) {
        self.day = day
        self.first = first
        self.last = last
    }

    /// nil for a file that is no part.
    init?(day: Day, file: String) {
        guard file.hasPrefix(Self.prefix), file.hasSuffix(Self.suffix) else { return nil }
        let numbers = file.dropFirst(Self.prefix.count).dropLast(Self.suffix.count).split(separator: "-")
        guard numbers.count == 2, let first = UInt64(numbers[0]), let last = UInt64(numbers[1]), first <= last
        else { return nil }
        self.init(day: day, first: first, last: last)
        guard self.file == file else { return nil }
    }

    package var file: String { "\(Self.prefix)\(Self.padded(first))-\(Self.padded(last))\(Self.suffix)" }

    /// As the log names its segments, so that names are in the order of the blocks.
    private static func padded(_ position: UInt64) -> String {
        let digits = String(position)
        return String(repeating: "0", count: 20 - digits.utf8.count) + digits
    }
}

extension Instant {
    /// The day of UTC that it lies in.
    package var dayInUTC: Day { Day(number: Int32(truncatingIfNeeded: floorDivide(milliseconds, Milliseconds.day))) }
}
