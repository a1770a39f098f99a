import ArgumentParser
import Foundation
import TenureAuthoring
import TenureCore
import TenureRuntime

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read programmes, report every mistake, and run the tests that they carry.",
        discussion: "Exit code 0: all is well. 1: mistakes, failed tests, survivors of --mutants or too many of --moves. Warnings alone do not fail.")

    @Argument(help: "Names of embedded programmes, or folders. Default: all embedded ones.")
    var programmes: [String] = []

    @Flag(help: "Print the mistakes and failed tests as JSON.")
    var json = false

    @Option(help: "Run only tests whose id contains this text; with --mutants or --moves, delete or move only what does.")
    var only: String?

    @Flag(help: "Print the page that maps each requirement to definitions and tests, and run nothing.")
    var requirements = false

    @Flag(help: "Print the page of all mistakes with their examples, and read nothing.")
    var mistakes = false

    @Flag(help: "Check the folders again after each change of a file, until interrupted.")
    var watch = false

    @Flag(help: "Delete each definition, exit, action, escalation… in turn, and report those that no test misses.")
    var mutants = false

    @Flag(help: "With --mutants: delete each clause of a definition too, such as a cooldown or a step's condition.")
    var clauses = false

    @Flag(help: "Move each number of each definition up and down, and report the moves that break no scenario.")
    var moves = false

    @Option(help: "With --moves: percent of the moves that must break a scenario.")
    var atLeast = 95

    @Flag(help: "Write the golden values of a folder's tests anew, print those that changed, then check.")
    var update = false

    func validate() throws {
        if !(0...100).contains(atLeast) { throw ValidationError("--at-least is a number from 0 to 100.") }
        if update, mutants || moves || requirements { throw ValidationError("--update goes with a plain check.") }
        if mutants, moves { throw ValidationError("--mutants and --moves are two runs.") }
    }

    func run() async throws {
        if requirements { return try printRequirements() }
        if mistakes { return print(MistakePage.markdown, terminator: "") }
        if watch { return try await FolderWatch(programmes, ProgrammeCheck(json: json, only: only)).run() }
        let names = programmes.isEmpty ? embeddedProgrammes.names : programmes
        var hasFailed = false
        for name in names {
            if !(try await isWell(name)) { hasFailed = true }
        }
        if hasFailed { throw ExitCode(1) }
    }

    private func isWell(_ name: String) async throws -> Bool {
        if moves { return try await checkMoves(name) }
        if update { try updateGoldens(name) }
        return mutants ? try await checkMutants(name) : try ProgrammeCheck(json: json, only: only).run(name)
    }

    private func printRequirements() throws {
        var page = RequirementsPage()
        for name in programmes.isEmpty ? embeddedProgrammes.names : programmes {
            if let loaded = embeddedProgrammes.read(try programmeFolder(name)).0 { page.add(name, loaded) }
        }
        print(page.markdown)
    }
}
