import ArgumentParser
import TenureAuthoring
import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime
import TenureWeb

struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Why is this score what it is; why did a signal or play start, or not; what does a mistake's code mean.",
        discussion: """
            tenure explain acme                       the score, its parts, and every play
            tenure explain acme --signal low_adoption what its condition came to, with the values
            tenure explain acme --play rescue         why it runs, or what failed
            tenure explain acme --on 2026-03-03       a past day as it was recorded; with --recompute, folded anew
            tenure explain P214                       a mistake's code
            """)

    @Argument(help: "An account (the vendor's id or Tenure's), or a mistake's code such as P214.")
    var subject: String

    @Option(help: "Only this signal.")
    var signal: String?

    @Option(help: "Only this play.")
    var play: String?

    @Option(help: "A past day, as it was recorded.")
    var on: String?

    @Flag(help: "With --on: fold the day anew from all facts, and tell what was revised by which.")
    var recompute = false

    @OptionGroup var options: DirectoryOptions

    func validate() throws {
        guard on == nil || (signal == nil && play == nil) else { throw ValidationError("--on takes no --signal and no --play.") }
        guard on != nil || !recompute else { throw ValidationError("--recompute needs --on.") }
    }

    func run() async throws {
        if let code = MistakeCode(rawValue: subject.uppercased()) { return tell(code) }
        if isLikeCode, await !isAccount() { throw noSuchMistake }
        let text = try await options.withWorkspace { workspace -> String in
            guard let state = workspace.account(subject) else {
                throw Failure(code: "no-such-account", what: "There is no account \(subject).", remedy: "List them: tenure accounts --data \(options.data)")
            }
            if let on { return try await day(on, of: state, in: workspace) }
            return try explain(workspace.snapshot(state))
        }
        print(text)
    }

    /// `P` and digits; an account may be called that, too.
    private var isLikeCode: Bool {
        subject.uppercased().hasPrefix("P") && (1...4).contains(subject.count - 1) && subject.dropFirst().allSatisfy(\.isNumber)
    }

    private func isAccount() async -> Bool {
        (try? await options.withWorkspace { $0.account(subject) != nil }) ?? false
    }

    private var noSuchMistake: Failure {
        let near = MistakeCode.nearest(to: subject).map { "  \($0.rawValue): \($0.meaning)" }.joined(separator: "\n")
        return Failure(
            code: "no-such-mistake", what: "There is no mistake \(subject.uppercased()).",
            remedy: "The nearest are:\n\(near)\n  All of them: tenure check --mistakes")
    }

    private func tell(_ code: MistakeCode) {
        let example = code.example
        let json: JSON = [
            "code": .string(code.rawValue), "meaning": .string(code.meaning), "example": .string(example.text),
            "wrong": .string(example.wrong), "right": .string(example.right), "fix": .string(example.fix),
        ]
        print(options.json ? json.text : code.explanation)
    }

    private func explain(_ snapshot: Snapshot) throws -> String {
        if let signal {
            guard let found = snapshot.explain(signal: signal) else {
                throw unknown("signal", signal, snapshot.programme.signals.map(\.signal.id))
            }
            return options.json ? found.document.text : Wording.signal(found)
        }
        if let play {
            guard let found = snapshot.explain(play: play) else {
                throw unknown("play", play, snapshot.programme.plays.map(\.play.id))
            }
            return options.json ? found.document.text : Wording.play(found)
        }
        return options.json ? document(snapshot).text : text(snapshot)
    }

    /// The members that the API's explanation has, too.
    private func document(_ snapshot: Snapshot) -> JSON {
        let lines = snapshot.healthExplanation?.document(snapshot.programme) ?? []
        return [
            "account": .string(subject), "score": snapshot.health?.score.map { .int(Int64($0)) } ?? .null, "lines": lines,
            "healthy_again": snapshot.wayBack, "signals": snapshot.signalReasons, "plays": snapshot.playReasons,
        ]
    }

    private func text(_ snapshot: Snapshot) -> String {
        let signals = snapshot.programme.signals.compactMap { snapshot.explain(signal: $0.signal.id) }.filter(\.isOpen)
        let plays = snapshot.programme.plays.compactMap { snapshot.explain(play: $0.play.id) }
        let health = [Wording.health(snapshot), Wording.wayBack(snapshot)].compactMap { $0 }
        let parts = health + signals.map { Wording.signal($0) } + plays.map { Wording.play($0) }
        return parts.joined(separator: "\n\n")
    }

    private func unknown(_ kind: String, _ name: String, _ known: [String]) -> Failure {
        Failure(
            code: "no-such-\(kind)", what: "The programme has no \(kind) \(name).",
            remedy: "It has: \(known.joined(separator: ", ")).")
    }
}

extension SignalExplanation {
    fileprivate var isOpen: Bool { if case .open = standing { true } else { false } }
}

