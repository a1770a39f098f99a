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
    package var key: EventKey
    package var content: UInt64
    package var day: Int32

    package init(key: EventKey, content: UInt64, day: Int32) {
        self.key = key
        self.content = content
        self.day = day
    }
}

/// Records that left memory: never changed, and gone with the last who holds it.
package protocol EventRun: Sendable {
    func record(_ key: EventKey) throws -> EventRecord?
}
