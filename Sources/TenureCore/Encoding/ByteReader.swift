/// The bytes end early or hold something that no writer wrote.
package struct CorruptBytes: Error, Sendable {
    package var offset: Int

    package init(offset: Int) { self.offset = offset }
}

/// Reads what `ByteWriter` wrote; every read is bounds-checked and throws `CorruptBytes`.
public struct ByteReader: Sendable {
    private let bytes: [UInt8]
    package private(set) var offset = 0

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    package var isAtEnd: Bool { offset == bytes.count }
    private var corrupt: CorruptBytes { CorruptBytes(offset: offset) }

    package mutating func readByte() throws -> UInt8 {
        guard offset < bytes.count else { throw corrupt }
        defer { offset += 1 }
        return bytes[offset]
    }

    public mutating func readBool() throws -> Bool { try readByte() != 0 }

    package mutating func readUInt64() throws -> UInt64 {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            let byte = try readByte()
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
        }
        throw corrupt
    }

    package mutating func readInt64() throws -> Int64 {
        let number = try readUInt64()
        return Int64(bitPattern: (number >> 1) ^ (0 &- (number & 1)))
    }

    package mutating func readInt() throws -> Int { Int(try readInt64()) }

    package mutating func readInt32() throws -> Int32 {
        guard let number = Int32(exactly: try readInt64()) else { throw corrupt }
        return number
    }

    package mutating func readDouble() throws -> Double { Double(bitPattern: try readFixed()) }
    package mutating func readInstant() throws -> Instant { Instant(milliseconds: try readInt64()) }
    package mutating func readDay() throws -> Day { Day(number: try readInt32()) }

    package mutating func readFixed() throws -> UInt64 {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 8) { number |= UInt64(try readByte()) << shift }
        return number
    }

    package mutating func readBytes() throws -> [UInt8] {
        let count = try readCount()
        defer { offset += count }
        return Array(bytes[offset..<offset + count])
    }

    /// How many bytes or elements follow: never more than there are bytes left.
    @usableFromInline mutating func readCount() throws -> Int {
        let count = try readUInt64()
        guard count <= UInt64(bytes.count - offset) else { throw corrupt }
        return Int(count)
    }

    package mutating func readString() throws -> String { String(decoding: try readBytes(), as: UTF8.self) }

    // Public, since only then they are made for each kind of value where they are called: states are read through them.

    @inlinable public mutating func readOptional<Value>(_ body: (inout ByteReader) throws -> Value) throws -> Value? {
        try readBool() ? try body(&self) : nil
    }

    @inlinable public mutating func readList<Value>(_ body: (inout ByteReader) throws -> Value) throws -> [Value] {
        let count = try readCount()
        var values: [Value] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try body(&self)) }
        return values
    }
}
