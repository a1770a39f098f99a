import Foundation
import TenureRuntime
import TenureSQLite
import TenureSegments
import TenureStore

/// Makes a data folder of a backup, behind the fence of effects.
struct RestoreRun {
    let backup: BackupFolder
    let target: DataFolder

    /// Stops where something is found: nothing is made of a backup that is not as it was taken.
    func run(replays: Bool, _ report: inout Report) throws {
        backup.check(&report)
        guard report.isWell else { return }
        let progress = CopyProgress("Restoring", total: backup.manifest.bytes, bytesPerSecond: 0)
        for file in backup.manifest.files { try copy(file, progress) }
        for place in backup.manifest.workspaces { try fence(place.slug) }
        backup.checkWorkspaces(in: target, replays: replays, &report)
        guard report.isWell else { return }
        report.add(.ok("effects-fenced", "nothing is sent until tenure resume-effects says what becomes of waiting messages"))
    }

    private func copy(_ file: Manifest.File, _ progress: CopyProgress) throws {
        let path = target.path + "/" + file.path
        try FileManager.default.createDirectory(
            at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
        var digest = FileDigest()
        try FileCopy.copy(backup.folder.path + "/" + file.path, to: path) { part in
            digest.take(part)
            progress.take(part.count)
        }
        guard digest.text == file.digest else {
            throw StorageFailure.corrupt(path: file.path, detail: "it changed while it was being restored")
        }
    }

    private func fence(_ slug: String) throws {
        let store = try SQLiteStore(path: target.store(slug))
        try EffectsFence(backedUp: backup.manifest.created, restored: wallClock()).raise(in: store)
        try store.close()
    }
}
