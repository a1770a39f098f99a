import Foundation

/// Whether the folder is there, and everything in it is this user's to read and write.
struct FolderExamination {
    let folder: DataFolder

    private static let entriesMax = 100_000

    /// Whether there is anything to look at in it.
    var isReadable: Bool {
        isFolder(folder.path) && FileManager.default.isReadableFile(atPath: folder.path)
            && FileManager.default.isExecutableFile(atPath: folder.path)
    }

    var findings: [Finding] {
        guard FileManager.default.fileExists(atPath: folder.path) else { return [missing] }
        guard isFolder(folder.path) else {
            return [
                .problem("not-a-folder", "\(folder.path) is a file.", "Give the server's folder with --data.")
            ]
        }
        guard isReadable, FileManager.default.isWritableFile(atPath: folder.path) else {
            return [.problem(denied(folder.path))]
        }
        if let path = firstDenied { return [.problem(denied(path))] }
        return [openness ?? .ok("folder", "\(folder.path): all of it is \(user)'s to read and write")]
            + workspaces
    }

    private var missing: Finding {
        let parent = URL(filePath: folder.path).deletingLastPathComponent().path
        guard FileManager.default.isWritableFile(atPath: parent) else { return .problem(denied(parent)) }
        return .warning(
            "no-data", "There is no folder \(folder.path).",
            "Is it the right one? tenure serve --data \(folder.path) --workspace acme makes it.")
    }

    private var firstDenied: String? {
        paths.first { path in
            !FileManager.default.isReadableFile(atPath: path)
                || !FileManager.default.isWritableFile(atPath: path)
        }
    }

    private var paths: [String] {
        (FileManager.default.subpaths(atPath: folder.path) ?? []).prefix(Self.entriesMax).map {
            folder.path + "/" + $0
        }
    }

    /// Only what the server would make closed itself.
    private var openness: Finding? {
        let open = ([folder.path] + paths).first { path in
            let mode = (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions] as? Int
            return (mode ?? 0) & 0o077 != 0
        }
        return open.map {
            .warning(
                "open-to-others", "\($0) can be read by other users of this machine.",
                "chmod -R go= \(folder.path)")
        }
    }

    private func denied(_ path: String) -> Failure {
        let owner = (try? FileManager.default.attributesOfItem(atPath: path))?[.ownerAccountName] as? String
        return Failure(
            code: "no-permission",
            what: "\(path) is not \(user)'s to read and write"
                + (owner.map { "; it belongs to \($0)." } ?? "."),
            remedy: "Start as its owner, or give it to \(user): chown -R \(user) \(folder.path)")
    }

    private var user: String { NSUserName() }

    private var workspaces: [Finding] {
        let slugs = (try? folder.slugs()) ?? []
        guard !slugs.isEmpty else {
            return [
                .warning(
                    "no-workspace", "\(folder.path) holds no workspace yet.",
                    "A start leads to the first one: tenure serve --data \(folder.path)")
            ]
        }
        return [.ok("workspaces", slugs.joined(separator: ", "))]
    }
}
