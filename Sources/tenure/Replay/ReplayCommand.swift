import ArgumentParser
import Foundation
import TenureCore
import TenureEngine
import TenureProgramme
import TenureRuntime

struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Live through a file of events again and print every metric of every account at the end of each of its days.",
        discussion: """
            One event a line, as POST /v1/events takes them, each with `recordedtime`: the moment at which it reached you. \
            What people say (grade.given, pulse.given, flag.raised, …) may be among them. Nothing is stored and nobody is \
            written to. Printed is one line of JSON for each account and local day, and a last one with what was counted. \
            Metrics that nothing in the programme refers to are not kept: list them under `show`.
            """)

    @Argument(help: "The file.")
    var file: String

    @Option(help: "An embedded programme's name, or a folder.")
    var programme = "starter"

    @Option(help: "First day to print; default: the first on which an event was recorded.")
    var from: String?

    @Option(help: "Last day to print; default: the last on which an event was recorded.")
    var to: String?

    @Option(help: "Look at each day at this time on the account's own clock, as 15:30; default: when it ends.")
    var at: String?

    func validate() throws {
        for text in [from, to].compactMap({ $0 }) where Day(text: text) == nil {
            throw ValidationError("“\(text)” is no day; write it as 2026-03-09.")
        }
        if let at, timeOfDay(at) == nil { throw ValidationError("“\(at)” is no time of day; write it as 15:30.") }
    }

    func run() throws {
        let programme = try compiledProgramme(programme)
        let facts = try FactsFile(file, programme)
        guard let first = facts.facts.map(\.recorded).min(), let last = facts.facts.map(\.recorded).max() else {
            throw Failure(code: "no-events", what: "\(file) holds no event.", remedy: "Give one event a line.")
        }
        let zone = programme.defaultZoneRules
        let start = from.flatMap { Day(text: $0) } ?? zone.day(at: first)
        let end = to.flatMap { Day(text: $0) } ?? zone.day(at: last)
        guard start <= end, end - start < 3660 else {
            throw Failure(
                code: "no-days", what: "There is nothing to print from \(start.text) to \(end.text).",
                remedy: "Set --from and --to, at most ten years apart.")
        }
        var replay = FactReplay(facts.facts, on: programme)
        try live(&replay, start...end, programme)
        write(ReplayLine.counts(replay.counts, refused: facts.refusedCount))
        if facts.refusedCount > 0 { throw ExitCode(3) }
    }

    private func live(_ replay: inout FactReplay, _ days: ClosedRange<Day>, _ programme: CompiledProgramme) throws {
        let names = programme.metrics.map(\.reference.text)
        do {
            try replay.run(days, timeOfDay: at.flatMap { timeOfDay($0) }) { standing in
                write(ReplayLine.standing(standing, names))
            }
        } catch let error as ReplayDisagreement {
            throw Failure(
                code: "readings-disagree",
                what: "\(error.metric) of \(error.account) at the end of \(error.day.text): the turn knows \(error.kept), measured anew it is \(error.anew).",
                remedy: "This is a mistake of Tenure. Please report it with the file.")
        }
    }

    private func write(_ line: JSON) { FileHandle.standardOutput.write(Data(line.bytes + [0x0A])) }

    private func timeOfDay(_ text: String) -> Int64? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let hour = Int64(parts[0]), let minute = Int64(parts[1]), (0..<24).contains(hour),
            (0..<60).contains(minute)
        else { return nil }
        return hour * Milliseconds.hour + minute * Milliseconds.minute
    }
}
