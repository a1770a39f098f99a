import Foundation
import TenureRuntime
import TenureSegments
import TenureStore

/// Where things lie in a data folder, and in a backup of one.
struct DataFolder {
    let path: String

    init(_ path: String) { self.path = path }

    var secret: String { path + "/secret.key" }
    var lock: String { path + "/lock" }
    var workspaces: String { path + "/workspaces" }
    /// Programmes of one's own that new workspaces may run, a folder each.
    var programmes: String { path + "/programmes" }
    /// Uploaded files until they are taken in.
    var imports: String { path + "/imports" }
    /// Workspaces on their way out: nothing opens them, and what is left here by a crash goes with the next start.
    var discarded: String { path + "/discarded" }
    /// Facts as Parquet files, where no other folder is given for them.
    var lake: String { path + "/lake" }
    func workspace(_ slug: String) -> String { workspaces + "/" + slug }
    func store(_ slug: String) -> String { workspace(slug) + "/store.sqlite" }
    func log(_ slug: String) -> String { workspace(slug) + "/log" }

    /// Workspaces with a store, in order.
    func slugs() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: workspaces).sorted()
            .filter { FileManager.default.fileExists(atPath: store($0)) }
    }

    /// Takes a closed workspace away with all its data. In one step it is no workspace any more, whatever happens then.
    func discard(_ slug: String) throws {
        let target = discarded + "/" + slug
        do {
            try FileManager.default.createDirectory(atPath: discarded, withIntermediateDirectories: true)
            if FileManager.default.fileExists(atPath: target) { try FileManager.default.removeItem(atPath: target) }
            try FileManager.default.moveItem(atPath: workspace(slug), toPath: target)
            try syncDirectory(workspaces)
            try finishDiscarding()
        } catch let error as CocoaError {
            throw Failure(
                code: "cannot-remove", what: "\(workspace(slug)) cannot be removed: \(error.localizedDescription)",
                remedy: "Check permissions, and remove the folder yourself while no server runs.")
        }
    }

    func finishDiscarding() throws {
        guard FileManager.default.fileExists(atPath: discarded) else { return }
        try FileManager.default.removeItem(atPath: discarded)
    }

    func requireWorkspaces() throws -> [String] {
        guard let slugs = try? slugs(), !slugs.isEmpty else {
            throw Failure(
                code: "no-data", what: "\(path) holds no workspace.",
                remedy: "Give the server's folder with --data.")
        }
        return slugs
    }

    /// A demo's workspace whose year is being made is thrown away when it is not finished.
    func isUnfinished(_ slug: String) -> Bool { FileManager.default.fileExists(atPath: workspace(slug) + "/unfinished") }

    func requireFinished(_ slug: String) throws {
        guard isUnfinished(slug) else { return }
        throw Failure(
            code: "workspace-unfinished", what: "The year of \(slug) is still being made.",
            remedy: "Wait until the server says that it is ready.")
    }

    func readSecret() throws -> [UInt8] {
        var bytes: [UInt8] = []
        try FileCopy.read(secret, bytes: 4096) { bytes += $0 }
        return try checked(bytes)
    }

    /// The secret's bytes, where they are enough.
    func checked(_ bytes: [UInt8]) throws -> [UInt8] {
        guard bytes.count >= 32 else {
            throw Failure(
                code: "bad-secret", what: "\(secret) is shorter than 32 bytes.",
                remedy: "Restore it from a backup: every id in this directory was made with it.")
        }
        return bytes
    }
}

/// Whether a folder is there, or a link to one.
func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
}

/// What is said in more than one place of a folder that cannot be served as it is.
extension Failure {
    static func dataInUse(_ directory: String, owner: String) -> Failure {
        Failure(
            code: "data-in-use", what: "Another process owns \(directory) (\(owner)).",
            remedy: "Stop it, or give another folder with --data.")
    }

    static func storeAheadOfLog(_ slug: String, committed: UInt64, end: UInt64, folder: String) -> Failure {
        Failure(
            code: "store-ahead-of-log",
            what:
                "The store of \(slug) has processed block \(committed), but its log ends with block \(end): "
                + "they are not of the same moment.",
            remedy: "Put the whole folder \(folder) back from one backup, store.sqlite and log together.")
    }

    static func replayDiffers(_ divergence: Divergence, in slug: String) -> Failure {
        Failure(
            code: "replay-differs",
            what:
                "\(slug): at block \(divergence.position) the facts come to other decisions than are recorded"
                + " (account \(divergence.account)).",
            remedy: "Use the version of tenure that wrote them; if it was this one, something was changed by hand.")
    }

    static func secretMissing(_ path: String) -> Failure {
        Failure(
            code: "bad-secret", what: "\(path) is missing, and the workspaces beside it were made with it.",
            remedy: "Restore it from a backup: with another one no account is found by its name again.")
    }

    static func unreadable(_ version: UnreadableVersion, of slug: String) -> Failure {
        Failure(
            code: "programme-unreadable",
            what: "Version \(version.number) of the programme of \(slug) cannot be read by this binary:\n"
                + version.mistakes,
            remedy: "Start the binary that published it, mend the programme, and publish it there first.")
    }
}
