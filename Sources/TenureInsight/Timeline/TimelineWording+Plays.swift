import TenureEngine
import TenureProgramme

extension TimelineWording {
    func text(_ decision: PlayDecision) -> Text {
        let name = play(decision.number)
        return switch decision {
        case .started(let play, _, _, let cause, _):
            ("Started: \(programme.playPlan(play)?.play.title ?? play)", words(cause))
        case .ended(_, PlayInstance.startUndone): ("Taken back: \(name)", "counts as never started")
        case .ended(_, PlayInstance.accountMerged): ("Ended: \(name)", "the account became part of another one")
        case .ended(_, let outcome): ("Ended: \(name)", outcome)
        case .paused(_, let by, let reason):
            ("Paused: \(name)", reason.isEmpty ? "by \(by)" : "by \(by): \(reason)")
        case .resumed(_, let by): ("Resumed: \(name)", "by \(by)")
        case .moved(_, let version): ("Goes on under version \(version): \(name)", "which defines it as before")
        case .stepReady, .stepDue, .stepDone, .stepSkipped, .stepEscalated, .taskCompleted, .taskReopened,
            .signedOff:
            stepText(decision)
        }
    }

    private func stepText(_ decision: PlayDecision) -> Text {
        let number = decision.number
        return switch decision {
        case .stepReady(_, let index, _, let due):
            ("Open: \(step(number, index))", due.map { "due \(time($0))" } ?? "")
        case .stepDue(_, let index, let due):
            ("Due date moved: \(step(number, index))", due.map { "now \(time($0))" } ?? "none any more")
        case .stepDone(_, let index, let evidence): ("Done: \(step(number, index))", evidence)
        case .stepSkipped(_, let index, let reason): ("Skipped: \(step(number, index))", reason)
        case .stepEscalated(_, let index, let rung):
            ("Overdue: \(step(number, index))", "reminder \(rung + 1) goes out")
        case .taskCompleted(_, let index, let task, let by):
            ("Ticked off: \(self.task(number, index, task))", "by \(by)")
        case .taskReopened(_, let index, let task, let by):
            ("Opened again: \(self.task(number, index, task))", "by \(by)")
        case .signedOff(_, let index, let by): ("Signed off: \(step(number, index))", "by \(by)")
        case .started, .ended, .paused, .resumed, .moved: (play(number), "")
        }
    }

    private func plan(_ number: Int32) -> PlayPlan? {
        plays.first { $0.number == number }.flatMap { programme.playPlan(of: $0) }
    }

    /// Where the programme has moved on, its number stands for the name.
    private func play(_ number: Int32) -> String { plan(number)?.play.title ?? "play \(number)" }

    private func step(_ number: Int32, _ index: Int) -> String {
        guard let plan = plan(number), plan.steps.indices.contains(index) else {
            return "step \(index + 1) of \(play(number))"
        }
        return plan.steps[index].step.title
    }

    private func task(_ number: Int32, _ index: Int, _ task: Int) -> String {
        guard let plan = plan(number), plan.steps.indices.contains(index),
            plan.steps[index].step.tasks.indices.contains(task)
        else { return "task \(task + 1) of \(step(number, index))" }
        return plan.steps[index].step.tasks[task]
    }

    private func words(_ cause: String) -> String {
        guard let colon = cause.firstIndex(of: ":") else { return "its condition came true" }
        let who = String(cause[cause.index(after: colon)...])
        guard cause[..<colon] == "signal" else { return "by \(who)" }
        let title = programme.signals.first { $0.signal.id == who }?.signal.title ?? who
        return "because of: \(title)"
    }
}
