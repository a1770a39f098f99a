import TenureCore
import TenureProgramme

extension Turn {
    /// Rounds after which a stage is taken to go in circles; a step that completes can open the next in the same turn.
    private static let roundsMax = 64

    mutating func concludePlays() {
        guard !isFenced else { return }
        for index in programme.plays.indices where mayStart(index) { start(programme.plays[index]) }
        for place in state.conclusions.plays.indices where state.conclusions.plays[place].isRunning { run(place) }
    }

    // MARK: Starting

    private mutating func start(_ plan: PlayPlan) {
        // By place: of its earlier runs, most of which say no, none is copied.
        let place = state.conclusions.placeOfLastRun(of: plan.play.id)
        guard let place else {
            if let cause = cause(plan, nil) { begin(plan, cause: cause) }
            return
        }
        guard !state.conclusions.plays[place].isRunning, plan.play.reentry != .never else { return }
        let last = state.conclusions.plays[place]
        guard plan.mayReenter(after: last, at: now, frame(plan)), let cause = cause(plan, last) else { return }
        begin(plan, cause: cause)
    }

    /// Whether anything holds that could start it: looked at before its earlier runs, of which there may be many.
    private mutating func mayStart(_ index: Int) -> Bool {
        let (signals, condition) = programme.dependencies.starts[index]
        if signals.isEmpty ? condition == nil : !signals.contains(where: { isOpen($0) }) { return false }
        guard let condition else { return true }
        return (known(condition) ?? holds(programme.plays[index].when)) == .yes
    }

    private mutating func isOpen(_ signal: Int) -> Bool {
        place(ofSignal: signal).map { state.conclusions.signals[$0].isOpen } ?? false
    }

    /// What starts the play now: an open signal that has not started it yet (or again after the re-entry span), or its
    /// own condition.
    private func cause(_ plan: PlayPlan, _ last: PlayInstance?) -> String? {
        if plan.startsOn.isEmpty { return conditionCause(plan, last) }
        for index in plan.startsOn {
            let id = programme.signals[index].signal.id
            guard let known = state.conclusions.signal(id), let open = known.openSince else { continue }
            if let until = known.snoozedUntil, now < until { continue }
            if isNewOpening(open, plan, last) { return "signal:" + id }
        }
        return nil
    }

    private func isNewOpening(_ open: Instant, _ plan: PlayPlan, _ last: PlayInstance?) -> Bool {
        guard let last else { return true }
        if case .after = plan.play.reentry { return true }
        return open > last.started
    }

    /// A condition that still holds after its play ended starts it again on the next local day at the earliest.
    private func conditionCause(_ plan: PlayPlan, _ last: PlayInstance?) -> String? {
        guard let ended = last?.ended else { return "condition" }
        return snapshot.zone.day(at: ended.at) < snapshot.today ? "condition" : nil
    }

    mutating func begin(_ plan: PlayPlan, cause: String) {
        let number = state.conclusions.playCount + 1
        decide(
            .play(
                .started(
                    play: plan.play.id, number: number, programmeVersion: plan.version, cause: cause,
                    tasksByStep: plan.steps.map(\.step.tasks.count))))
    }

    // MARK: Running

    private mutating func run(_ place: Int) {
        guard let plan = programme.playPlan(of: state.conclusions.plays[place]) else { return }
        for _ in 0..<Self.roundsMax {
            let before = decisions.count
            guard state.conclusions.plays[place].isRunning else { return }
            if let outcome = exit(plan, place) { return end(state.conclusions.plays[place], outcome) }
            for index in plan.steps.indices where state.conclusions.plays[place].steps.indices.contains(index) {
                step(index, plan, place)
            }
            if state.conclusions.plays[place].isRunning, isComplete(plan, place) {
                return end(state.conclusions.plays[place], PlayInstance.completed)
            }
            if decisions.count == before { return }
        }
    }

    private mutating func exit(_ plan: PlayPlan, _ place: Int) -> String? {
        for (index, condition) in plan.exits.enumerated() {
            let truth = known(condition.number) ?? holds(condition, play: state.conclusions.plays[place])
            if case .yes = truth { return plan.play.exits[index].outcome }
        }
        return nil
    }

    /// Ending cancels, in the same commit, whatever the play still had in mind to send.
    mutating func end(_ play: PlayInstance, _ outcome: String) {
        decide(.play(.ended(number: play.number, outcome: outcome)))
        decide(.outreach(.messagesCancelled(play: play.number, reason: outcome)))
    }

