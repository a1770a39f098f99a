import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme

/// A play at an account: its instance beside what its author wrote.
struct PlayView: Sendable {
    struct StepView: Sendable {
        let step: Step
        let state: StepInstance
        let owner: String
    }

    let instance: PlayInstance
    let title: String
    let owner: String
    /// Why it started, in words.
    let cause: String
    let steps: [StepView]

    /// Running ones first, then the newest.
    static func all(_ account: AccountState, _ programme: CompiledProgramme) -> [PlayView] {
        let views = account.conclusions.plays.map { PlayView($0, account, programme) }
        return views.filter(\.instance.isRunning) + views.filter { !$0.instance.isRunning }.reversed()
    }

    private init(_ instance: PlayInstance, _ account: AccountState, _ programme: CompiledProgramme) {
        let plan = programme.playPlan(of: instance)
        self.instance = instance
        title = plan?.play.title ?? instance.play
        owner = OpenTask.owner(plan?.play.owner, account) ?? ""
        cause = Self.cause(instance.cause, programme)
        steps = zip(plan?.steps ?? [], instance.steps).map { planned, state in
            let owner = OpenTask.owner(planned.step.owner ?? plan?.play.owner, account) ?? ""
            return StepView(step: planned.step, state: state, owner: owner)
        }
    }

    /// `signal:low_adoption` by the signal's title, `person:ada` by the person.
    static func cause(_ cause: String, _ programme: CompiledProgramme) -> String {
        let parts = cause.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return cause == "condition" ? "its condition held" : cause }
        if parts[0] == "person" { return "started by " + parts[1] }
        let title = programme.signals.first { $0.signal.id == parts[1] }?.signal.title
        return "because of: " + (title ?? parts[1])
    }

    func document(now: Instant) -> JSON {
        [
            "number": .int(Int64(instance.number)), "play": .string(instance.play), "title": .string(title),
            "programme_version": .int(Int64(instance.programmeVersion)),
            "started": .string(instance.started.text),
            "cause": .string(instance.cause), "owner": .string(owner), "running": .bool(instance.isRunning),
            "ended": JSON(instance.ended?.at.text), "outcome": JSON(instance.ended?.outcome),
            "paused_by": JSON(instance.paused?.by), "steps": .array(steps.map { $0.document(now: now) }),
        ]
    }
}

extension PlayView.StepView {
    func document(now: Instant) -> JSON {
        let tasks = zip(step.tasks, state.tasks).enumerated().map { number, task -> JSON in
            [
                "number": .int(Int64(number)), "text": .string(task.0), "done_by": JSON(task.1?.by),
                "done_at": JSON(task.1?.at.text),
            ]
        }
        return [
            "id": .string(step.id), "title": .string(step.title), "state": .string(state.state.word),
            "owner": .string(owner), "due": JSON(state.due?.text), "overdue": .bool(state.isOverdue(at: now)),
            "signed_off_by": JSON(state.signOff?.by), "needs_sign_off": .bool(step.signOff != nil),
            "tasks": .array(tasks),
        ]
    }
}

extension StepInstance.State {
    var word: String {
        switch self {
        case .pending: "pending"
        case .ready: "open"
        case .done: "done"
        case .skipped: "skipped"
        }
    }
}
