/// Writes the compact, deterministic binary form of states, facts and decisions.
public struct ByteWriter: Sendable {
    @usableFromInline var written: [UInt8] = []

    package init() {}

    package var bytes: [UInt8] { written }

    // Inlinable, since states are written field by field through closures that must melt away.

    @inlinable public mutating func write(byte: UInt8) { written.append(byte) }
    @inlinable public mutating func write(_ flag: Bool) { written.append(flag ? 1 : 0) }

    /// LEB128.
    @inlinable public mutating func write(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            written.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        written.append(UInt8(truncatingIfNeeded: rest))
    }

    /// Zigzag, then LEB128.
    @inlinable public mutating func write(_ number: Int64) {
        write(UInt64(bitPattern: (number << 1) ^ (number >> 63)))
    }

    package mutating func write(_ number: Int) { write(Int64(number)) }
    package mutating func write(_ number: Int32) { write(Int64(number)) }
    package mutating func write(_ number: Double) { writeFixed(number.bitPattern) }
    package mutating func write(_ instant: Instant) { write(instant.milliseconds) }
    package mutating func write(_ day: Day) { write(day.number) }

    package mutating func writeFixed(_ number: UInt64) {
        var rest = number
        for _ in 0..<8 {
            written.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    package mutating func write(_ text: String) {
        write(UInt64(text.utf8.count))
        written.append(contentsOf: text.utf8)
    }

    package mutating func write(bytes other: [UInt8]) {
        write(UInt64(other.count))
        written.append(contentsOf: other)
    }

    @inlinable public mutating func write<Value>(_ value: Value?, _ body: (inout ByteWriter, Value) -> Void) {
        write(value != nil)
        if let value { body(&self, value) }
    }

    @inlinable public mutating func write<Value>(list values: [Value], _ body: (inout ByteWriter, Value) -> Void) {
        write(UInt64(values.count))
        for value in values { body(&self, value) }
    }
}
