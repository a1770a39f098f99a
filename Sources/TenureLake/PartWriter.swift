import Parquet
import TenureCompression
import TenureCore
import TenureSegments
import TenureStore

/// Writes one file of the lake. It has no name that readers look at until it is whole and flushed.
final class PartWriter {
    private let folder: LakeFolder
    private let slug: String
    let day: Day
    private var span: ClosedRange<UInt64>?
    private var digest = ""
    private let path: String
    private let file: LakeFileSink
    private var writer: ParquetWriter

    /// Slow to write and quick to read: a file is written once.
    private static let level: Int32 = 9

    private static let limits = Rig.lakeRows.map { ParquetWriter.GroupLimits(rows: $0) } ?? ParquetWriter.GroupLimits()

    var rows: Int { writer.rows }

    /// - Parameter part: written anew under its name; nil: named by the blocks that are added.
    init(_ folder: LakeFolder, _ slug: String, _ day: Day, anew part: LakePart? = nil) throws {
        self.folder = folder
        self.slug = slug
        self.day = day
        span = part.map { $0.first...$0.last }
        path = try Self.path(folder, slug, day)
        file = try LakeFileSink(path)
        writer = try ParquetWriter(
            LakeColumns.all, sorted: LakeColumns.sorting, limits: Self.limits,
            compressor: Compressor(level: Self.level)
        ) { [file] in try file.write($0) }
    }

    private static func path(_ folder: LakeFolder, _ slug: String, _ day: Day) throws -> String {
        #if DEBUG
            if PlantedBug.lakeUnderItsName.isChosen {
                for place in [folder.workspace(slug), folder.day(slug, day)] { try makeDirectory(place) }
                return folder.path(slug, LakePart(day: day, first: 1, last: 1))
            }
        #endif
        return folder.unfinished + "/\(slug)-\(day.text)"
    }

    /// - Parameter erased: people whose facts are left out.
    func add(_ block: LogBlock, _ names: AccountNames, without erased: People) throws {
        for fact in block.facts where fact.isForLake && !erased.have(fact) {
            try writer.append(
                LakeColumns.row(fact, account: fact.account.flatMap { names[$0] }, block: block.position))
        }
        span = (span?.lowerBound ?? block.position)...max(span?.upperBound ?? 0, block.position)
        digest = block.digest
    }

    /// The part and the digest of its last block.
    func finish() throws -> (part: LakePart, digest: String)? {
        guard let span else { return nil }
        let part = LakePart(day: day, first: span.lowerBound, last: span.upperBound)
        try writer.finish(metadata: [
            ("tenure.workspace", slug), ("tenure.day", day.text), (Self.digestName, digest),
        ])
        try file.sync()
        FaultPoint.lakeFlushed.reached()
        for place in [folder.workspace(slug), folder.day(slug, day)] { try makeDirectory(place) }
        try renameFile(path, to: folder.path(slug, part))
        try syncDirectory(folder.day(slug, day))
        FaultPoint.lakeNamed.reached()
        return (part, digest)
    }

    static let digestName = "tenure.last-block"
}

/// The file, written from its beginning on.
private final class LakeFileSink {
    private let file: OpenFile
    private var offset = 0

    init(_ path: String) throws { file = try OpenFile(path, .create, calls: .ordinary) }

    func write(_ bytes: [UInt8]) throws {
        try file.write(bytes, at: offset)
        offset += bytes.count
        FaultPoint.lakeInside.reached()
    }

    func sync() throws { try file.sync() }
}

extension LogBlock {
    /// Tells it from a block of the same position in another log.
    var digest: String {
        var writer = ByteWriter()
        writer.write(self)
        return String(hash64(writer.bytes), radix: 16)
    }
}
