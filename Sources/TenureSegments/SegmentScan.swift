import TenureCore
import TenureStore

/// What a walk over a whole segment found.
struct SegmentScan {
    /// The sound blocks.
    private(set) var extent: SegmentExtent
    /// Bytes behind the last sound block, left by an append that did not finish.
    private(set) var tornBytes = 0
    let salt: UInt32
    /// Recorded time of the last block.
    private(set) var now: Instant?

    /// Throws `corrupt` when damage is followed by a sound block: that is no torn tail.
    init(file: OpenFile, first: UInt64) throws {
        let size = try file.size()
        let reader = try SegmentReader(file: file, first: first, end: size)
        salt = reader.salt
        extent = SegmentExtent(first: first)
        var lastOffset = 0
        while let header = try reader.soundHeader(), header.position == extent.last &+ 1 {
            lastOffset = reader.offset
            extent.add(header.totalBytes)
            reader.offset = extent.end
        }
        tornBytes = size - extent.end
        try refuseDamageInTheMiddle(file)
        guard !extent.isEmpty else { return }
        reader.offset = lastOffset
        now = try reader.next(expecting: extent.last).now
    }

    /// Appends wait for the flush of the one before, so only the last block can be unfinished. A sound block
    /// behind damage therefore means that acknowledged bytes have changed.
    private func refuseDamageInTheMiddle(_ file: OpenFile) throws {
        guard tornBytes >= BlockHeader.bytes else { return }
        let tail = try file.read(at: extent.end, count: tornBytes)
        guard let found = firstSoundBlock(in: tail) else { return }
        let place = extent.end + found
        throw StorageFailure.corrupt(
            path: file.path,
            detail: "damage at byte \(extent.end), and a sound block behind it at byte \(place)")
    }

    private func firstSoundBlock(in tail: [UInt8]) -> Int? {
        (0...tail.count - BlockHeader.bytes).first {
            tail[$0] == BlockHeader.magic[0] && isSoundBlock(tail[$0...])
        }
    }

    private func isSoundBlock(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let header = BlockHeader(bytes.prefix(BlockHeader.bytes), salt: salt),
            header.totalBytes <= bytes.count
        else { return false }
        let payload = bytes.dropFirst(BlockHeader.bytes).prefix(header.storedBytes)
        return Checksum.crc32c(payload, seed: salt) == header.payloadChecksum
    }
}
