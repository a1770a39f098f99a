import TenureAuthoring
import TenureCore
import TenureEngine
import TenureProgramme
import TenureRuntime

/// Reads one programme, runs its tests and prints what came of it.
struct ProgrammeCheck: Sendable {
    var json = false
    /// Only tests whose id contains this text.
    var only: String?

    /// Whether nothing is wrong; warnings alone are not.
    func run(_ name: String) throws -> Bool {
        let folder = try programmeFolder(name)
        let (loaded, diagnostics) = embeddedProgrammes.read(folder)
        if !diagnostics.isEmpty, !json { print(embeddedProgrammes.text(diagnostics, of: folder)) }
        guard let loaded else {
            print(json ? document(name, diagnostics, []).text : "\(name): \(count(diagnostics))")
            return false
        }
        return report(name, loaded.programme, diagnostics)
    }

    private func count(_ diagnostics: [Diagnostic]) -> String {
        let errors = diagnostics.count { $0.severity == .error }
        let warnings = diagnostics.count - errors
        let words = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }
        return words.map { "\($0) \($1)\($0 == 1 ? "" : "s")" }.joined(separator: " and ")
    }

    private func report(_ name: String, _ programme: Programme, _ diagnostics: [Diagnostic]) -> Bool {
        let compiled = CompiledProgramme(programme, zones: embeddedProgrammes.zones)
        let scenarios = programme.scenarios.filter { scenario in only.map { scenario.id.contains($0) } ?? true }
        let failures = scenarios.flatMap { ScenarioCheck.failures($0, compiled) }
        if json {
            print(document(name, diagnostics, failures).text)
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

    private func document(_ name: String, _ diagnostics: [Diagnostic], _ failures: [ScenarioFailure]) -> JSON {
        var report: JSONObject = ["format_version": .string(Diagnostic.formatVersion), "programme": .string(name)]
        report["diagnostics"] = Diagnostic.list(diagnostics)
        report["failures"] = .array(
            failures.map {
                ["test": .string($0.scenario), "expected": .string($0.expected), "found": .string($0.found)]
            })
        return .object(report)
    }
}
