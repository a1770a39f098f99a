import TenureCore
package import TenureProgramme

/// Whether a play may start at an account now, by its own rules. It starts by itself only then; a person may start it
/// against them, or ask that they are heeded.
extension Snapshot {
    /// Why a start that heeds the play's rules is refused at this instant; nil: it is not.
    package func refusal(toStart plan: PlayPlan) -> Refusal.Reason? {
        guard !workspace.isFenced(at: now) else { return .notLive }
        let last = conclusions.lastRun(of: plan.play.id)
        if last?.isRunning == true { return .alreadyRunning }
        let frame = programme.frame(plan.calendar, zone: zone)
        guard plan.mayReenter(after: last, at: now, frame) else { return .mayNotReenter }
        guard meets(plan) else { return .conditionMissing }
        return standingExit(of: plan) == nil ? nil : .wouldEndAtOnce
    }

    /// Beside a signal a condition narrows the play to some accounts. Alone it says when the play starts by itself, and a
    /// person who starts it stands in its place.
    private func meets(_ plan: PlayPlan) -> Bool { plan.startsOn.isEmpty || holds(plan.when) == .yes }

    /// The exit that would end the play in the turn that starts it.
    package func standingExit(of plan: PlayPlan) -> PlayExit? {
        plan.exits.firstIndex { holds($0) == .yes }.map { plan.play.exits[$0] }
    }
}

extension PlayPlan {
    func mayReenter(after last: PlayInstance?, at now: Instant, _ frame: TimeFrame) -> Bool {
        guard let last else { return true }
        switch play.reentry {
        case .never: return false
        case .afterExit: return true
        case .after(let span): return now >= frame.adding(span, to: last.started)
        }
    }
}
