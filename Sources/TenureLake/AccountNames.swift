import FoundationEssentials
import TenureCore
import TenureSegments
import TenureStore

/// The vendor's own ids of accounts, as the log tells them. Kept beside the lake only so that the log need not be read
/// from its beginning each day; read anew where the file is not there, or damaged.
struct AccountNames {
    private(set) var position: UInt64 = 0
    private var externals: [AccountID: String] = [:]
    private var savedCount = 0

    init() {}

    var count: Int { externals.count }

    /// Up to there nothing more is to be learnt.
    mutating func skip(to position: UInt64) { self.position = max(self.position, position) }

    subscript(account: AccountID) -> String? { externals[account] }

    /// The block after the last one that was learnt from, or the same again. An account goes by the name it came with:
    /// one that was merged into it has a name of its own.
    mutating func learn(_ block: LogBlock) {
        position = max(position, block.position)
        for fact in block.facts where fact.type == FactType.accountChanged {
            guard let account = fact.account, externals[account] == nil, let external = fact.data["id"]?.string
            else { continue }
            externals[account] = external
        }
    }
}

// MARK: - Kept

extension AccountNames {
    private static func path(_ folder: LakeFolder, _ slug: String) -> String { folder.notes + "/\(slug).accounts" }

    init(_ folder: LakeFolder, _ slug: String) {
        var bytes: [UInt8] = []
        let path = Self.path(folder, slug)
        guard FileManager.default.fileExists(atPath: path), (try? FileCopy.read(path, { bytes += $0 })) != nil
        else { return }
        var sum = ByteReader(Array(bytes.suffix(8)))
        guard (try? sum.readFixed()) == UInt64(Checksum.crc32c(bytes.dropLast(8))) else { return }
        var reader = ByteReader(bytes)
        guard let position = try? reader.readUInt64(),
            let names = try? reader.readList({ (AccountID(try $0.readString()), try $0.readString()) })
        else { return }
        self.position = position
        for (account, external) in names { externals[account] = external }
        savedCount = externals.count
    }

    /// Where accounts are new.
    mutating func save(_ folder: LakeFolder, _ slug: String) throws {
        guard externals.count != savedCount else { return }
        var writer = ByteWriter()
        writer.write(position)
        writer.write(list: externals.sorted { $0.key < $1.key }) {
            $0.write($1.key.text)
            $0.write($1.value)
        }
        writer.writeFixed(UInt64(Checksum.crc32c(writer.bytes)))
        try replaceFile(Self.path(folder, slug), with: writer.bytes, in: folder)
        savedCount = externals.count
    }
}
