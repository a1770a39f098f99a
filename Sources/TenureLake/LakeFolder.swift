import FoundationEssentials
package import TenureCore
package import TenureSegments
import TenureStore

/// Where things lie in a lake: `workspace=acme/day=2026-11-21/…parquet` for readers, and what only the sealing needs in
/// `_tenure`, which readers of partitioned files pass over.
package struct LakeFolder: Sendable {
    package let path: String

    package init(_ path: String) { self.path = path }

    var notes: String { path + "/_tenure" }
    var unfinished: String { notes + "/unfinished" }
    func workspace(_ slug: String) -> String { path + "/workspace=" + slug }
    func day(_ slug: String, _ day: Day) -> String { workspace(slug) + "/day=" + day.text }

    /// The right to write in it: one process at a time. What an earlier one left unfinished is removed.
    package func lock(started: String) throws -> DirectoryLock {
        let lock = try DirectoryLock(directory: notes, started: started)
        try removeIfThere(unfinished)
        try makeDirectory(unfinished)
        return lock
    }

    /// Workspaces of which it holds anything, in order.
    package func slugs() -> [String] {
        names(path).compactMap { $0.hasPrefix("workspace=") ? String($0.dropFirst(10)) : nil }
    }

    /// Days of a workspace, in order.
    package func days(_ slug: String) -> [Day] {
        names(workspace(slug)).compactMap { $0.hasPrefix("day=") ? Day(text: String($0.dropFirst(4))) : nil }
    }

    /// In the order of the days, then of the log.
    package func parts(_ slug: String) -> [LakePart] {
        days(slug).flatMap { day in names(self.day(slug, day)).compactMap { LakePart(day: day, file: $0) } }
    }

    package func path(_ slug: String, _ part: LakePart) -> String { day(slug, part.day) + "/" + part.file }

    private func names(_ folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted { precedes($0, $1) }
    }
}

extension LakeFolder {
    /// Takes a day away, all of its files in one step.
    func remove(_ slug: String, _ day: Day) throws {
        let aside = unfinished + "/removed-\(slug)-\(day.text)"
        try removeIfThere(aside)
        try filing(aside) { try FileManager.default.moveItem(atPath: self.day(slug, day), toPath: aside) }
        try syncDirectory(workspace(slug))
        try removeIfThere(aside)
    }

    private func removeIfThere(_ item: String) throws {
        guard FileManager.default.fileExists(atPath: item) else { return }
        try filing(item) { try FileManager.default.removeItem(atPath: item) }
    }
}

/// Tells failures of file calls as those of storage.
func filing<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do { return try body() } catch let failure as StorageFailure { throw failure } catch {
        throw StorageFailure.failed(path: path, detail: "\(error)")
    }
}
