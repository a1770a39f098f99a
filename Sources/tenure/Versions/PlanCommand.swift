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

            With a bound the exit code is 4 when the plan breaks it: for a build that must not go on then.

            A running server is asked over its API; otherwise the directory is opened.
            """)

    @Argument(help: "Folder of the programme, or an embedded one's name.")
    var folder: String

    @Option(help: "First day of the past to live through again, as 2026-03-09; by default 91 days ago.")
    var since: String?

    @Option(help: "Exit with 4 when the past would have had more alerts, by more than so many percent.")
    var alertsMaxRise: Double?

    @Option(help: "Exit with 4 when the share of customers warned 60 days before falls by more than so many points.")
    var recallMaxFall: Double?

    @OptionGroup var options: DirectoryOptions

    func validate() throws {
        if let since, Day(text: since) == nil { throw ValidationError("--since takes a day such as 2026-03-09.") }
        guard [alertsMaxRise, recallMaxFall].allSatisfy({ $0.map { (0...1_000_000).contains($0) } ?? true }) else {
            throw ValidationError("--alerts-max-rise and --recall-max-fall take numbers of 0 or more.")
        }
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
        try holdAgainstBounds(answer)
    }

    /// Distinct from failures (1), wrong usage (64) and refused rows (3).
    private static let brokenBound: Int32 = 4

    private func holdAgainstBounds(_ plan: JSON) throws {
        let bounds = PlanBounds(alertsMaxRise: alertsMaxRise, recallMaxFall: recallMaxFall)
        for line in bounds.untold(by: plan) { note(line) }
        let broken = bounds.broken(by: plan)
        for line in broken { note(line) }
        if !broken.isEmpty { throw ExitCode(Self.brokenBound) }
    }
}
