import TenureCore
import TenureStore

/// The 32 bytes before the payload of a block.
struct BlockHeader: Equatable {
    static let bytes = 32
    /// First in each header; a search for blocks behind damage looks for it.
    static let magic: [UInt8] = Array("TLB1".utf8)
    /// A block that decodes to more is never written, and never believed when read.
    static let payloadBytesMax = 32 << 20

    enum Encoding: UInt32 {
        case plain = 0
        case zstd = 1
    }

    var encoding: Encoding
    var position: UInt64
    /// As stored after the header.
    var storedBytes: Int
    /// After decompression.
    var plainBytes: Int
    /// Of the stored bytes, seeded with the segment's salt.
    var payloadChecksum: UInt32

    /// Header and payload together.
    var totalBytes: Int { Self.bytes + storedBytes }

    func encoded(salt: UInt32) -> [UInt8] {
        var writer = ByteWriter()
        for byte in Self.magic { writer.write(byte: byte) }
        writer.writeFixed32(encoding.rawValue)
        writer.writeFixed(position)
        writer.writeFixed32(UInt32(clamping: storedBytes))
        writer.writeFixed32(UInt32(clamping: plainBytes))
        writer.writeFixed32(payloadChecksum)
        writer.writeFixed32(Checksum.crc32c(writer.bytes, seed: salt))
        return writer.bytes
    }
}

extension BlockHeader {
    /// nil when the bytes are not a whole, undamaged header of the segment with that salt.
    init?(_ bytes: ArraySlice<UInt8>, salt: UInt32) {
        guard bytes.count == Self.bytes, bytes.starts(with: Self.magic) else { return nil }
        var reader = ByteReader(Array(bytes))
        guard let kind = try? reader.readFixed(), let position = try? reader.readFixed(),
            let lengths = try? reader.readFixed(), let checksums = try? reader.readFixed(),
            UInt32(checksums >> 32) == Checksum.crc32c(bytes.prefix(28), seed: salt),
            let encoding = Encoding(rawValue: UInt32(kind >> 32))
        else { return nil }
        self.init(
            encoding: encoding, position: position, storedBytes: Int(lengths & 0xFFFF_FFFF),
            plainBytes: Int(lengths >> 32), payloadChecksum: UInt32(checksums & 0xFFFF_FFFF))
        guard storedBytes <= Self.payloadBytesMax, plainBytes <= Self.payloadBytesMax else { return nil }
    }
}

extension ByteWriter {
    mutating func writeFixed32(_ number: UInt32) {
        for shift in stride(from: UInt32(0), to: 32, by: 8) {
            write(byte: UInt8(truncatingIfNeeded: number >> shift))
        }
    }
}
