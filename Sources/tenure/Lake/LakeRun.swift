import ArgumentParser
import Foundation
import TenureCore
import TenureLake
import TenureRuntime
import TenureSegments
import TenureStore

/// Seals workspaces into one lake, which nobody else writes in meanwhile.
struct LakeRun {
    private let data: DataFolder
    private let lake: LakeFolder
    private let secret: [UInt8]
    private let keepDays: Int?
    private let withToday: Bool
    private let lock: DirectoryLock

    /// Blocks of a day may reach the log a moment after midnight.
    private static let graceMilliseconds = 10 * Milliseconds.minute

    /// The first day of which more facts may come.
    static func endOfWholeDays(_ now: Instant) -> Day { (now + -graceMilliseconds).dayInUTC }

    static func checkKeepDays(_ days: Int, option: String) throws {
        guard (1...36_500).contains(days) else { throw ValidationError("\(option) takes 1 to 36500.") }
    }

    init(_ data: DataFolder, _ path: String, keepDays: Int? = nil, withToday: Bool = false) throws {
        self.data = data
        self.keepDays = keepDays
        self.withToday = withToday
        secret = try data.readSecret()
        lake = LakeFolder(path)
        do {
            lock = try lake.lock(started: wallClock().text)
        } catch StorageFailure.locked(_, let owner) {
            throw Failure(
                code: "lake-in-use", what: "Another process writes in \(path) (\(owner)).", remedy: "Wait for it.")
        }
    }

    /// What became of one workspace.
    struct Result {
        var slug: String
        var sealed: SealedParts
        var removed: [Day]
        var size: LakeSize
    }

    func seal(_ slug: String, progress: @escaping (WorkspaceLake.Progress) throws -> Void = { _ in }) throws -> Result {
        var workspace = try open(slug, progress: progress)
        let now = wallClock()
        let today = now.dayInUTC
        let sealed = try workspace.seal(before: withToday ? today + 1 : Self.endOfWholeDays(now))
        let removed = try keepDays.map { try workspace.remove(before: today + -Int32(clamping: $0)) } ?? []
        return Result(slug: slug, sealed: sealed, removed: removed, size: try LakeSize(lake, slug))
    }

    func erase(_ logins: [String], from slug: String) throws -> [LakePart] {
        var workspace = try open(slug)
        return try workspace.erase(Set(logins.map(workspace.key)))
    }

    private func open(
        _ slug: String, progress: @escaping (WorkspaceLake.Progress) throws -> Void = { _ in }
    ) throws -> WorkspaceLake {
        try data.requireFinished(slug)
        let keys = WorkspaceKeys(secret: secret, workspace: WorkspaceID(slug))
        do {
            return try WorkspaceLake(
                slug, in: lake, log: data.log(slug), key: { PersonKey(keys.member(user: $0)) }, progress: progress)
        } catch LakeRefusal.otherLog(_, let block) {
            throw Failure(
                code: "lake-of-another-log",
                what: "\(lake.path) holds facts of \(slug) up to block \(block), and its log has another block there: "
                    + "it was put back to an earlier state, or is another workspace's.",
                remedy: "Give a new folder with --to; the log has everything that this lake had.")
        } catch LakeRefusal.damaged(let path) {
            throw Failure(
                code: "lake-damaged", what: "\(path) is not as it was written.",
                remedy: "Make the lake anew in another folder: tenure lake seal --to FOLDER")
        }
    }
}

extension LakeRun.Result {
    var text: String {
        let wrote =
            sealed.parts.isEmpty
            ? "nothing new"
            : "\(sealed.rows) facts of \(Set(sealed.parts.map(\.day)).count) days in \(sealed.parts.count) files"
        let gone = removed.isEmpty ? "" : "; \(removed.count) days removed"
        return padding(slug, 20) + wrote + gone + "\n" + padding("", 20) + "holds " + size.text
    }

    var document: JSON {
        .object(
            JSONObject(
                [
                    .init("workspace", .string(slug)), .init("sealed_files", .int(Int64(sealed.parts.count))),
                    .init("sealed_facts", .int(Int64(sealed.rows))),
                    .init("removed_days", .array(removed.map { .string($0.text) })),
                ] + size.members))
    }
}

extension LakeSize {
    var text: String {
        guard let first = days.first, let last = days.last else { return "no facts" }
        return "\(rows) facts of \(days.count) days, \(first.text) to \(last.text), in \(files) files, "
            + "\(readableBytes(bytes)), \(tenths) bytes a fact"
    }

    private var tenths: String {
        let tenths = Int((bytesPerRow * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    var members: [JSONObject.Member] {
        [
            .init("files", .int(Int64(files))), .init("facts", .int(Int64(rows))), .init("bytes", .int(Int64(bytes))),
            .init("bytes_per_fact", .double(bytesPerRow)),
            .init("days", .array(days.map { .string($0.text) })),
            .init("damaged", .array(damaged.map { .string($0) })),
        ]
    }
}
