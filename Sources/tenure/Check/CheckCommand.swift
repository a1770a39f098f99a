import ArgumentParser
import Foundation
import TenureAuthoring
import TenureCore
import TenureEngine
import TenureProgramme
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
        return mutants ? try await checkMutants(name) : try check(name)
    }

    private func printRequirements() throws {
        var page = RequirementsPage()
        for name in programmes.isEmpty ? embeddedProgrammes.names : programmes {
            if let loaded = embeddedProgrammes.read(try programmeFolder(name)).0 { page.add(name, loaded) }
        }
        print(page.markdown)
    }

    private func check(_ name: String) throws -> Bool {
        let folder = try programmeFolder(name)
        let (loaded, diagnostics) = embeddedProgrammes.read(folder)
        guard let loaded else {
            print(json ? Diagnostic.json(diagnostics).text : embeddedProgrammes.text(diagnostics, of: folder))
            if !json { print("\(name): \(diagnostics.count) mistakes") }
            return false
        }
        if !diagnostics.isEmpty, !json { print(embeddedProgrammes.text(diagnostics, of: folder)) }
        return report(name, loaded.programme, diagnostics)
    }

    private func report(_ name: String, _ programme: Programme, _ diagnostics: [Diagnostic]) -> Bool {
        let compiled = CompiledProgramme(programme, zones: embeddedProgrammes.zones)
        let scenarios = programme.scenarios.filter { scenario in only.map { scenario.id.contains($0) } ?? true }
        let failures = scenarios.flatMap { ScenarioCheck.failures($0, compiled) }
        if json {
            print(jsonReport(name, diagnostics, failures).text)
        } else {
            for failure in failures {
                print("\(name): test \(failure.scenario)\n  expected  \(failure.expected)\n  found     \(failure.found)\n")
            }
            let failed = Set(failures.map(\.scenario)).count
            print(
                "\(name): \(programme.signals.count) signals, \(programme.plays.count) plays, "
                    + "\(compiled.metrics.count) metrics kept; \(scenarios.count - failed) tests passed, \(failed) failed")
        }
        return failures.isEmpty
    }

    private func jsonReport(_ name: String, _ diagnostics: [Diagnostic], _ failures: [ScenarioFailure]) -> JSON {
        var report: JSONObject = ["programme": .string(name), "mistakes": Diagnostic.json(diagnostics)]
        report["failures"] = .array(
            failures.map {
                ["test": .string($0.scenario), "expected": .string($0.expected), "found": .string($0.found)]
            })
        return .object(report)
    }
}
