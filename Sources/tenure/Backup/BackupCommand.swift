import ArgumentParser
import Foundation
import TenureCore
import TenureRuntime
import TenureStore

struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy a data folder while its server goes on.",
        discussion: """
            tenure backup --data tenure-data --to /backups/tenure-$(date +%F)

            The copy holds everything that was acknowledged before it began, and secret.key: whoever reads it can read your \
            customers' data. It holds no keys to the API and no messages as files. `tenure verify` checks it, \
            `tenure restore` makes a data folder of it.
            """)

    @Option(help: "Folder that holds everything.")
    var data = "tenure-data"

    @Option(help: "New folder for the copy.")
    var to: String

    @Option(help: "Megabytes a second that are read at most, so that the server keeps the disk; 0: as fast as it goes.")
    var pace = 100

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        if !(0...100_000).contains(pace) { throw ValidationError("--pace takes 0 to 100000.") }
    }

    func run() throws {
        umask(0o077)
        // The server comes first.
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
        let folder = try UnfinishedFolder(target: to, remedy: "Give a new folder with --to, such as \(to)-2.")
        var backup = try BackupRun(
            DataFolder(data), into: folder.path, tool: Tenure.configuration.version, bytesPerSecond: pace * 1_000_000)
        do {
            try backup.run()
        } catch {
            try? FileManager.default.removeItem(atPath: folder.path)
            throw error
        }
        FaultPoint.backupNamed.reached()
        try folder.finish()
        endBar()
        print(json ? document(backup.manifest).text : text(backup.manifest))
    }

    private func text(_ manifest: Manifest) -> String {
        let head = "\(to): \(manifest.files.count) files, \(readableBytes(manifest.bytes)), taken at \(manifest.created.text)"
        let places = manifest.workspaces.map { "  \(padding($0.slug, 20)) up to block \($0.logEnd)" }
        return ([head] + places + ["Check it: tenure verify \(to)"]).joined(separator: "\n")
    }

    private func document(_ manifest: Manifest) -> JSON {
        [
            "backup": .string(to), "created": .string(manifest.created.text), "files": .int(Int64(manifest.files.count)),
            "bytes": .int(Int64(manifest.bytes)), "workspaces": .array(manifest.workspaces.map(\.document)),
        ]
    }
}
