/// Reads a gzip stream (RFC 1952, deflate of RFC 1951) into at most a given number of bytes: no input makes it
/// use more.
struct Inflate {
    enum Refusal: Error, Sendable {
        /// The stream breaks its own rules, or its checksum does not match.
        case malformed
        case tooLarge
    }

    private let input: [UInt8]
    private let bytesMax: Int
    private var index = 0
    private var bits: UInt32 = 0
    private var bitCount: UInt32 = 0
    private var out: [UInt8] = []

    private init(_ input: [UInt8], bytesMax: Int) {
        self.input = input
        self.bytesMax = bytesMax
    }

    /// Every member of the stream, one after the other.
    static func gunzip(_ input: [UInt8], bytesMax: Int) throws(Refusal) -> [UInt8] {
        var reader = Inflate(input, bytesMax: bytesMax)
        repeat { try reader.member() } while reader.index < input.count
        return reader.out
    }

    private mutating func member() throws(Refusal) {
        try header()
        let start = out.count
        (bits, bitCount) = (0, 0)
        while try !block() {}
        (bits, bitCount) = (0, 0)
        let checksum = try number(bytes: 4)
        let length = try number(bytes: 4)
        let written = out[start...]
        guard length == UInt32(truncatingIfNeeded: written.count), checksum == CRC32.of(written) else {
            throw .malformed
        }
    }

    private mutating func header() throws(Refusal) {
        guard try byte() == 0x1F, try byte() == 0x8B, try byte() == 8 else { throw .malformed }
        let flags = try byte()
        guard flags & 0xE0 == 0 else { throw .malformed }
        for _ in 0..<6 { _ = try byte() }
        if flags & 4 != 0 { for _ in 0..<(try number(bytes: 2)) { _ = try byte() } }
        if flags & 8 != 0 { while try byte() != 0 {} }
        if flags & 16 != 0 { while try byte() != 0 {} }
        if flags & 2 != 0 { _ = try number(bytes: 2) }
    }

    private mutating func byte() throws(Refusal) -> UInt8 {
        guard index < input.count else { throw .malformed }
        defer { index += 1 }
        return input[index]
    }

    private mutating func number(bytes count: UInt32) throws(Refusal) -> UInt32 {
        var number: UInt32 = 0
        for place in 0..<count { number |= UInt32(try byte()) << (8 * place) }
        return number
    }
}

// MARK: - Blocks

extension Inflate {
    /// True after the last one.
    private mutating func block() throws(Refusal) -> Bool {
        let isLast = try take(1) == 1
        switch try take(2) {
        case 0: try stored()
        case 1: try coded(.fixedLiterals, .fixedDistances)
        case 2: try dynamic()
        default: throw .malformed
        }
        return isLast
    }

    /// The next bits, lowest first; at most 16.
    private mutating func take(_ count: UInt32) throws(Refusal) -> UInt32 {
        while bitCount < count {
            bits |= UInt32(try byte()) << bitCount
            bitCount += 8
        }
        let value = bits & ((1 << count) - 1)
        bits >>= count
        bitCount -= count
        return value
    }

    private mutating func stored() throws(Refusal) {
        (bits, bitCount) = (0, 0)
        let length = try number(bytes: 2)
        guard try number(bytes: 2) == ~length & 0xFFFF else { throw .malformed }
        for _ in 0..<length { try write(try byte()) }
    }

    private mutating func write(_ byte: UInt8) throws(Refusal) {
        guard out.count < bytesMax else { throw .tooLarge }
        out.append(byte)
    }

