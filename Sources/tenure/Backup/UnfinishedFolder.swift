import Foundation
import TenureCore
import TenureSegments
import TenureStore

/// A folder that has another name until it is whole, so that a crash leaves nothing behind that looks like one.
struct UnfinishedFolder {
    static let suffix = ".unfinished"

    let target: String
    var path: String { target + Self.suffix }
    private let lock: DirectoryLock

    /// Begins it anew: what an earlier try left is removed, unless that still goes on.
    init(target: String, remedy: String) throws {
        self.target = target
        guard Self.isFree(target) else {
            throw Failure(code: "folder-exists", what: "\(target) exists and is not empty.", remedy: remedy)
        }
        do {
            lock = try DirectoryLock(directory: target + Self.suffix, started: wallClock().text)
        } catch StorageFailure.locked(_, let owner) {
            throw Failure.dataInUse(target + Self.suffix, owner: owner)
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: path) where name != "lock" {
            try FileManager.default.removeItem(atPath: path + "/" + name)
        }
    }

    private static func isFree(_ path: String) -> Bool {
        guard FileManager.default.fileExists(atPath: path) else { return true }
        return (try? FileManager.default.contentsOfDirectory(atPath: path).isEmpty) ?? false
    }

    /// Gives it its name, once every file in it is flushed.
    func finish() throws {
        try FileManager.default.removeItem(atPath: path + "/lock")
        for name in FileManager.default.subpaths(atPath: path) ?? [] where isFolder(path + "/" + name) {
            try syncDirectory(path + "/" + name)
        }
        try syncDirectory(path)
        guard unsafe rename(path, target) == 0 else {
            throw Failure(
                code: "cannot-write", what: "\(path) cannot be named \(target) (system error \(errno)).",
                remedy: "It is whole. Is \(target) a mount point? Give a folder below it instead.")
        }
        try syncDirectory(URL(filePath: target).deletingLastPathComponent().path)
    }
}
