import TenureCore
import TenureStore

/// The first 32 bytes of a segment file.
struct SegmentHeader: Equatable {
    static let bytes = 32
    private static let magic: UInt64 = 0x4745_5352_554E_4554
    private static let version: UInt64 = 1

    /// Position of the first block.
    var first: UInt64
    /// Random; seeds the checksums of the segment's blocks, so that bytes a sender chose never pass for a
    /// block.
    var salt: UInt32

    init(first: UInt64, salt: UInt32) {
        self.first = first
        self.salt = salt
    }

    var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.writeFixed(Self.magic)
        writer.writeFixed(Self.version | UInt64(salt) << 32)
        writer.writeFixed(first)
        let checksum = Checksum.crc32c(writer.bytes)
        writer.writeFixed(UInt64(checksum))
        return writer.bytes
    }

    /// nil when the bytes are not a whole header.
    init?(_ bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard let magic = try? reader.readFixed(), let versionAndSalt = try? reader.readFixed(),
            let first = try? reader.readFixed(), let checksum = try? reader.readFixed(),
            magic == Self.magic, versionAndSalt & 0xFFFF_FFFF == Self.version,
            checksum == UInt64(Checksum.crc32c(bytes.prefix(24)))
        else { return nil }
        self.init(first: first, salt: UInt32(truncatingIfNeeded: versionAndSalt >> 32))
    }
}