/// What the reasons read like.
enum Wording {
    static func health(_ snapshot: Snapshot) -> String {
        let account = AccountReport(snapshot)
        guard let health = snapshot.healthExplanation else { return "No health reading." }
        let score = health.score.map { String($0) } ?? "unknown"
        let known = "\(account.coverage) % of the model known, model version \(health.modelVersion)"
        let kinds: [HealthExplanation.Kind] = [.component, .judgedGroup, .cap]
        let lines = kinds.flatMap { kind in health.lines.filter { $0.kind == kind } }
        return (["Score \(score) (\(account.standing)), \(known)"] + lines.map { "  " + text($0) })
            .joined(separator: "\n")
    }

    static func text(_ line: HealthExplanation.Line) -> String {
        switch line.kind {
        case .component: padding(line.id, 34) + " " + component(line)
        case .judgedGroup: padding(line.id, 34) + " judged, adds " + points(line.contributionNano)
        case .cap: "cap " + line.title + (line.isApplied ? "" : "; not decidable, not applied")
        case .rounding: "rounding " + points(line.contributionNano)
        }
    }

    private static func component(_ line: HealthExplanation.Line) -> String {
        guard let earned = line.pointsNano else { return "unknown (\(line.unknown?.words ?? "no data"))" }
        let value = line.value.map { number($0) } ?? "–"
        return "value \(padding(value, 12)) points \(padding(points(earned), 10)) adds \(points(line.contributionNano))"
    }

    /// nil: the account is as healthy as it can be.
    static func wayBack(_ snapshot: Snapshot) -> String? {
        HealthyAgainText(snapshot).map { text in
            let ways = text.ways.map { "  \($0.title): \($0.change), \($0.outcome)" }
            return ([text.title] + ways + text.remarks.map { "  " + $0 }).joined(separator: "\n")
        }
    }

    static func signal(_ signal: SignalExplanation) -> String {
        (["Signal \(signal.id) \(standing(signal))"] + lines(signal.condition, all: true)).joined(separator: "\n")
    }

    private static func standing(_ signal: SignalExplanation) -> String {
        switch signal.standing {
        case .open(let since): "is open since \(since.text)"
        case .waitingForDwell(let until): "is closed: its condition must hold until \(until.text)"
        case .coolingDown(let until): "is closed: it cools down until \(until.text)"
        case .snoozed(let until): "is closed: snoozed until \(until.text)"
        case .falseAlarm(let until): "is closed: a false alarm" + (until.map { " until \($0.text)" } ?? "")
        case .held(let since): "is held: its condition cannot be decided" + (since.map { " since \($0.text)" } ?? "")
        case .withheld: "is closed: it holds, but was seen in imported history only"
        case .conditionFails: "is closed: its condition does not hold"
        case .due: "is closed: it holds and is raised by the next turn"
        }
    }

    static func play(_ play: PlayExplanation) -> String {
        let head = "Play \(play.id) (\(play.title)) " + standing(play.standing)
        var lines = [head]
        switch play.standing {
        case .noSignal:
            for signal in play.signals {
                lines.append("  \(signal.id) \(standing(signal))")
                lines += Self.lines(signal.condition, all: false).map { "  " + $0 }
            }
        case .conditionMissing: lines += play.condition.map { Self.lines($0, all: false) } ?? []
        case .running, .notLive, .neverAgain, .waitingForReentry, .alreadyAnswered, .snoozed, .byHandOnly, .due: break
        }
        return lines.joined(separator: "\n")
    }

    private static func standing(_ standing: PlayExplanation.Standing) -> String {
        switch standing {
        case .running(let number, let cause): "runs as number \(number), by \(cause)"
        case .notLive: "does not run: the workspace is behind the import fence"
        case .neverAgain: "does not run: it ran, and may run only once"
        case .waitingForReentry(let until): "does not run: it may come back from \(until.text) on"
        case .noSignal: "does not run: no signal that starts it is open"
        case .alreadyAnswered: "does not run: the open signal has started it already"
        case .snoozed(let until): "does not run: its signal is snoozed until \(until.text)"
        case .conditionMissing: "does not run: its condition does not hold"
        case .byHandOnly: "does not run: only a person starts it"
        case .due: "starts with the account's next turn"
        }
    }

    private static func lines(_ condition: ConditionExplanation, all: Bool) -> [String] {
        (all ? condition.lines.filter(\.isAtom) : condition.missing).map { line in
            let mark = switch line.truth {
            case .holds: "✓"
            case .fails: "✗"
            case .unknown: "?"
            }
            let values = line.values.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
            return "  \(mark) \(line.text)" + (values.isEmpty ? "" : "   with \(values)")
        }
    }

    static func points(_ nanoPoints: Int64) -> String { number(Double(nanoPoints) / Double(nano)) }

    static func number(_ value: Double) -> String {
        let rounded = (value * 1000).rounded() / 1000
        return Int64(exactly: rounded).map { String($0) } ?? "\(rounded)"
    }
}
