package import TenureCore

package enum PlayDecision: Hashable, Sendable {
    case started(play: String, number: Int32, programmeVersion: Int, cause: String, tasksByStep: [Int])
    case ended(number: Int32, outcome: String)
    case paused(number: Int32, by: String, reason: String)
    case resumed(number: Int32, by: String)
    case stepReady(number: Int32, step: Int, attempt: Int32, due: Instant?)
    case stepDue(number: Int32, step: Int, Instant?)
    case stepDone(number: Int32, step: Int, evidence: String)
    case stepSkipped(number: Int32, step: Int, reason: String)
    case stepEscalated(number: Int32, step: Int, escalation: Int)
    case taskCompleted(number: Int32, step: Int, task: Int, by: String)
    case taskReopened(number: Int32, step: Int, task: Int, by: String)
    case signedOff(number: Int32, step: Int, by: String)
    /// The version that took effect defines the play as the one before did: from here on it runs under that.
    case moved(number: Int32, programmeVersion: Int)

    var kind: String {
        switch self {
        case .started: "playStarted"
        case .ended: "playEnded"
        case .paused: "playPaused"
        case .resumed: "playResumed"
        case .stepReady: "stepReady"
        case .stepDue: "stepDue"
        case .stepDone: "stepDone"
        case .stepSkipped: "stepSkipped"
        case .stepEscalated: "stepEscalated"
        case .taskCompleted: "taskCompleted"
        case .taskReopened: "taskReopened"
        case .signedOff: "stepSignedOff"
        case .moved: "playMoved"
        }
    }

    package var number: Int32 {
        switch self {
        case .started(_, let number, _, _, _), .ended(let number, _), .paused(let number, _, _),
            .resumed(let number, _), .stepReady(let number, _, _, _), .stepDue(let number, _, _),
            .stepDone(let number, _, _), .stepSkipped(let number, _, _), .stepEscalated(let number, _, _),
            .taskCompleted(let number, _, _, _), .taskReopened(let number, _, _, _), .signedOff(let number, _, _),
            .moved(let number, _):
            number
        }
    }

    static let playsMax = 200

    func apply(to conclusions: inout Conclusions, at: Instant) {
        if case .started(let play, let number, let version, let cause, let tasks) = self {
            let steps = tasks.map { StepInstance(tasks: Array(repeating: nil, count: $0)) }
            conclusions.plays.append(
                PlayInstance(
                    number: number, play: play, programmeVersion: version, started: at, cause: cause, steps: steps))
            conclusions.playCount = max(conclusions.playCount, number)
            if conclusions.plays.count > Self.playsMax, let oldest = conclusions.plays.firstIndex(where: { !$0.isRunning }) {
                conclusions.plays.remove(at: oldest)
            }
            return
        }
        guard let index = conclusions.plays.firstIndex(where: { $0.number == number }) else { return }
        apply(to: &conclusions.plays[index], at: at)
    }

    private func apply(to play: inout PlayInstance, at: Instant) {
        switch self {
        case .started: break
        case .ended(_, let outcome): play.ended = .init(at: at, outcome: outcome)
        case .paused(_, let by, let reason): play.paused = .init(since: at, by: by, reason: reason)
        case .resumed:
            if let pause = play.paused { play.pausedMilliseconds += at - pause.since }
            play.paused = nil
        case .moved(_, let version): play.programmeVersion = version
        case .stepReady(_, let step, _, _), .stepDue(_, let step, _), .stepDone(_, let step, _),
            .stepSkipped(_, let step, _), .stepEscalated(_, let step, _), .taskCompleted(_, let step, _, _),
            .taskReopened(_, let step, _, _), .signedOff(_, let step, _):
            guard play.steps.indices.contains(step) else { return }
            apply(to: &play.steps[step], at: at)
        }
    }

    private func apply(to step: inout StepInstance, at: Instant) {
        switch self {
        case .started, .ended, .paused, .resumed, .moved: break
        case .stepReady(_, _, let attempt, let due):
            step = StepInstance(
                state: .ready, attempt: attempt, readyAt: at, due: due,
                tasks: Array(repeating: nil, count: step.tasks.count))
        case .stepDue(_, _, let due): step.due = due
        case .stepDone:
            step.state = .done
            step.settledAt = at
        case .stepSkipped:
            step.state = .skipped
            step.settledAt = at
        case .stepEscalated(_, _, let escalation): step.escalations = Int32(escalation) + 1
        case .taskCompleted(_, _, let task, let by):
            if step.tasks.indices.contains(task) { step.tasks[task] = .init(by: by, at: at) }
        case .taskReopened(_, _, let task, _):
            if step.tasks.indices.contains(task) { step.tasks[task] = nil }
        case .signedOff(_, _, let by): step.signOff = .init(by: by, at: at)
        }
    }
}
