import TenureCore
import TenureProgramme

/// What people ask of plays; each is checked against the state as it is, and refused with a reason.
extension Turn {
    mutating func takePlayCommand(_ fact: Fact) {
        if fact.type == FactType.playStarted { return startByHand(fact) }
        guard let play = runningPlay(fact) else { return refuse(fact, .notRunning) }
        switch fact.type {
        case FactType.playStopped: end(play, fact.data["outcome"]?.string ?? "stopped")
        case FactType.playPaused: pause(play, fact)
        case FactType.playResumed: resume(play, fact)
        default: takeStepCommand(fact, play)
        }
    }

    func by(_ fact: Fact) -> String { fact.data["by"]?.string ?? fact.source }

    /// The instance that is meant, or the running one of that play.
    ///
    /// Numbers are given in the order in which plays start. Where another version lives through the same past, other plays
    /// have started before, and a number belongs to another instance: the play's name decides then.
    private func runningPlay(_ fact: Fact) -> PlayInstance? {
        let named = fact.data["play"]?.string
        if let number = fact.data["number"]?.int {
            let numbered = state.conclusions.plays.first { Int64($0.number) == number }
            if named == nil || numbered?.isMeant(by: fact) == true { return numbered?.isRunning == true ? numbered : nil }
        }
        return named.flatMap { id in state.conclusions.plays.last { $0.play == id && $0.isRunning } }
    }

    private mutating func startByHand(_ fact: Fact) {
        guard let id = fact.data["play"]?.string, let plan = programme.playPlan(id) else {
            return refuse(fact, .noSuchPlay)
        }
        if fact.data[FactField.heedsRules]?.bool == true {
            refresh()
            if let reason = snapshot.refusal(toStart: plan) { return refuse(fact, reason) }
        }
        guard !state.conclusions.plays.contains(where: { $0.play == id && $0.isRunning }) else {
            return refuse(fact, .alreadyRunning)
        }
        begin(plan, cause: "person:" + by(fact))
    }

    private mutating func pause(_ play: PlayInstance, _ fact: Fact) {
        guard play.paused == nil else { return refuse(fact, .alreadyDone) }
        decide(.play(.paused(number: play.number, by: by(fact), reason: fact.data["reason"]?.string ?? "")))
    }

    /// Timers of ready steps shift by the pause; dates of the account do not.
    private mutating func resume(_ play: PlayInstance, _ fact: Fact) {
        guard let pause = play.paused else { return refuse(fact, .alreadyDone) }
        decide(.play(.resumed(number: play.number, by: by(fact))))
        guard let plan = programme.playPlan(of: play) else { return }
        for (index, step) in play.steps.enumerated() where step.state == .ready && plan.steps.indices.contains(index) {
            if case .account = plan.steps[index].step.window.anchor { continue }
            guard let due = step.due else { continue }
            decide(.play(.stepDue(number: play.number, step: index, due + (now - pause.since))))
        }
    }

    private mutating func takeStepCommand(_ fact: Fact, _ play: PlayInstance) {
        guard let plan = programme.playPlan(of: play), let index = stepIndex(fact, plan),
            play.steps.indices.contains(index)
        else { return refuse(fact, .noSuchStep) }
        guard play.steps[index].state == .ready else { return refuse(fact, .notReady) }
        if fact.type == FactType.stepSignedOff {
            guard play.steps[index].signOff == nil else { return refuse(fact, .alreadyDone) }
            return decide(.play(.signedOff(number: play.number, step: index, by: by(fact))))
        }
        takeTaskCommand(fact, play, index)
    }

    private func stepIndex(_ fact: Fact, _ plan: PlayPlan) -> Int? {
        fact.data["step"]?.string.flatMap { plan.stepIndex[$0] }
    }

    private mutating func takeTaskCommand(_ fact: Fact, _ play: PlayInstance, _ index: Int) {
        guard let number = fact.data["task"]?.int, let task = Int(exactly: number),
            play.steps[index].tasks.indices.contains(task)
        else { return refuse(fact, .noSuchTask) }
        let isDone = play.steps[index].tasks[task] != nil
        let completes = fact.type == FactType.taskCompleted
        guard isDone != completes else { return refuse(fact, .alreadyDone) }
        if completes {
            decide(.play(.taskCompleted(number: play.number, step: index, task: task, by: by(fact))))
        } else {
            decide(.play(.taskReopened(number: play.number, step: index, task: task, by: by(fact))))
        }
    }
}