    private func isComplete(_ plan: PlayPlan, _ place: Int) -> Bool {
        // A play of nothing but endless repeats ends by its exits alone.
        !plan.isEndless && plan.requiredSteps.allSatisfy { index in
            guard state.conclusions.plays[place].steps.indices.contains(index) else { return true }
            return state.conclusions.plays[place].steps[index].isSettled
                && !hasMoreRepeats(plan.steps[index], state.conclusions.plays[place].steps[index])
        }
    }

    private func hasMoreRepeats(_ plan: StepPlan, _ instance: StepInstance) -> Bool {
        guard instance.state == .done, plan.step.repeatEvery != nil, let count = plan.step.repeatCount else { return false }
        return Int(instance.attempt) < count
    }

    private mutating func step(_ index: Int, _ plan: PlayPlan, _ place: Int) {
        guard mayMove(index, plan, place) else { return }
        let play = state.conclusions.plays[place]
        switch play.steps[index].state {
        case .pending: if play.paused == nil { open(index, plan, play) }
        case .ready:
            retarget(index, plan, play)
            complete(index, plan, state.conclusions.plays[place])
            if play.paused == nil { escalate(index, plan, state.conclusions.plays[place]) }
        case .done: if play.paused == nil { reopen(index, plan, play) }
        case .skipped: break
        }
    }
}

extension Turn {
    /// Whether anything can become of the step now: by place, since of the many steps for which nothing can, none is
    /// worth a copy of its play.
    private func mayMove(_ index: Int, _ plan: PlayPlan, _ place: Int) -> Bool {
        switch state.conclusions.plays[place].steps[index].state {
        case .pending: plan.steps[index].after.allSatisfy { state.conclusions.plays[place].steps[$0].isSettled }
        case .ready: true
        case .done: plan.steps[index].step.repeatEvery != nil
        case .skipped: false
        }
    }
}

extension StepInstance {
    var isSettled: Bool { state == .done || state == .skipped }
}

// MARK: - Steps

extension Turn {
    func frame(_ plan: PlayPlan) -> TimeFrame {
        programme.frame(plan.calendar, zone: zone)
    }

    private mutating func open(_ index: Int, _ plan: PlayPlan, _ play: PlayInstance) {
        let step = plan.steps[index]
        if step.step.window.opensAfter != nil {
            guard let opens = opens(index, plan, play), opens <= now else { return }
        }
        switch holds(step.when, play: play) {
        case .unknown: return
        case .no: decide(.play(.stepSkipped(number: play.number, step: index, reason: "condition is false")))
        case .yes: ready(index, plan, play, attempt: 1)
        }
    }

    private mutating func ready(_ index: Int, _ plan: PlayPlan, _ play: PlayInstance, attempt: Int32) {
        let due = due(index, plan, play, readyAt: now)
        decide(.play(.stepReady(number: play.number, step: index, attempt: attempt, due: due)))
        act(index, plan, play, attempt: attempt)
    }

    private mutating func complete(_ index: Int, _ plan: PlayPlan, _ play: PlayInstance) {
        let step = plan.steps[index].step
        let instance = play.steps[index]
        var evidence: [String] = []
        if let doneWhen = plan.steps[index].doneWhen {
            guard case .yes = holds(doneWhen, play: play) else { return }
            evidence.append(doneWhen.condition.source)
        }
        if step.signOff != nil {
            guard let signOff = instance.signOff else { return }
            evidence.append("signed off by \(signOff.by)")
        }
        if evidence.isEmpty {
            guard instance.tasks.allSatisfy({ $0 != nil }) else { return }
            evidence.append(instance.tasks.isEmpty ? "nothing to wait for" : "all tasks done")
        }
        decide(.play(.stepDone(number: play.number, step: index, evidence: evidence.joined(separator: "; "))))
    }

    /// A due instant follows its anchor: another step's completion, or a date of the account that was changed.
    private mutating func retarget(_ index: Int, _ plan: PlayPlan, _ play: PlayInstance) {
        guard play.paused == nil, case .account = plan.steps[index].step.window.anchor,
            let readyAt = play.steps[index].readyAt
        else { return }
        let due = due(index, plan, play, readyAt: readyAt)
        if due != play.steps[index].due { decide(.play(.stepDue(number: play.number, step: index, due))) }
    }

    private mutating func escalate(_ index: Int, _ plan: PlayPlan, _ play: PlayInstance) {
        let instance = play.steps[index]
        guard instance.state == .ready, let due = instance.due else { return }
        let ladder = plan.steps[index].step.overdue
        let next = Int(instance.escalations)
        guard ladder.indices.contains(next), frame(plan).adding(ladder[next].after, to: due) <= now else { return }
        decide(.play(.stepEscalated(number: play.number, step: index, escalation: next)))
        queue(
            ladder[next].template, to: ladder[next].to, action: "overdue\(next)", index, plan, play,
            attempt: instance.attempt)
    }

