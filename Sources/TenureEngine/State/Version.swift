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

    init(_ fact: Fact) {
        self.init(occurred: fact.occurred, recorded: fact.recorded, tie: hash64(fact.source, fact.id))
    }

    package static func < (left: Version, right: Version) -> Bool {
        (left.occurred, left.recorded, left.tie) < (right.occurred, right.recorded, right.tie)
    }
}

/// FNV-1a with a final mix: spreads short ids over 64 bits, the same in every process. Not a secret, not a signature.
package func hash64(_ text: String) -> UInt64 { hash64(text.utf8) }

package func hash64(_ bytes: some Sequence<UInt8>) -> UInt64 { mixed(absorbing(bytes, after: hashStart)) }

/// Of two texts, told apart by a byte that UTF-8 never has.
func hash64(_ first: String, _ second: String) -> UInt64 {
    let start = absorbing(CollectionOfOne(0xFF), after: absorbing(first.utf8, after: hashStart))
    return mixed(absorbing(second.utf8, after: start))
}

private let hashStart: UInt64 = 0xcbf2_9ce4_8422_2325

private func absorbing(_ bytes: some Sequence<UInt8>, after start: UInt64) -> UInt64 {
    var hash = start
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash
}

private func mixed(_ state: UInt64) -> UInt64 {
    var hash = state
    hash ^= hash >> 32
    hash = hash &* 0xd6e8_feb8_6659_fd93
    return hash ^ hash >> 32
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
