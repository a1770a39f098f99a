import ArgumentParser
import TenureCore
import TenureRuntime
import TenureSegments
import TenureStore

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check a backup, or a data folder that no server uses, down to the last decision.",
        discussion: """
            Holds every file against the manifest, every block of the log against its checksum, has SQLite check its files, \
            and lives through the whole log again: what it concludes must be what is recorded, byte for byte. Nothing is \
            changed.
            """)

    @Argument(help: "A backup, or a data folder.")
    var folder: String

    @Flag(help: "Leave out living through the log again.")
    var quick = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        var report = Report(isSilent: json)
        if BackupFolder.holds(folder) {
            let backup = try BackupFolder(folder)
            backup.check(&report)
            if report.isWell { backup.checkWorkspaces(in: backup.folder, replays: !quick, &report) }
        } else {
            try checkData(&report)
        }
        endBar()
        print(json ? report.document(["folder": .string(folder)]).text : report.sum)
        if !report.isWell { throw ExitCode(1) }
    }

    private func checkData(_ report: inout Report) throws {
        let data = DataFolder(folder)
        let slugs = try data.requireWorkspaces()
        let lock: DirectoryLock
        do {
            lock = try DirectoryLock(directory: folder, started: wallClock().text)
        } catch StorageFailure.locked(_, let owner) {
            throw Failure(
                code: "data-in-use", what: "Another process owns \(folder) (\(owner)).",
                remedy: "Take a backup of it and check that: tenure backup --data \(folder) --to FOLDER")
        }
        for slug in slugs { WorkspaceCheck(folder: data, slug: slug, replays: !quick).run(&report) }
        withExtendedLifetime(lock) {}
    }
}