    private static let lengthBases: [UInt32] = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163,
        195, 227, 258,
    ]
    private static let lengthBits: [UInt32] = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    private static let distanceBases: [UInt32] = [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073,
        4097,
        6145, 8193, 12289, 16385, 24577,
    ]
    private static let distanceBits: [UInt32] = [
        0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
    ]

    private mutating func coded(_ literals: PrefixCode, _ distances: PrefixCode) throws(Refusal) {
        while true {
            let symbol = try decode(literals)
            if symbol < 256 {
                try write(UInt8(truncatingIfNeeded: symbol))
            } else if symbol == 256 {
                return
            } else {
                try copy(lengthSymbol: symbol - 257, distances)
            }
        }
    }

    private mutating func copy(lengthSymbol: Int, _ distances: PrefixCode) throws(Refusal) {
        guard lengthSymbol < Self.lengthBases.count else { throw .malformed }
        let length = Self.lengthBases[lengthSymbol] + (try take(Self.lengthBits[lengthSymbol]))
        let symbol = try decode(distances)
        guard symbol < Self.distanceBases.count else { throw .malformed }
        let distance = Int(Self.distanceBases[symbol] + (try take(Self.distanceBits[symbol])))
        guard distance <= out.count else { throw .malformed }
        for _ in 0..<length { try write(out[out.count - distance]) }
    }

    private mutating func decode(_ code: PrefixCode) throws(Refusal) -> Int {
        var value = 0
        var first = 0
        var index = 0
        for length in 1...PrefixCode.bitsMax {
            value |= Int(try take(1))
            let count = code.counts[length]
            if value - count < first { return code.symbols[index + value - first] }
            index += count
            first = (first + count) << 1
            value <<= 1
        }
        throw .malformed
    }

    private static let orderOfLengths = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

    private mutating func dynamic() throws(Refusal) {
        let literalCount = Int(try take(5)) + 257
        let distanceCount = Int(try take(5)) + 1
        let lengthCount = Int(try take(4)) + 4
        guard literalCount <= 286, distanceCount <= 30 else { throw .malformed }
        var lengths = [Int](repeating: 0, count: 19)
        for place in Self.orderOfLengths.prefix(lengthCount) { lengths[place] = Int(try take(3)) }
        let all = try codeLengths(PrefixCode(checking: lengths), count: literalCount + distanceCount)
        guard all[256] > 0 else { throw .malformed }
        try coded(
            PrefixCode(checking: Array(all[..<literalCount])),
            PrefixCode(checking: Array(all[literalCount...])))
    }

    private mutating func codeLengths(_ code: PrefixCode, count: Int) throws(Refusal) -> [Int] {
        var lengths: [Int] = []
        while lengths.count < count {
            let symbol = try decode(code)
            switch symbol {
            case 0...15: lengths.append(symbol)
            case 16:
                guard let last = lengths.last else { throw .malformed }
                lengths += [Int](repeating: last, count: Int(try take(2)) + 3)
            case 17: lengths += [Int](repeating: 0, count: Int(try take(3)) + 3)
            default: lengths += [Int](repeating: 0, count: Int(try take(7)) + 11)
            }
        }
        guard lengths.count == count else { throw .malformed }
        return lengths
    }
}

/// A canonical Huffman code: how many codes of each length, and the symbols in the order of their codes.
private struct PrefixCode {
    static let bitsMax = 15
    let counts: [Int]
    let symbols: [Int]

    private init(_ lengths: [Int]) {
        var counts = [Int](repeating: 0, count: Self.bitsMax + 1)
        for length in lengths { counts[length] += 1 }
        counts[0] = 0
        self.counts = counts
        symbols = (1...Self.bitsMax).flatMap { length in lengths.indices.filter { lengths[$0] == length } }
    }

    /// Refuses lengths that promise more codes than there are.
    init(checking lengths: [Int]) throws(Inflate.Refusal) {
        self.init(lengths)
        var left = 1
        for length in 1...Self.bitsMax {
            left = left << 1 - counts[length]
            guard left >= 0 else { throw .malformed }
        }
    }

    static let fixedLiterals = PrefixCode(
        (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
    static let fixedDistances = PrefixCode([Int](repeating: 5, count: 30))
}

/// The checksum of gzip (polynomial EDB88320).
enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { (byte: UInt32) -> UInt32 in
        (0..<8).reduce(byte) { value, _ in value & 1 == 1 ? (value >> 1) ^ 0xEDB8_8320 : value >> 1 }
    }

    static func of(_ bytes: some Sequence<UInt8>) -> UInt32 {
        let table = table
        return ~bytes.reduce(~0) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ ($0 >> 8) }
    }
}