    private mutating func reopen(_ index: Int, _ plan: PlayPlan, _ play: PlayInstance) {
        guard let next = nextRepeat(index, plan, play), next <= now else { return }
        ready(index, plan, play, attempt: play.steps[index].attempt + 1)
    }

    private func nextRepeat(_ index: Int, _ plan: PlayPlan, _ play: PlayInstance) -> Instant? {
        let step = plan.steps[index].step
        let instance = play.steps[index]
        guard instance.state == .done, let every = step.repeatEvery, let readyAt = instance.readyAt,
            step.repeatCount.map({ Int(instance.attempt) < $0 }) ?? true
        else { return nil }
        return frame(plan).adding(every, to: readyAt)
    }

    // MARK: Windows

    private func anchor(_ index: Int, _ plan: PlayPlan, _ play: PlayInstance, readyAt: Instant?) -> Instant? {
        switch plan.steps[index].step.window.anchor {
        case .start: play.started + play.pausedMilliseconds
        case .ready: readyAt ?? mayOpenSince(index, plan, play)
        case .step(let id): plan.stepIndex[id].flatMap { play.steps[$0].settledAt }
        case .account(let field): accountAnchor(field)
        }
    }

    /// When the last of the steps before it was settled; nil while one is not.
    private func mayOpenSince(_ index: Int, _ plan: PlayPlan, _ play: PlayInstance) -> Instant? {
        var since = play.started
        for earlier in plan.steps[index].after {
            guard let settled = play.steps[earlier].settledAt else { return nil }
            since = max(since, settled)
        }
        return since
    }

    private func accountAnchor(_ field: String) -> Instant? {
        guard let text = observations.profile[field]?.string else { return nil }
        return Day(text: text).map { zone.instant(day: $0) } ?? (try? Instant.parse(rfc3339: text).get())
    }

    private func opens(_ index: Int, _ plan: PlayPlan, _ play: PlayInstance) -> Instant? {
        guard let opensAfter = plan.steps[index].step.window.opensAfter,
            let anchor = anchor(index, plan, play, readyAt: nil)
        else { return nil }
        return frame(plan).adding(opensAfter, to: anchor)
    }

    private func due(_ index: Int, _ plan: PlayPlan, _ play: PlayInstance, readyAt: Instant) -> Instant? {
        guard let dueAfter = plan.steps[index].step.window.dueAfter,
            let anchor = anchor(index, plan, play, readyAt: readyAt)
        else { return nil }
        return frame(plan).adding(dueAfter, to: anchor)
    }

    func playTimers(_ body: (Instant) -> Void) {
        // By place: of the many that have ended none is copied.
        for place in state.conclusions.plays.indices {
            guard state.conclusions.plays[place].isRunning, state.conclusions.plays[place].paused == nil else { continue }
            let play = state.conclusions.plays[place]
            guard let plan = programme.playPlan(of: play) else { continue }
            for index in plan.steps.indices where play.steps.indices.contains(index) {
                if let timer = timer(index, plan, play) { body(timer) }
            }
        }
    }

    /// When a play that may start only once in so long may start again, of those that something could start.
    func reentryTimers(_ body: (Instant) -> Void) {
        for (index, span) in programme.dependencies.reentries where couldStart(index) {
            let plan = programme.plays[index]
            guard let place = state.conclusions.placeOfLastRun(of: plan.play.id) else { continue }
            guard !state.conclusions.plays[place].isRunning else { continue }
            body(frame(plan).adding(span, to: state.conclusions.plays[place].started))
        }
    }

    /// Whether a signal that starts it is open, or it needs none.
    private func couldStart(_ index: Int) -> Bool {
        let signals = programme.dependencies.starts[index].signals
        return signals.isEmpty || signals.contains { state.conclusions.signal(programme.signals[$0].signal.id)?.isOpen ?? false }
    }

    private func timer(_ index: Int, _ plan: PlayPlan, _ play: PlayInstance) -> Instant? {
        let instance = play.steps[index]
        switch instance.state {
        case .pending: return opens(index, plan, play)
        case .ready:
            let ladder = plan.steps[index].step.overdue
            let next = Int(instance.escalations)
            guard let due = instance.due, ladder.indices.contains(next) else { return instance.due }
            return frame(plan).adding(ladder[next].after, to: due)
        case .done: return nextRepeat(index, plan, play)
        case .skipped: return nil
        }
    }
}
