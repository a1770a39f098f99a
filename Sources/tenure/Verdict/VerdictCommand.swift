import ArgumentParser
import Foundation
import TenureAuthoring
import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

struct VerdictCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verdict",
        abstract:
            "Whom a programme would have flagged in your own past, whom it would have missed, and at what work.",
        discussion: """
            Reads accounts.csv, events.csv, churn.csv and, if they are there, contacts.csv and contracts.csv from a folder, \
            and lives through their days again with what was known on each. Nothing is stored and nobody is written to.
            """)

    @Argument(help: "Folder with the files.")
    var folder: String?

    @Option(help: "Write example files with every column into this folder, and stop.")
    var template: String?

    @Option(help: "An embedded programme's name, or a folder.")
    var programme = "starter"

    @Option(
        help: "First day of the watch; default: eight weeks after the first event, when all windows are full."
    )
    var from: String?

    @Option(help: "Last day of the watch; default: the last day on which an event was recorded.")
    var to: String?

    @Option(help: "An alert is right when a notice follows within so many days.")
    var horizon = 90

    @Option(help: "A lost account is flagged in time when an alert stood so many days before its notice.")
    var lead = 60

    @Option(help: "An alert that opens fewer days before the notice comes too late.")
    var tooLate = 7

    @Option(help: "An alert that opens again within so many days is the same one.")
    var coolDown = 14

    @Option(
        help:
            "Count this signal, or band:ID; may be repeated. Default: signals of high and critical severity.")
    var alert: [String] = []

    @Option(
        help: "How much later rows without recorded_at were known, as events=1d or crm=3d; may be repeated.")
    var delay: [String] = []

    @Option(
        help: "Column of accounts.csv that names who answers alerts; default: the programme's first role.")
    var owner: String?

    @Flag(help: "Read the files, say what is missing in them, and stop.")
    var filesOnly = false

    @Flag(help: "Leave bad rows out instead of stopping at them.")
    var skipMistakes = false

    @Option(help: "Write every bad row to this file.")
    var report: String?

    @Option(help: "Write the verdict as a page to look at.")
    var html: String?

    @Flag(help: "Print the verdict as JSON.")
    var json = false

    func validate() throws {
        guard folder != nil || template != nil else {
            throw ValidationError(
                "Name the folder with your files, or write example files with --template FOLDER.")
        }
        guard (1...3660).contains(horizon), (0..<horizon).contains(lead), (0...lead).contains(tooLate),
            (0...366).contains(coolDown)
        else {
            throw ValidationError(
                "--too-late must not exceed --lead, --lead must be less than --horizon; --cool-down takes 0 to 366."
            )
        }
        for text in [from, to].compactMap({ $0 }) where Day(text: text) == nil {
            throw ValidationError("“\(text)” is no day; write it as 2026-03-09.")
        }
    }

    func run() throws {
        if let template { return try VerdictTemplate.write(into: template) }
        guard let folder else { return }
        let programmes = try compiledProgrammes(programme)
        guard let first = programmes.first else { return }
        let files = try PastFiles(folder, first, try Delays(delay))
        try stopAtMistakes(files)
        let rules = try rules(of: first.programme, files.content)
        let (terms, firstDay) = try terms(files)
        var run = VerdictRun(files, rules: rules, terms, firstDay: firstDay)
        run.programmeDigest = try programmeFolder(programme).files
            .reduce(0) { mixed(mixed($0, hash64($1.path)), hash64($1.text)) }
        if !filesOnly {
            try run.replay(on: programmes, owner: owner ?? first.programme.roles.first { !$0.isTeamWide }?.id)
        }
        try print(run)
    }

    private func print(_ run: VerdictRun) throws {
        if let html, run.verdict != nil {
            try VerdictPage(run).text.write(toFile: html, atomically: true, encoding: .utf8)
        }
        Swift.print(json ? VerdictJSON(run).document.text : VerdictText(run).text)
        if let html, !json { Swift.print("\nThe same as a page: \(html)") }
    }

    private func stopAtMistakes(_ files: PastFiles) throws {
        guard !files.mistakes.isEmpty else { return }
        if let report {
            try files.mistakes.text(all: true, reportedTo: nil).write(
                toFile: report, atomically: true, encoding: .utf8)
        }
        guard !skipMistakes else { return }
        let text =
            files.mistakes.text(all: false, reportedTo: report)
            + "\n\(files.mistakes.count) bad rows. Mend them, or leave them out with --skip-mistakes.\n"
        FileHandle.standardError.write(Data(text.utf8))
        throw ExitCode(3)
    }

    private func terms(_ files: PastFiles) throws -> (VerdictTerms, firstDay: Day) {
        guard let days = files.eventDays else {
            throw Failure(
                code: "no-events", what: "events.csv holds no event.",
                remedy: "A past without events cannot be lived through again.")
        }
        let start = from.flatMap { Day(text: $0) } ?? days.lowerBound + VerdictTerms.warmUpDays
        let end = to.flatMap { Day(text: $0) } ?? days.upperBound
        guard start <= end, end - start < 3660, start >= days.lowerBound else {
            throw Failure(
                code: "no-days-to-watch",
                what:
                    "There is nothing to watch from \(start.text) to \(end.text); events were recorded from \(days.lowerBound.text) to \(days.upperBound.text).",
                remedy: "Bring more months of events, or set --from and --to.")
        }
        return (
            VerdictTerms(
                watch: start...end, horizon: Int32(horizon), lead: Int32(lead), tooLate: Int32(tooLate),
                coolDown: Int32(coolDown)), days.lowerBound
        )
    }
}
