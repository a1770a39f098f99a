import Foundation
import TenureCore
import TenureRuntime
import TenureSQLite
import TenureSegments
import TenureStore

/// Copies a data folder, workspace by workspace, while its server goes on.
///
/// Of each workspace the store is copied as of one moment, and of the log as much as belongs to that moment: every block
/// that the store has processed, and every one that was acknowledged before the copy began. No later ones, since the
/// contacts that they mention are not in the copied store.
struct BackupRun {
    private let source: DataFolder
    private let target: DataFolder
    private let slugs: [String]
    private let progress: CopyProgress
    private(set) var manifest: Manifest

    init(_ source: DataFolder, into target: String, tool: String, bytesPerSecond: Int) throws {
        self.source = source
        self.target = DataFolder(target)
        slugs = try source.requireWorkspaces()
        manifest = Manifest(tool: tool, created: wallClock())
        progress = CopyProgress(
            "Copying", total: Self.size(of: source, slugs), bytesPerSecond: bytesPerSecond)
    }

    /// Leaves everything in the target, the manifest last.
    mutating func run() throws {
        for slug in slugs { try source.requireFinished(slug) }
        try copy("secret.key")
        for slug in slugs {
            manifest.workspaces.append(try copyWorkspace(slug))
            FaultPoint.backupWorkspaceCopied.reached()
        }
        try write(manifest)
    }

    private mutating func copyWorkspace(_ slug: String) throws -> Manifest.Place {
        try FileManager.default.createDirectory(atPath: target.log(slug), withIntermediateDirectories: true)
        let acknowledged = try ArchivedLog(directory: source.log(slug), depth: .indexes).end
        #if DEBUG
            if PlantedBug.logBeforeStore.isChosen {
                try copyLog(slug, upTo: acknowledged)
                return try place(slug, try copyStore(slug), acknowledged)
            }
        #endif
        let position = try copyStore(slug)
        FaultPoint.backupStoreCopied.reached()
        let end = max(acknowledged, position)
        try copyLog(slug, upTo: end)
        return try place(slug, position, end)
    }

    private mutating func copyStore(_ slug: String) throws -> UInt64 {
        let store = try SQLiteStore(reading: source.store(slug), isStill: false)
        var done = 0
        let position = try store.copy(to: target.store(slug)) { now, _ in
            progress.take(now - done)
            done = now
        }
        try store.close()
        try note("workspaces/\(slug)/store.sqlite")
        return position
    }

    /// Every block is held against its checksum first: what is damaged is not handed on as a backup.
    private mutating func copyLog(_ slug: String, upTo end: UInt64) throws {
        let log = try ArchivedLog(directory: source.log(slug), depth: .blocks) { progress.take($0) }
        guard log.end >= end else {
            throw Failure.storeAheadOfLog(slug, committed: end, end: log.end, folder: source.workspace(slug))
        }
        for part in try log.parts(upTo: end) {
            try copy("workspaces/\(slug)/log/\(part.name)", bytes: part.bytes)
        }
    }

    private func place(_ slug: String, _ position: UInt64, _ end: UInt64) throws -> Manifest.Place {
        let copy = try SQLiteStore(reading: target.store(slug), isStill: true)
        if let damage = try copy.damage().first {
            throw StorageFailure.corrupt(path: source.store(slug), detail: damage)
        }
        let digest = try copy.isCurrent() ? try copy.decisionsDigest() : ""
        try copy.close()
        return Manifest.Place(slug: slug, position: position, logEnd: end, digest: digest)
    }
}

// MARK: - Files

extension BackupRun {
    private mutating func copy(_ path: String, bytes: Int = .max) throws {
        var file = Manifest.File(path: path, bytes: 0, digest: "")
        var digest = FileDigest()
        try FileCopy.copy(source.path + "/" + path, to: target.path + "/" + path, bytes: bytes) { part in
            digest.take(part)
            file.bytes += part.count
            progress.take(part.count)
        }
        file.digest = digest.text
        manifest.files.append(file)
    }

    /// Takes a file into the manifest that is in the target already.
    private mutating func note(_ path: String) throws {
        var file = Manifest.File(path: path, bytes: 0, digest: "")
        var digest = FileDigest()
        try FileCopy.read(target.path + "/" + path) { part in
            digest.take(part)
            file.bytes += part.count
        }
        file.digest = digest.text
        manifest.files.append(file)
    }

    private func write(_ manifest: Manifest) throws {
        try FileCopy.write(manifest.text, to: target.path + "/" + Manifest.fileName)
    }

    /// Of the log twice: it is checked, then copied.
    private static func size(of source: DataFolder, _ slugs: [String]) -> Int {
        slugs.reduce(0) { sum, slug in
            let names = (try? FileManager.default.contentsOfDirectory(atPath: source.log(slug))) ?? []
            let log = names.reduce(0) { $0 + bytes(source.log(slug) + "/" + $1) }
            return sum + bytes(source.store(slug)) + 2 * log
        }
    }

    private static func bytes(_ path: String) -> Int {
        ((try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int) ?? 0
    }
}
