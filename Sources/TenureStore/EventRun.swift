package import TenureCore

/// Which event it was: half of a SHA-256 over its sender and its id.
package struct EventKey: Hashable, Comparable, Sendable {
    package var high: UInt64
    package var low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    package static func < (left: EventKey, right: EventKey) -> Bool { (left.high, left.low) < (right.high, right.low) }
}

/// An event that was seen: what it said, as a hash, and the UTC day on which it was recorded.
package struct EventRecord: Hashable, Sendable {
    /// As it is written.
    package static let bytes = 32

    package var key: EventKey
    package var content: UInt64
    package var day: Int32

    package init(key: EventKey, content: UInt64, day: Int32) {
        self.key = key
        self.content = content
        self.day = day
    }
}

/// Records that left memory, never changed.
package protocol EventRun: Sendable {
    /// Under which its files have it.
    var name: String { get }
    /// - Throws: where it cannot be read: nobody guesses.
    func record(_ key: EventKey) throws -> EventRecord?
}

extension ByteWriter {
    package mutating func write(_ record: EventRecord) {
        writeFixed(record.key.high)
        writeFixed(record.key.low)
        writeFixed(record.content)
        writeFixed(UInt64(UInt32(bitPattern: record.day)))
    }
}

extension ByteReader {
    package mutating func readEventRecord() throws -> EventRecord {
        EventRecord(
            key: EventKey(high: try readFixed(), low: try readFixed()), content: try readFixed(),
            day: Int32(bitPattern: UInt32(truncatingIfNeeded: try readFixed())))
    }
}
