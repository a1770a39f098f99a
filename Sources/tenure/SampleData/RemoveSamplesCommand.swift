import ArgumentParser
import Foundation
import TenureCore
import TenureRuntime
import TenureSQLite
import TenureSegments
import TenureStore

struct RemoveSamplesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove-samples",
        abstract: "Remove the demo's workspaces, with all their data, for good.",
        discussion: """
            Names what goes and asks; --yes answers. Workspaces of your own stay. The server must not be running on the same \
            data: it offers the same to the owner, under Settings.
            """)

    @Option(help: "Folder that holds everything (TENURE_DATA).")
    var data: String?

    @Flag(help: "Remove them without asking.")
    var yes = false

    func run() async throws {
        let directory = data ?? ServerOptions.environment["TENURE_DATA"] ?? "tenure-data"
        let folder = DataFolder(directory)
        let slugs = try folder.requireWorkspaces()
        let lock = try taken(directory)
        let samples = try slugs.compactMap { try Self.sample($0, folder) }
        guard !samples.isEmpty else {
            throw Failure(
                code: "no-samples", what: "\(directory) holds no sample data.",
                remedy: "What is there is your own: nothing was removed.")
        }
        for sample in samples {
            print(padding(sample.slug, 16) + "\(sample.accounts) accounts, simulated; \(folder.workspace(sample.slug))")
        }
        guard try yes || isAnswered("Remove them for good? Type yes:") else {
            print("Nothing was removed.")
            return
        }
        for sample in samples { try folder.discard(sample.slug) }
        try Announcement.dropKeys(of: Set(samples.map(\.slug)), in: directory)
        print(samples.count == 1 ? "It is gone." : "All \(samples.count) are gone.")
        withExtendedLifetime(lock) {}
    }

    private func taken(_ directory: String) throws -> DirectoryLock {
        do {
            return try DirectoryLock(directory: directory, started: wallClock().text)
        } catch StorageFailure.locked(_, let owner) {
            throw Failure.dataInUse(directory, owner: owner)
        }
    }

    /// nil: its customers are real ones.
    private static func sample(_ slug: String, _ folder: DataFolder) throws -> (slug: String, accounts: Int)? {
        let store = try SQLiteStore(path: folder.store(slug))
        guard try SampleData.isIn(store) else {
            try store.close()
            return nil
        }
        var accounts = 0
        try store.checkpoints { _ in accounts += 1 }
        try store.close()
        return (slug, accounts)
    }

    private func isAnswered(_ question: String) throws -> Bool {
        guard isatty(STDIN_FILENO) != 0 else {
            throw Failure(
                code: "answers-missing", what: "Nobody said that they may go, and there is no terminal to ask on.",
                remedy: "Give --yes.")
        }
        FileHandle.standardOutput.write(Data((question + " ").utf8))
        return readLine() == "yes"
    }
}
