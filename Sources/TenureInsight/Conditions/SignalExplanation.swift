package import TenureCore
package import TenureEngine
import TenureProgramme

/// Why a signal is open, or why it is not.
package struct SignalExplanation: Hashable, Sendable {
    package enum Standing: Hashable, Sendable {
        case open(since: Instant)
        /// The condition holds, but not for long enough.
        case waitingForDwell(until: Instant)
        case coolingDown(until: Instant)
        case snoozed(until: Instant)
        /// A person said that it was wrong; nil: for as long as it would have stayed open.
        case falseAlarm(until: Instant?)
        /// The condition cannot be decided: it neither raises nor clears.
        case held(since: Instant?)
        /// It holds, but was seen in imported history only.
        case withheld
        case conditionFails
        /// It holds and is raised by the next turn.
        case due
    }

    package let id: String
    package let title: String
    package let standing: Standing
    package let condition: ConditionExplanation
}

extension Snapshot {
    /// nil: the programme has no such signal.
    package func explain(signal id: String) -> SignalExplanation? {
        guard let plan = programme.signals.first(where: { $0.signal.id == id }) else { return nil }
        let condition = ConditionExplanation(plan.when, self)
        return SignalExplanation(
            id: id, title: plan.signal.title, standing: standing(plan.signal, condition.truth),
            condition: condition)
    }

    private func standing(_ signal: Signal, _ truth: ConditionExplanation.Truth) -> SignalExplanation.Standing
    {
        let known = conclusions.signal(signal.id)
        if let since = known?.openSince { return .open(since: since) }
        if let known, known.isHeldFalse(at: now) { return .falseAlarm(until: known.falseAlarm?.until) }
        switch truth {
        case .unknown: return .held(since: known?.heldSince)
        case .fails: return .conditionFails
        case .holds: return waiting(signal, known)
        }
    }

    /// In the order in which the engine asks.
    private func waiting(_ signal: Signal, _ known: SignalState?) -> SignalExplanation.Standing {
        let frame = programme.frame(calendar: nil, zone: zone)
        if let dwell = signal.dwell {
            let ends = frame.adding(dwell, to: known?.holdingSince ?? now)
            if now < ends { return .waitingForDwell(until: ends) }
        }
        if let cooldown = signal.cooldown, let last = known?.lastRaised {
            let ends = frame.adding(cooldown, to: last)
            if now < ends { return .coolingDown(until: ends) }
        }
        if let until = known?.snoozedUntil, now < until { return .snoozed(until: until) }
        return known?.isWithheld == true ? .withheld : .due
    }
}
