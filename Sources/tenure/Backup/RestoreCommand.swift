import ArgumentParser
import Foundation
import TenureCore
import TenureRuntime
import TenureStore

struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Make a data folder of a backup.",
        discussion: """
            tenure restore /backups/tenure-2026-11-22 --data tenure-data

            The backup is checked first, the restored folder afterwards. A server on it takes facts in and concludes, but \
            sends nothing: what the original sent after the backup was taken would be sent again. `tenure resume-effects` \
            lets messages leave.
            """)

    @Argument(help: "Folder that tenure backup made.")
    var backup: String

    @Option(help: "New or empty folder.")
    var data: String

    @Flag(help: "Leave out living through the log again.")
    var quick = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        umask(0o077)
        let backup = try BackupFolder(backup)
        let folder = try UnfinishedFolder(
            target: data, remedy: "Nothing is restored over what is there. Give another folder with --data, or move it away.")
        var report = Report(isSilent: json)
        do {
            try RestoreRun(backup: backup, target: DataFolder(folder.path)).run(replays: !quick, &report)
            if report.isWell {
                FaultPoint.restoreNamed.reached()
                try folder.finish()
            } else {
                try FileManager.default.removeItem(atPath: folder.path)
            }
        } catch {
            try? FileManager.default.removeItem(atPath: folder.path)
            throw error
        }
        endBar()
        print(json ? report.document(["data": .string(data), "fenced": .bool(report.isWell)]).text : text(backup, report))
        if !report.isWell { throw ExitCode(1) }
    }

    private func text(_ backup: BackupFolder, _ report: Report) -> String {
        guard report.isWell else { return "Nothing was restored: \(report.sum)." }
        return """
            \(data) is as of \(backup.manifest.created.text). Nothing is sent from it until somebody says so:
              tenure serve --data \(data)
              tenure resume-effects --data \(data)
            """
    }
}
