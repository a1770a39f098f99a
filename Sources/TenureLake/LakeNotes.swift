import FoundationEssentials
package import TenureCore
import TenureSegments
import TenureStore

/// What is noted of a workspace beside its files.
package struct LakeNotes: Hashable, Sendable {
    /// Of this form; a higher one was written by a newer version.
    private static let format: Int64 = 1

    /// The last block whose facts are in the lake, or were; 0: none.
    package var position: UInt64 = 0
    /// Of that block, so that another log is recognised.
    package var digest = ""
    /// How many accounts had come up to it.
    package var accounts = 0
    /// Days before this one are removed and stay away.
    package var removedBefore: Day?
    /// People whose facts do not enter any more. Known by key alone.
    package var erased: Set<PersonKey> = []
    /// Those of them whose facts may still be in files.
    package var erasing: Set<PersonKey> = []

    private static let bytesMax = 64 << 20

    init() {}

    /// As nothing where there are none.
    init(_ folder: LakeFolder, _ slug: String) throws {
        let path = Self.path(folder, slug)
        guard FileManager.default.fileExists(atPath: path) else { return }
        var bytes: [UInt8] = []
        try FileCopy.read(path, bytes: Self.bytesMax) { bytes += $0 }
        guard case .success(let value) = JSONReader.read(bytes, limits: Self.limits), let object = value.object,
            let format = object["format"]?.int, let position = object["position"]?.int, position >= 0
        else { throw LakeRefusal.damaged(path: path) }
        guard format <= Self.format else { throw StorageFailure.newer(path: path) }
        self.position = UInt64(position)
        digest = object["digest"]?.string ?? ""
        accounts = Int(clamping: object["accounts"]?.int ?? 0)
        removedBefore = object["removed_before"]?.string.flatMap { Day(text: $0) }
        erased = Self.people(object["erased"])
        erasing = Self.people(object["erasing"])
    }

    private static var limits: JSONReader.Limits {
        var limits = JSONReader.Limits()
        limits.members = 1 << 20
        return limits
    }

    private static func path(_ folder: LakeFolder, _ slug: String) -> String { folder.notes + "/\(slug).json" }

    private static func people(_ list: JSON?) -> Set<PersonKey> {
        Set((list?.array ?? []).compactMap { $0.string.map { PersonKey($0) } })
    }

    private var document: JSON {
        func list(_ people: Set<PersonKey>) -> JSON { .array(people.sorted().map { .string($0.text) }) }
        return [
            "format": .int(Self.format), "position": .int(Int64(clamping: position)), "digest": .string(digest),
            "accounts": .int(Int64(accounts)),
            "removed_before": removedBefore.map { .string($0.text) } ?? .null, "erased": list(erased),
            "erasing": list(erasing),
        ]
    }

    func save(_ folder: LakeFolder, _ slug: String) throws {
        try replaceFile(Self.path(folder, slug), with: document.bytes + [0x0A], in: folder)
    }
}

/// Whole or not at all.
func replaceFile(_ path: String, with bytes: [UInt8], in folder: LakeFolder) throws {
    let unfinished = folder.unfinished + "/notes"
    try FileCopy.write(bytes, to: unfinished)
    try renameFile(unfinished, to: path)
    try syncDirectory(folder.notes)
}
