import TenureCore
import TenureStore

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// In which blocks of a segment, or of its end, facts of each account are.
///
/// Accounts are known by a hash of their id: where two have one hash, who reads looks into some blocks in vain.
struct AccountPlaces: Sendable {
    /// Position of the segment's first block.
    let first: UInt64
    /// Of the first block that was looked at: nothing is said of those before it.
    let from: UInt64
    /// Ascending, counted from the segment's first block.
    private(set) var blocks: [UInt64: [UInt32]]

    init(first: UInt64, from: UInt64, blocks: [UInt64: [UInt32]] = [:]) {
        self.first = first
        self.from = from
        self.blocks = blocks
    }

    var isWhole: Bool { from <= first }

    /// The next block.
    mutating func add(_ block: LogBlock) {
        var hashes: Set<UInt64> = []
        let lent = block.facts.span
        for place in lent.indices { if let account = lent[place].account { hashes.insert(Self.hash(account)) } }
        for hash in hashes { blocks[hash, default: []].append(UInt32(clamping: block.position - first)) }
    }

    /// With what is said of the blocks before its own.
    func joined(to earlier: AccountPlaces) -> AccountPlaces {
        var whole = earlier
        whole.blocks.merge(blocks) { $0 + $1 }
        return whole
    }

    func positions(of account: AccountID) -> [UInt64] { (blocks[Self.hash(account)] ?? []).map { first + UInt64($0) } }

    static func hash(_ account: AccountID) -> UInt64 { hash64(account.text) }
}

/// The places of a segment, up to one of its blocks, in a file beside it. It may be lost, or be damaged: the segment tells
/// the same.
struct AccountPlacesFile {
    private static let magic: UInt64 = 0x5343_4C50_4E45_5401
    private static let headerBytes = 32
    private static let entryBytes = 16
    private static let placeBytes = 4
    private static let checksumBytes = 8

    private let file: OpenFile
    private let first: UInt64
    /// Position of the last block that it tells of.
    let last: UInt64
    private let accounts: Int

    /// nil: it is missing, or none of this segment.
    init?(_ name: SegmentName, calls: DiskCalls) {
        guard let file = try? OpenFile(name.accounts, .read, calls: calls),
            let header = try? file.read(at: 0, count: Self.headerBytes)
        else { return nil }
        var reader = ByteReader(header)
        guard let magic = try? reader.readFixed(), magic == Self.magic, let first = try? reader.readFixed(),
            first == name.first, let last = try? reader.readFixed(), let accounts = try? reader.readFixed(),
            accounts < UInt64(UInt32.max)
        else { return nil }
        (self.file, self.first, self.last, self.accounts) = (file, first, last, Int(accounts))
    }

    /// Whether every byte is as it was written.
    func isSound() -> Bool {
        guard let size = try? file.size(), size >= Self.headerBytes + Self.checksumBytes,
            let bytes = try? file.read(at: 0, count: size)
        else { return false }
        return bytes.suffix(Self.checksumBytes).elementsEqual(Checksum.trailer(of: bytes.dropLast(Self.checksumBytes)))
    }

    /// Ascending.
    func positions(of account: AccountID) throws -> [UInt64] {
        let hash = AccountPlaces.hash(account)
        let entries = try fixed(at: Self.headerBytes, count: accounts * 2)
        let place = (0..<accounts).firstPlace { entries[2 * $0] >= hash }
        guard place < accounts, entries[2 * place] == hash else { return [] }
        let start = place == 0 ? 0 : entries[2 * place - 1]
        return try places(from: Int(clamping: start), to: Int(clamping: entries[2 * place + 1]))
    }

    /// Of all accounts.
    func places() throws -> AccountPlaces {
        let entries = try fixed(at: Self.headerBytes, count: accounts * 2)
        var (blocks, start): ([UInt64: [UInt32]], UInt64) = ([:], 0)
        for place in 0..<accounts {
            let positions = try places(from: Int(clamping: start), to: Int(clamping: entries[2 * place + 1]))
            blocks[entries[2 * place]] = positions.map { UInt32(clamping: $0 - first) }
            start = entries[2 * place + 1]
        }
        return AccountPlaces(first: first, from: first, blocks: blocks)
    }

    private func places(from start: Int, to end: Int) throws -> [UInt64] {
        let bytes = try file.read(
            at: Self.headerBytes + accounts * Self.entryBytes + start * Self.placeBytes,
            count: max(0, end - start) * Self.placeBytes)
        return stride(from: 0, to: bytes.count - 3, by: Self.placeBytes).map { at in
            first + bytes[at..<at + Self.placeBytes].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    private func fixed(at offset: Int, count: Int) throws -> [UInt64] {
        var reader = ByteReader(try file.read(at: offset, count: count * 8))
        return try (0..<count).map { _ in try reader.readFixed() }
    }

    /// Whole under its name at once, but not flushed: what a crash leaves of it has another checksum.
    ///
    /// - Parameter last: position of the last block that the places tell of.
    static func write(_ places: AccountPlaces, upTo last: UInt64, _ name: SegmentName, calls: DiskCalls) throws {
        let unfinished = "\(name.accounts).\(UInt64.random(in: .min ... .max)).tmp"
        let file = try OpenFile(unfinished, .create, calls: calls)
        do {
            let bytes = bytes(of: places, upTo: last)
            try file.write(bytes + Checksum.trailer(of: bytes[...]), at: 0)
            guard unsafe rename(unfinished, name.accounts) == 0 else {
                throw storageFailure(errno, path: name.accounts, doing: "rename")
            }
        } catch {
            unsafe unlink(unfinished)
            throw error
        }
    }

    /// After the header each hash, ascending, with the number of places up to and with its own; then all places.
    private static func bytes(of places: AccountPlaces, upTo last: UInt64) -> [UInt8] {
        let sorted = places.blocks.sorted { $0.key < $1.key }
        var (writer, end) = (ByteWriter(), 0)
        writer.writeFixed(magic)
        writer.writeFixed(places.first)
        writer.writeFixed(last)
        writer.writeFixed(UInt64(sorted.count))
        for (hash, blocks) in sorted {
            end += blocks.count
            writer.writeFixed(hash)
            writer.writeFixed(UInt64(end))
        }
        for (_, blocks) in sorted { for block in blocks { writer.writeFixed32(block) } }
        return writer.bytes
    }
}
