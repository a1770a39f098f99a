import TenureCompression
import TenureCore
import TenureStore

/// A block as it goes to disk: header and payload, compressed when that makes it smaller.
struct EncodedBlock {
    private let header: BlockHeader
    private let payload: [UInt8]
    private let salt: UInt32

    /// Throws when the block is larger than a reader would believe.
    init(_ block: LogBlock, compressor: Compressor, salt: UInt32, path: String) throws {
        var writer = ByteWriter()
        writer.write(block)
        guard writer.bytes.count <= BlockHeader.payloadBytesMax else {
            throw StorageFailure.failed(
                path: path, detail: "block of \(writer.bytes.count) bytes is too large")
        }
        let compressed = compressor.compress(writer.bytes)
        payload = compressed ?? writer.bytes
        self.salt = salt
        header = BlockHeader(
            encoding: compressed == nil ? .plain : .zstd, position: block.position,
            storedBytes: payload.count,
            plainBytes: writer.bytes.count, payloadChecksum: Checksum.crc32c(payload, seed: salt))
    }

    var count: Int { header.totalBytes }
    var bytes: [UInt8] { header.encoded(salt: salt) + payload }
}
