import Testing

@testable import Parquet

/// Bytes as the format's own documents give them, or worked out by hand from what those say.
struct EncodingTests {
    @Test func `numbers of three bits lie lowest bit first`() {
        var packing = BitPacking()
        for number: UInt64 in 0..<8 { packing.append(number, bits: 3) }
        #expect(packing.finish() == [0b1000_1000, 0b1100_0110, 0b1111_1010])
    }

    @Test func `numbers of all widths come back bit by bit`() {
        for bits in 0...64 {
            let numbers = (0..<40).map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 & mask(bits) }
            var packing = BitPacking()
            for number in numbers { packing.append(number, bits: bits) }
            let bytes = packing.finish()
            #expect(bytes.count == (40 * bits + 7) / 8)
            #expect((0..<40).map { unpacked(bytes, $0 * bits, bits) } == numbers)
        }
    }

    private func mask(_ bits: Int) -> UInt64 { bits == 64 ? .max : (1 << UInt64(bits)) - 1 }

    private func unpacked(_ bytes: [UInt8], _ start: Int, _ bits: Int) -> UInt64 {
        (0..<bits).reduce(0) { number, place in
            let at = start + place
            return number | UInt64(bytes[at / 8] >> UInt8(at % 8) & 1) << UInt64(place)
        }
    }

    @Test func `eight equal numbers are a run, others are packed in eights`() {
        #expect(RunLengths.encode([UInt32](repeating: 4, count: 10), bits: 3) == [20, 4])
        #expect(RunLengths.encode([0, 1, 2, 3, 4, 5, 6, 7], bits: 3) == [3, 0x88, 0xC6, 0xFA])
        #expect(RunLengths.encode([1, 0, 1], bits: 1) == [3, 0b101])
        #expect(RunLengths.encode([], bits: 1) == [])
    }

    @Test func `a run behind packed numbers begins where eight of them end`() {
        let numbers: [UInt32] = [1, 0, 1, 1, 0, 0, 0, 1] + [UInt32](repeating: 1, count: 100)
        #expect(RunLengths.encode(numbers, bits: 1) == [3, 0b1000_1101, 200, 1, 1])
        // Seven equal ones and another are no run, and the run behind them is whole.
        let late: [UInt32] = [0, 0, 0, 0, 0, 0, 0, 1] + [UInt32](repeating: 300, count: 8)
        #expect(RunLengths.encode(late, bits: 9) == [3, 0, 0, 0, 0, 0, 0, 0, 0x80, 0, 16, 0x2C, 1])
    }

    @Test func `differences that are all the same take no bits`() {
        #expect(DeltaNumbers.encode([1, 2, 3, 4, 5]) == [0x80, 1, 4, 5, 2, 2, 0, 0, 0, 0])
        #expect(DeltaNumbers.encode([]) == [0x80, 1, 4, 0, 0])
        #expect(DeltaNumbers.encode([-3]) == [0x80, 1, 4, 1, 5])
    }

    @Test func `differences are kept above the least of them`() {
        let bytes = DeltaNumbers.encode([7, 5, 3, 1, 2, 3, 4, 5])
        #expect(bytes == [0x80, 1, 4, 8, 14, 3, 2, 0, 0, 0, 0xC0, 0x3F, 0, 0, 0, 0, 0, 0])
    }

    @Test func `differences wrap around from one end of the integers to the other`() {
        // From the greatest to the least is one step forwards.
        #expect(DeltaNumbers.encode([.max, .min]).suffix(5) == [2, 0, 0, 0, 0])
    }

    @Test func `fields of a structure count from the last one`() {
        var writer = ThriftWriter()
        writer.structure {
            $0.field(1, Int32(3))
            $0.field(3, Int64(-1))
            $0.field(4, "ab")
            $0.field(5) { $0.field(2, true) }
            $0.field(6, [Int64](1...16), of: .int64) { $0.write($1) }
        }
        #expect(
            writer.bytes == [0x15, 6, 0x26, 1, 0x18, 2, 0x61, 0x62, 0x1C, 0x21, 0, 0x19, 0xF6, 16]
                + (1...16).map { 2 * $0 } + [0])
    }
}
