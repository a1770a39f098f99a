package import TenureCore

/// Decides which of two values of one thing is the later: by occurrence, then by receipt, then by sender and id, so that facts may
/// arrive in any order.
package struct Version: Hashable, Comparable, Sendable {
    package var occurred: Instant
    package var recorded: Instant
    package var tie: UInt64

    package init(occurred: Instant, recorded: Instant, tie: UInt64) {
        self.occurred = occurred
        self.recorded = recorded
        self.tie = tie
    }

    package init(_ fact: Fact) {
        self.init(occurred: fact.occurred, recorded: fact.recorded, tie: hash64(fact.source, fact.id))
    }

    package static func < (left: Version, right: Version) -> Bool {
        (left.occurred, left.recorded, left.tie) < (right.occurred, right.recorded, right.tie)
    }
}

/// A value that the newest fact wins.
package struct Latest<Value: Hashable & Sendable>: Hashable, Sendable {
    package private(set) var value: Value
    package private(set) var version: Version

    package init(_ value: Value, _ version: Version) {
        self.value = value
        self.version = version
    }

    /// Of two facts with one version (a duplicate) either may win: they say the same.
    package mutating func update(_ value: Value, _ version: Version) {
        guard version > self.version else { return }
        self.value = value
        self.version = version
    }
}

extension ByteWriter {
    mutating func write(_ version: Version) {
        write(version.occurred)
        write(version.recorded)
        writeFixed(version.tie)
    }

    mutating func write<Value>(latest: Latest<Value>, _ body: (inout ByteWriter, Value) -> Void) {
        body(&self, latest.value)
        write(latest.version)
    }
}

extension ByteReader {
    mutating func readVersion() throws -> Version {
        Version(occurred: try readInstant(), recorded: try readInstant(), tie: try readFixed())
    }

    mutating func readLatest<Value>(_ body: (inout ByteReader) throws -> Value) throws -> Latest<Value> {
        Latest(try body(&self), try readVersion())
    }
}
