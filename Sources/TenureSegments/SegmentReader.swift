import TenureCompression
import TenureCore
import TenureStore

/// Reads the blocks of one segment one after another, through a file handle of its own, and checks all of
/// them.
final class SegmentReader {
    let salt: UInt32
    /// Where the next block begins, in bytes from the start of the file.
    var offset = SegmentHeader.bytes
    private let file: OpenFile
    private let end: Int
    private let decompressor = Decompressor()
    private var window: [UInt8] = []
    private var windowStart = 0

    private static let readAhead = 256 << 10

    /// `end`: bytes of the file that are published; nothing behind it is looked at.
    init(file: OpenFile, first: UInt64, end: Int) throws {
        self.file = file
        self.end = end
        let header = SegmentHeader(try file.read(at: 0, count: SegmentHeader.bytes))
        guard let header, header.first == first else {
            throw StorageFailure.corrupt(path: file.path, detail: "the segment header is damaged")
        }
        salt = header.salt
    }

    var isAtEnd: Bool { offset >= end }

    /// The header at `offset` if a whole, undamaged block begins there.
    func soundHeader() throws -> BlockHeader? {
        guard let header = try header(), end - offset >= header.totalBytes else { return nil }
        let payload = try bytes(at: offset + BlockHeader.bytes, count: header.storedBytes)
        guard payload.count == header.storedBytes,
            Checksum.crc32c(payload, seed: salt) == header.payloadChecksum
        else { return nil }
        return header
    }

    /// Steps over blocks before `position` by their headers alone.
    func skip(to position: UInt64) throws {
        while !isAtEnd, let header = try header(), header.position < position { offset += header.totalBytes }
    }

    /// The block at `offset`, which must have that position; moves on behind it.
    func next(expecting position: UInt64) throws -> LogBlock {
        guard let header = try soundHeader() else { throw corrupt("block \(position) is damaged") }
        guard header.position == position else {
            throw corrupt("block \(header.position) stands where \(position) belongs")
        }
        let stored = Array(try bytes(at: offset + BlockHeader.bytes, count: header.storedBytes))
        let block = try decode(stored, header)
        offset += header.totalBytes
        return block
    }

    private func header() throws -> BlockHeader? {
        guard end - offset >= BlockHeader.bytes else { return nil }
        return BlockHeader(try bytes(at: offset, count: BlockHeader.bytes), salt: salt)
    }

    private func decode(_ stored: [UInt8], _ header: BlockHeader) throws -> LogBlock {
        guard let plain = plainBytes(stored, header) else {
            throw corrupt("block \(header.position) does not decompress")
        }
        var reader = ByteReader(plain)
        guard let block = try? reader.readLogBlock(), reader.isAtEnd, block.position == header.position else {
            throw corrupt("block \(header.position) does not decode")
        }
        return block
    }

    private func plainBytes(_ stored: [UInt8], _ header: BlockHeader) -> [UInt8]? {
        switch header.encoding {
        case .plain: stored.count == header.plainBytes ? stored : nil
        case .zstd: decompressor.decompress(stored, count: header.plainBytes)
        }
    }

    private func bytes(at start: Int, count: Int) throws -> ArraySlice<UInt8> {
        if start < windowStart || start + count > windowStart + window.count {
            window = try file.read(at: start, count: min(max(count, Self.readAhead), end - start))
            windowStart = start
        }
        let first = start - windowStart
        return window[first..<min(first + count, window.count)]
    }

    private func corrupt(_ detail: String) -> StorageFailure {
        .corrupt(path: file.path, detail: "\(detail), at byte \(offset)")
    }
}
