import Foundation
import TenureCore
import TenureRuntime
import TenureSegments
import TenureStore

/// A backup as it lies there, held against what it says of itself.
struct BackupFolder {
    let folder: DataFolder
    let manifest: Manifest

    init(_ path: String) throws {
        folder = DataFolder(path)
        guard !path.hasSuffix(UnfinishedFolder.suffix) else {
            throw Failure(
                code: "backup-unfinished", what: "\(path) was not finished.",
                remedy: "Take another backup; the next one of that name removes it.")
        }
        let text = try Self.manifest(path)
        do {
            manifest = try Manifest(text: text)
        } catch .damaged {
            throw Failure(
                code: "backup-corrupt", what: "\(path)/\(Manifest.fileName) is damaged.",
                remedy: "Use another backup; what this one held cannot be told.")
        } catch .tooNew(let tool) {
            throw Failure(
                code: "backup-too-new", what: "\(path) was made by tenure \(tool), in a form that this one does not know.",
                remedy: "Use that version, or a later one.")
        }
    }

    static func holds(_ path: String) -> Bool {
        path.hasSuffix(UnfinishedFolder.suffix) || FileManager.default.fileExists(atPath: path + "/" + Manifest.fileName)
    }

    private static let manifestBytesMax = 64 << 20

    private static func manifest(_ path: String) throws -> [UInt8] {
        guard FileManager.default.fileExists(atPath: path + "/" + Manifest.fileName) else {
            throw Failure(
                code: "not-a-backup", what: "\(path) holds no \(Manifest.fileName).",
                remedy: "Give a folder that tenure backup made.")
        }
        var text: [UInt8] = []
        try FileCopy.read(path + "/" + Manifest.fileName, bytes: manifestBytesMax) { text += $0 }
        return text
    }

    /// Every file of the manifest, byte for byte, and no other.
    func check(_ report: inout Report) {
        let progress = CopyProgress("Checking files", total: manifest.bytes, bytesPerSecond: 0)
        let changed = manifest.files.filter { !isAsTold($0, progress) }.map { "\($0.path) is not as it was taken" }
        let told = Set(manifest.files.map(\.path) + [Manifest.fileName])
        let strange = files().filter { !told.contains($0) }.map { "\($0) is not in the manifest" }
        for mistake in changed + strange {
            report.add(.problem("backup-corrupt", mistake + ".", "Use another backup, or another copy of this one."))
        }
        guard (changed + strange).isEmpty else { return }
        report.add(
            .ok(
                "files", "\(manifest.files.count) files, \(readableBytes(manifest.bytes)), as taken at "
                    + "\(manifest.created.text) by tenure \(manifest.tool)"))
    }

    private func isAsTold(_ file: Manifest.File, _ progress: CopyProgress) -> Bool {
        var digest = FileDigest()
        var bytes = 0
        do {
            try FileCopy.read(folder.path + "/" + file.path) { part in
                digest.take(part)
                bytes += part.count
                progress.take(part.count)
            }
        } catch { return false }
        return bytes == file.bytes && digest.text == file.digest
    }

    private func files() -> [String] {
        (FileManager.default.subpaths(atPath: folder.path) ?? []).sorted().filter { !isFolder(folder.path + "/" + $0) }
    }

    /// Each workspace of the manifest, as it lies in `folder`: in the backup, or in what was made of it.
    func checkWorkspaces(in folder: DataFolder, replays: Bool, _ report: inout Report) {
        for place in manifest.workspaces {
            WorkspaceCheck(folder: folder, slug: place.slug, place: place, replays: replays).run(&report)
        }
    }
}
