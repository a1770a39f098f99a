/// Reads what a footer of our own has; anything else in it is stepped over, within bounds.
struct ThriftReader {
    struct Damage: Error {}

    private let bytes: [UInt8]
    private var offset = 0

    private static let depthMax = 16

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Hands over the id and kind of each field, whose value `body` reads or steps over.
    mutating func structure(_ body: (inout ThriftReader, _ id: Int, _ kind: UInt8) throws -> Void) throws {
        var id = 0
        while true {
            let head = try byte()
            guard head != 0 else { return }
            let step = Int(head >> 4)
            id = step == 0 ? Int(truncatingIfNeeded: try integer()) : id &+ step
            try body(&self, id, head & 15)
        }
    }

    mutating func integer() throws -> Int64 {
        let number = try varint()
        return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
    }

    mutating func text() throws -> String { String(decoding: try take(try varint()), as: UTF8.self) }

    /// How many elements of which kind follow.
    mutating func list() throws -> (count: Int, kind: UInt8) {
        let head = try byte()
        let count = head >> 4 == 15 ? try varint() : UInt64(head >> 4)
        guard count <= UInt64(bytes.count) else { throw Damage() }
        return (Int(count), head & 15)
    }

    mutating func skip(_ kind: UInt8, depth: Int = 0) throws {
        guard depth < Self.depthMax else { throw Damage() }
        switch kind {
        case 1, 2: return
        case 3: _ = try byte()
        case 4, 5, 6: _ = try varint()
        case 7: _ = try take(8)
        case 8: _ = try take(try varint())
        case 9, 10:
            let (count, element) = try list()
            for _ in 0..<count { try element == 1 || element == 2 ? _ = byte() : skip(element, depth: depth + 1) }
        case 12: try structure { try $0.skip($2, depth: depth + 1) }
        default: throw Damage()
        }
    }

    private mutating func byte() throws -> UInt8 {
        guard offset < bytes.count else { throw Damage() }
        defer { offset += 1 }
        return bytes[offset]
    }

    private mutating func varint() throws -> UInt64 {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            let byte = try byte()
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
        }
        throw Damage()
    }

    private mutating func take(_ count: UInt64) throws -> ArraySlice<UInt8> {
        guard count <= UInt64(bytes.count - offset) else { throw Damage() }
        defer { offset += Int(count) }
        return bytes[offset..<offset + Int(count)]
    }
}
