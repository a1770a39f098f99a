import TenureCore
import TenureEngine
import TenureProgramme

/// A decision in words: what a timeline shows.
struct DecisionText: Sendable {
    let title: String
    let detail: String

    private init(_ title: String, _ detail: String = "") {
        self.title = title
        self.detail = detail
    }

    init(_ decision: Decision, _ account: AccountState, _ programme: CompiledProgramme) {
        switch decision.what {
        case .health(let health): self = Self.health(health, programme.programme)
        case .signal(let signal): self = Self.signal(signal, programme)
        case .play(let play): self = Self.play(play, account, programme)
        case .outreach(let outreach): self = Self.outreach(outreach, programme.programme)
        }
    }
}

// MARK: - Health and signals

extension DecisionText {
    private static func health(_ decision: HealthDecision, _ programme: Programme) -> DecisionText {
        switch decision {
        case .scoreMoved(let reading):
            let score = reading.score.map { String($0) } ?? "unknown"
            return DecisionText("Health score: \(score)", "\(reading.coverageMicros / 1_000_000) % of the model is known")
        case .bandChanged(let from, let to):
            return DecisionText("Now \(band(to, programme))", "before: \(band(from, programme))")
        case .bandWaiting(let band, _):
            return band == nil
                ? DecisionText("The band stays as it is")
                : DecisionText("May become \(self.band(band, programme))", "once it has held long enough")
        case .dayClosed(let day, let reading, _):
            return DecisionText("End of \(Wording.day(day))", "score \(reading.score.map { String($0) } ?? "unknown")")
        }
    }

    private static func band(_ index: Int?, _ programme: Programme) -> String {
        index.flatMap { programme.health.bands.indices.contains($0) ? programme.health.bands[$0].title : nil } ?? "unknown"
    }

    private static func signal(_ decision: SignalDecision, _ programme: CompiledProgramme) -> DecisionText {
        let title = programme.signals.first { $0.signal.id == decision.signal }?.signal.title ?? decision.signal
        switch decision {
        case .holding(_, let since):
            return DecisionText(since == nil ? "No longer in sight: \(title)" : "In sight: \(title)", "waits before it is raised")
        case .held(_, let since):
            return DecisionText(since == nil ? "Known again: \(title)" : "Held: \(title)", "cannot be decided without data")
        case .raised: return DecisionText("Raised: \(title)")
        case .cleared: return DecisionText("Cleared: \(title)")
        case .withheld: return DecisionText("Seen in imported history: \(title)", "nothing was started")
        case .acknowledged(_, let by, _): return DecisionText("Acknowledged: \(title)", "by \(by)")
        case .snoozed(_, let by, let until):
            return DecisionText("Snoozed: \(title)", "by \(by) until \(Wording.instant(until, .utc)) UTC")
        }
    }
}

// MARK: - Plays and messages

extension DecisionText {
    private static func play(_ decision: PlayDecision, _ account: AccountState, _ programme: CompiledProgramme) -> DecisionText {
        let names = PlayNames(decision.number, account, programme)
        switch decision {
        case .started(let play, _, _, let cause, _):
            let title = programme.playPlan(play)?.play.title ?? play
            return DecisionText("Started: \(title)", PlayView.cause(cause, programme))
        case .ended(_, let outcome): return DecisionText("Ended: \(names.play)", outcome)
        case .paused(_, let by, let reason): return DecisionText("Paused: \(names.play)", "by \(by). \(reason)")
        case .resumed(_, let by): return DecisionText("Resumed: \(names.play)", "by \(by)")
        case .stepReady(_, let step, _, let due): return DecisionText("Open: \(names.step(step))", due.map { "due \(Wording.instant($0, .utc)) UTC" } ?? "")
        case .stepDue(_, let step, let due):
            return DecisionText("Due: \(names.step(step))", due.map { "\(Wording.instant($0, .utc)) UTC" } ?? "no date")
        case .stepDone(_, let step, let evidence): return DecisionText("Done: \(names.step(step))", evidence)
        case .stepSkipped(_, let step, let reason): return DecisionText("Skipped: \(names.step(step))", reason)
        case .stepEscalated(_, let step, let escalation):
            return DecisionText("Overdue: \(names.step(step))", "reminder \(escalation + 1) was sent")
        case .taskCompleted(_, let step, let task, let by):
            return DecisionText("Ticked off: \(names.task(step, task))", "by \(by)")
        case .taskReopened(_, let step, let task, let by):
            return DecisionText("Opened again: \(names.task(step, task))", "by \(by)")
        case .signedOff(_, let step, let by): return DecisionText("Signed off: \(names.step(step))", "by \(by)")
        }
    }

    private static func outreach(_ decision: OutreachDecision, _ programme: Programme) -> DecisionText {
        switch decision {
        case .messageQueued(let intent):
            let title = programme.messages.first { $0.id == intent.template }?.title ?? intent.template
            return DecisionText("Message: \(title)", "to \(intent.recipient.text)")
        case .messagesCancelled(_, let reason): return DecisionText("Messages cancelled", reason)
        case .messageSettled(_, let state, let detail): return DecisionText("Message \(state)", detail)
        }
    }
}

extension Recipient {
    fileprivate var text: String {
        switch self {
        case .role(let id): "role \(id)"
        case .contact(let id): "contact \(id)"
        case .channel(let id): "channel \(id)"
        }
    }
}

/// Titles of a play's parts by their numbers; where the programme has moved on, the numbers themselves.
private struct PlayNames {
    private let plan: PlayPlan?
    private let number: Int32

    init(_ number: Int32, _ account: AccountState, _ programme: CompiledProgramme) {
        self.number = number
        plan = account.conclusions.plays.first { $0.number == number }.flatMap { programme.playPlan($0.play) }
    }

    var play: String { plan?.play.title ?? "play \(number)" }

    func step(_ index: Int) -> String {
        guard let plan, plan.steps.indices.contains(index) else { return "step \(index + 1) of \(play)" }
        return plan.steps[index].step.title
    }

    func task(_ step: Int, _ task: Int) -> String {
        guard let plan, plan.steps.indices.contains(step), plan.steps[step].step.tasks.indices.contains(task) else {
            return "task \(task + 1) of \(self.step(step))"
        }
        return plan.steps[step].step.tasks[task]
    }
}
