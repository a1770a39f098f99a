import ArgumentParser
import Foundation
import TenureAuthoring
import TenureProgramme
import TenureRuntime

struct NewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Ask about your business and write a programme of your own, with tests that pass.",
        discussion: "Without --answers and --defaults it asks on the terminal. An answer given as a flag is not asked for.")

    @Argument(help: "The folder to make. It must not exist.")
    var folder: String

    @Option(help: "A YAML file with answers, such as `name: Acme`; the others stay as they stand by default.")
    var answers: String?

    @Flag(help: "Ask nothing: take the defaults.")
    var defaults = false

    @OptionGroup(title: "Answers")
    var given: GivenAnswers

    func run() throws {
        try refuseExisting()
        let answers = try collected()
        let (programme, lost) = NewProgramme.make(answers, from: embeddedProgrammes.folder("starter"))
        guard lost.isEmpty else { throw broken("the starter programme lacks \(lost.joined(separator: "; "))") }
        let summary = try checked(programme)
        try NewFolder(path: folder).write(programme, answers)
        print("\(folder): \(summary)\n\nNext:\n  tenure check \(folder)\n  tenure serve --programme \(folder) --data data")
    }

    private func refuseExisting() throws {
        guard FileManager.default.fileExists(atPath: folder) else { return }
        throw Failure(
            code: "folder-exists", what: "\(folder) is there already; nothing was written.",
            remedy: "Choose another name, or move it away.")
    }

    private func collected() throws -> Answers {
        var answers = try self.answers.map(read) ?? Answers()
        try given.take(into: &answers)
        if self.answers == nil, !defaults { try Interview(given: Set(given.texts.map(\.question))).ask(&answers) }
        return answers
    }

    private func read(_ path: String) throws -> Answers {
        guard let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self)
        else {
            throw Failure(code: "no-answers", what: "\(path) cannot be read.", remedy: "Give a YAML file, such as `name: Acme`.")
        }
        let (answers, wrong) = AnswersFile.read(text, file: path, zones: embeddedProgrammes.zones)
        guard let answers else {
            throw Failure(
                code: "wrong-answers", what: wrong.joined(separator: "\n"), remedy: "Mend \(path) and try again; nothing was written.")
        }
        return answers
    }

    /// Before anything is written: a programme that does not pass is none to begin with.
    private func checked(_ programme: ProgrammeFolder) throws -> String {
        let (loaded, diagnostics) = embeddedProgrammes.read(programme)
        guard let loaded else { throw broken(embeddedProgrammes.text(diagnostics, of: programme)) }
        let compiled = embeddedProgrammes.compile(loaded)
        let scenarios = loaded.programme.scenarios
        let failures = scenarios.flatMap { ScenarioCheck.failures($0, compiled) }
        guard failures.isEmpty else {
            throw broken(failures.map { "\($0.scenario): expected \($0.expected), found \($0.found)" }.joined(separator: "\n"))
        }
        return "\(loaded.programme.signals.count) signals, \(loaded.programme.plays.count) plays; \(scenarios.count) tests passed"
    }

    private func broken(_ what: String) -> Failure {
        Failure(
            code: "new-programme-broken", what: "These answers make a programme that does not pass; nothing was written.\n\(what)",
            remedy: "This is a fault of Tenure: please report it with your answers. Other answers may work.")
    }
}
