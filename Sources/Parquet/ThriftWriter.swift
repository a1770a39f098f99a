/// Thrift's compact protocol, as far as headers and footers of the format need it.
struct ThriftWriter {
    private(set) var bytes: [UInt8] = []
    private var lastField: Int16 = 0

    enum Kind: UInt8 {
        case yes = 1
        case no = 2
        case int32 = 5
        case int64 = 6
        case binary = 8
        case list = 9
        case structure = 12
    }

    mutating func field(_ id: Int16, _ value: Int32) {
        begin(id, .int32)
        write(Int64(value))
    }

    mutating func field(_ id: Int16, _ value: Int64) {
        begin(id, .int64)
        write(value)
    }

    mutating func field(_ id: Int16, _ value: Bool) { begin(id, value ? .yes : .no) }

    mutating func field(_ id: Int16, _ value: [UInt8]) {
        begin(id, .binary)
        write(value)
    }

    mutating func field(_ id: Int16, _ text: String) { field(id, Array(text.utf8)) }

    mutating func field(_ id: Int16, _ body: (inout ThriftWriter) -> Void) {
        begin(id, .structure)
        structure(body)
    }

    mutating func field<Element>(
        _ id: Int16, _ elements: [Element], of kind: Kind, _ body: (inout ThriftWriter, Element) -> Void
    ) {
        begin(id, .list)
        if elements.count < 15 {
            bytes.append(UInt8(elements.count) << 4 | kind.rawValue)
        } else {
            bytes.append(0xF0 | kind.rawValue)
            bytes.append(varint: UInt64(elements.count))
        }
        for element in elements { body(&self, element) }
    }

    /// Fields count from 0 inside, and go on from where they were behind it.
    mutating func structure(_ body: (inout ThriftWriter) -> Void) {
        let outer = lastField
        lastField = 0
        body(&self)
        bytes.append(0)
        lastField = outer
    }

    mutating func write(_ value: Int64) { bytes.append(zigzag: value) }

    mutating func write(_ value: [UInt8]) {
        bytes.append(varint: UInt64(value.count))
        bytes += value
    }

    /// Fields are written in ascending order, at most fifteen apart, as all of the format's are.
    private mutating func begin(_ id: Int16, _ kind: Kind) {
        bytes.append(UInt8(truncatingIfNeeded: id &- lastField) << 4 | kind.rawValue)
        lastField = id
    }
}

extension [UInt8] {
    /// LEB128.
    mutating func append(varint number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    mutating func append(zigzag number: Int64) { append(varint: UInt64(bitPattern: (number << 1) ^ (number >> 63))) }

    /// The lowest bytes, the lowest first.
    mutating func append(_ number: UInt64, bytes count: Int) {
        for place in 0..<count { append(UInt8(truncatingIfNeeded: number >> UInt64(8 * place))) }
    }
}
