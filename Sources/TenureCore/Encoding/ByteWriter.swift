/// Writes the compact, deterministic binary form of states, facts and decisions.
package struct ByteWriter: Sendable {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func write(byte: UInt8) { bytes.append(byte) }
    package mutating func write(_ flag: Bool) { bytes.append(flag ? 1 : 0) }

    /// LEB128.
    package mutating func write(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Zigzag, then LEB128.
    package mutating func write(_ number: Int64) {
        write(UInt64(bitPattern: (number << 1) ^ (number >> 63)))
    }

    package mutating func write(_ number: Int) { write(Int64(number)) }
    package mutating func write(_ number: Int32) { write(Int64(number)) }
    package mutating func write(_ number: Double) { writeFixed(number.bitPattern) }
    package mutating func write(_ instant: Instant) { write(instant.milliseconds) }
    package mutating func write(_ day: Day) { write(day.number) }

    package mutating func writeFixed(_ number: UInt64) {
        for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    package mutating func write(_ text: String) {
        write(UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    package mutating func write(bytes other: [UInt8]) {
        write(UInt64(other.count))
        bytes.append(contentsOf: other)
    }

    package mutating func write<Value>(_ value: Value?, _ body: (inout ByteWriter, Value) -> Void) {
        write(value != nil)
        if let value { body(&self, value) }
    }

    package mutating func write<Value>(list values: [Value], _ body: (inout ByteWriter, Value) -> Void) {
        write(UInt64(values.count))
        for value in values { body(&self, value) }
    }
}
