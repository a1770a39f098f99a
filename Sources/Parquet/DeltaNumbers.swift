/// DELTA_BINARY_PACKED: the first number, then differences in blocks of 128, each in as few bits as its part of a block
/// needs. Differences wrap around, as readers' do.
enum DeltaNumbers {
    private static let blockCount = 128
    private static let partCount = 32

    static func encode(_ numbers: [Int64]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(varint: UInt64(blockCount))
        bytes.append(varint: UInt64(blockCount / partCount))
        bytes.append(varint: UInt64(numbers.count))
        bytes.append(zigzag: numbers.first ?? 0)
        let differences = zip(numbers.dropFirst(), numbers).map { $0 &- $1 }
        for start in stride(from: 0, to: differences.count, by: blockCount) {
            append(differences[start..<min(start + blockCount, differences.count)], to: &bytes)
        }
        return bytes
    }

    private static func append(_ block: ArraySlice<Int64>, to bytes: inout [UInt8]) {
        let least = block.min() ?? 0
        let above = block.map { UInt64(bitPattern: $0 &- least) }
        let parts = stride(from: 0, to: above.count, by: partCount).map {
            above[$0..<min($0 + partCount, above.count)]
        }
        let widths = parts.map { bitWidth($0.max() ?? 0) }
        bytes.append(zigzag: least)
        // Parts that are not there have no bits.
        bytes += widths.map { UInt8($0) } + [UInt8](repeating: 0, count: blockCount / partCount - parts.count)
        for (part, width) in zip(parts, widths) {
            var packing = BitPacking(after: bytes)
            for number in part { packing.append(number, bits: width) }
            for _ in part.count..<partCount { packing.append(0, bits: width) }
            bytes = packing.finish()
        }
    }
}
