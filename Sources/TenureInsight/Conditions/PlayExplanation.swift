package import TenureCore
package import TenureEngine
import TenureProgramme

/// Why a play runs at an account, or why it does not.
package struct PlayExplanation: Hashable, Sendable {
    package enum Standing: Hashable, Sendable {
        case running(number: Int32, cause: String)
        /// Nothing is started behind the import fence.
        case notLive
        /// It ran, and may run only once.
        case neverAgain
        case waitingForReentry(until: Instant)
        /// None of its signals is open.
        case noSignal
        /// The signal that is open has started it already.
        case alreadyAnswered
        case snoozed(until: Instant)
        /// Its own condition is false or unknown.
        case conditionMissing
        /// Only a person starts it.
        case byHandOnly
        /// It starts with the next turn, or the next day.
        case due
    }

    package let id: String
    package let title: String
    package let standing: Standing
    /// Each signal that would start it.
    package let signals: [SignalExplanation]
    package let condition: ConditionExplanation?
}

extension Snapshot {
    /// nil: the programme has no such play.
    package func explain(play id: String) -> PlayExplanation? {
        guard let plan = programme.playPlan(id) else { return nil }
        let condition = plan.when.map { ConditionExplanation($0, self) }
        return PlayExplanation(
            id: id, title: plan.play.title, standing: standing(plan.play, condition?.truth),
            signals: plan.play.startsOn.compactMap { explain(signal: $0) }, condition: condition)
    }

    private func standing(_ play: Play, _ truth: ConditionExplanation.Truth?) -> PlayExplanation.Standing {
        let last = conclusions.lastRun(of: play.id)
        if let last, last.isRunning { return .running(number: last.number, cause: last.cause) }
        guard workspace.isLive else { return .notLive }
        if let last, let barred = barred(play, last) { return barred }
        if play.startsOn.isEmpty, truth == nil { return .byHandOnly }
        if !play.startsOn.isEmpty, let missing = missingSignal(play, last) { return missing }
        switch truth {
        case .holds?, nil: return .due
        case .fails?, .unknown?: return .conditionMissing
        }
    }

    private func barred(_ play: Play, _ last: PlayInstance) -> PlayExplanation.Standing? {
        switch play.reentry {
        case .never: return .neverAgain
        case .afterExit: return nil
        case .after(let span):
            let until = programme.frame(calendar: play.calendar, zone: zone).adding(span, to: last.started)
            return now < until ? .waitingForReentry(until: until) : nil
        }
    }

    /// nil: one of its signals would start it now.
    private func missingSignal(_ play: Play, _ last: PlayInstance?) -> PlayExplanation.Standing? {
        var reason = PlayExplanation.Standing.noSignal
        for id in play.startsOn {
            guard let known = conclusions.signal(id), let open = known.openSince else { continue }
            if let until = known.snoozedUntil, now < until {
                reason = .snoozed(until: until)
            } else if isNew(open, play, last) {
                return nil
            } else {
                reason = .alreadyAnswered
            }
        }
        return reason
    }

    private func isNew(_ open: Instant, _ play: Play, _ last: PlayInstance?) -> Bool {
        guard let last else { return true }
        if case .after = play.reentry { return true }
        return open > last.started
    }
}
