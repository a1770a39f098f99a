import ArgumentParser
import TenureAuthoring
import TenureCore
import TenureRuntime
import TenureWeb

struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "What would change if a programme were published: at once, and in the past that was recorded.",
        discussion: """
            Compares a folder with the version that a workspace runs, and changes nothing. The recorded past is lived \
            through again, from --since on, as if the folder had been published then: which scores, signals, plays and \
            messages would have been different, for whom, and what that costs beside what it brings.

            A running server is asked over its API; otherwise the directory is opened.
            """)

    @Argument(help: "Folder of the programme, or an embedded one's name.")
    var folder: String

    @Option(help: "First day of the past to live through again, as 2026-03-09; by default 91 days ago.")
    var since: String?

    @OptionGroup var options: DirectoryOptions

    func validate() throws {
        if let since, Day(text: since) == nil { throw ValidationError("--since takes a day such as 2026-03-09.") }
    }

    func run() async throws {
        let files = try programmeFolder(folder).files
        var body: JSONObject = ["files": try .files(folder)]
        if let since { body["since"] = .string(since) }
        note("Living through the recorded past under the other version …")
        let answer = try await VersionDesk.answer(options, ask: ("plan", .object(body))) { workspace in
            let start = since.flatMap { Day(text: $0) }.map { ZoneRules.utc.instant(day: $0) }
            return try await PlanDocument.make(
                workspace, try workspace.load(files), since: start ?? workspace.now + -91 * Milliseconds.day)
        }
        print(options.json ? answer.text : PlanText(answer).text)
    }
}
