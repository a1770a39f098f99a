/// CRC-32C (Castagnoli), as iSCSI, ext4 and Kafka use it: finds every single flipped bit and every burst up
/// to 32 bits.
package enum Checksum {
    /// Eight tables, so that eight bytes take one step.
    private static let tables: [UInt32] = {
        var tables = (0..<256).map { (byte: UInt32) -> UInt32 in
            (0..<8).reduce(byte) { value, _ in value & 1 == 1 ? (value >> 1) ^ 0x82F6_3B78 : value >> 1 }
        }
        for index in 256..<2048 {
            let before = tables[index - 256]
            tables.append((before >> 8) ^ tables[Int(before & 0xFF)])
        }
        return tables
    }()

    /// The checksum of `bytes`; give the checksum of what came before as `seed` to go on from there.
    package static func crc32c(_ bytes: ArraySlice<UInt8>, seed: UInt32 = 0) -> UInt32 {
        let tables = tables.span
        let bytes = bytes.span
        var value = ~seed
        var index = 0
        while bytes.count - index >= 8 {
            value = step(value, bytes, index, tables)
            index += 8
        }
        while index < bytes.count {
            value = tables[Int((value ^ UInt32(bytes[index])) & 0xFF)] ^ (value >> 8)
            index += 1
        }
        return ~value
    }

    package static func crc32c(_ bytes: [UInt8], seed: UInt32 = 0) -> UInt32 {
        crc32c(bytes[...], seed: seed)
    }

    @inline(__always)
    private static func step(_ value: UInt32, _ bytes: Span<UInt8>, _ start: Int, _ tables: Span<UInt32>)
        -> UInt32
    {
        let low = value ^ word(bytes, start)
        let high = word(bytes, start + 4)
        return tables[Int(low & 0xFF) + 1792] ^ tables[Int(low >> 8 & 0xFF) + 1536]
            ^ tables[Int(low >> 16 & 0xFF) + 1280] ^ tables[Int(low >> 24) + 1024]
            ^ tables[Int(high & 0xFF) + 768] ^ tables[Int(high >> 8 & 0xFF) + 512]
            ^ tables[Int(high >> 16 & 0xFF) + 256] ^ tables[Int(high >> 24)]
    }

    @inline(__always)
    private static func word(_ bytes: Span<UInt8>, _ start: Int) -> UInt32 {
        UInt32(bytes[start]) | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2]) << 16
            | UInt32(bytes[start + 3]) << 24
    }
}
