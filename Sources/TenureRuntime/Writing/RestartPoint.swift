import TenureCore
import TenureEngine
import TenureStore

/// What a start needs of the log up to a position, so that it reads on from there: what all accounts share, which are
/// parts of others, and the ids that were seen. The accounts themselves are in their checkpoints.
struct RestartPoint: Hashable, Sendable {
    /// Under which the store knows the point in force, by its position.
    static let setting = "restart"
    /// 1 knew of no merges, 2 not when they were undone.
    private static let format: UInt64 = 3

    var position: UInt64
    /// Of the block there: another log has another one.
    var now: Instant
    var workspace: WorkspaceState
    var ids: EventIndex.Kept
    var merges: Merges

    var name: String { Self.name(position) }
    static func name(_ position: UInt64) -> String { "\(position).restart" }
    /// The files that it consists of.
    var files: Set<String> { Set(ids.runs.map(\.name)).union([name]) }
}

extension RestartPoint {
    var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.writeFixed(Self.format)
        writer.write(position)
        writer.write(now)
        writer.write(bytes: workspace.bytes)
        writer.write(Int(ids.newest))
        writer.write(list: ids.runs) {
            $0.write($1.name)
            $0.write(Int($1.newest))
        }
        writer.write(list: ids.recent) { $0.write($1) }
        writer.write(merges)
        writer.writeFixed(UInt64(Checksum.crc32c(writer.bytes)))
        return writer.bytes
    }

    /// nil for anything but what `bytes` gave.
    init?(bytes: [UInt8]) {
        var checksum = ByteReader(Array(bytes.suffix(8)))
        guard (try? checksum.readFixed()) == UInt64(Checksum.crc32c(bytes.dropLast(8))) else { return nil }
        var reader = ByteReader(bytes)
        guard (try? reader.readFixed()) == Self.format, let point = try? Self(&reader) else { return nil }
        self = point
    }

    private init(_ reader: inout ByteReader) throws {
        position = try reader.readUInt64()
        now = try reader.readInstant()
        workspace = try WorkspaceState(bytes: try reader.readBytes())
        ids = EventIndex.Kept(
            newest: Int32(clamping: try reader.readInt()),
            runs: try reader.readList { .init(name: try $0.readString(), newest: Int32(clamping: try $0.readInt())) },
            recent: try reader.readList { try $0.readEventRecord() })
        merges = try reader.readMerges()
    }
}

/// When points are made, and which of them waits for accounts that it is ahead of.
struct RestartKeeper: Sendable {
    /// Written, and in force once every account behind it is saved.
    private(set) var waiting: RestartPoint.Written?
    private var newest = RestartPoint.Written()

    /// Of the point in force; 0: there is none.
    var position: UInt64 { newest.position }
    var files: Set<String> { newest.files }

    /// - Parameter runs: files of ids that left memory.
    func isDue(at position: UInt64, every blocks: UInt64, runs: [String]) -> Bool {
        guard waiting == nil, position > newest.position else { return false }
        return position - newest.position >= blocks || !newest.files.isSuperset(of: runs)
    }

    mutating func wait(for point: RestartPoint) { waiting = RestartPoint.Written(point) }

    /// The store has it.
    mutating func takeEffect(_ point: RestartPoint.Written) {
        newest = point
        waiting = nil
    }
}

extension RestartPoint {
    /// What must stay of a point for the next start.
    struct Written: Hashable, Sendable {
        var position: UInt64 = 0
        var files: Set<String> = []

        init() {}

        init(_ point: RestartPoint) { (position, files) = (point.position, point.files) }
    }
}
