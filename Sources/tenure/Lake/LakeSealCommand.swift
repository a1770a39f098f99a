import ArgumentParser
import Foundation
import TenureCore
import TenureLake

struct LakeSealCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seal",
        abstract: "Write the facts of each day that is over, with or without a server on the data folder.",
        discussion: """
            tenure lake seal --to lake --keep-days 760

            Run it once a day. What is in the lake stays as it is; a run that was stopped is gone on with by the next.
            """)

    @OptionGroup var options: LakeOptions

    @Option(help: "Remove days from the lake that are older than so many. They do not come back; the log keeps them.")
    var keepDays: Int?

    @Flag(help: "Write what there is of today as well; what comes later goes to further files.")
    var withToday = false

    func validate() throws {
        if let keepDays { try LakeRun.checkKeepDays(keepDays, option: "--keep-days") }
    }

    func run() throws {
        umask(0o077)
        // The server comes first.
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
        let run = try LakeRun(options.folder, options.lake, keepDays: keepDays, withToday: withToday)
        let results = try options.slugs().map { slug in
            try run.seal(slug) {
                bar("\(slug): \($0.day.text)", Double($0.position) / Double(max(1, $0.end)))
            }
        }
        endBar()
        let document: JSON = ["lake": .string(options.lake), "workspaces": .array(results.map(\.document))]
        print(options.json ? document.text : results.map(\.text).joined(separator: "\n"))
    }
}
