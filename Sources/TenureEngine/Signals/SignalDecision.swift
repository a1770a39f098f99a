package import TenureCore

package enum SignalDecision: Hashable, Sendable {
    /// The condition began to hold (nil: stopped) and waits for its dwell.
    case holding(signal: String, since: Instant?)
    /// The condition cannot be decided any more, or can again.
    case held(signal: String, since: Instant?)
    case raised(signal: String)
    case cleared(signal: String)
    /// Would have been raised, but was seen behind the import fence.
    case withheld(signal: String)
    case acknowledged(signal: String, by: String, until: Instant?)
    case snoozed(signal: String, by: String, until: Instant)
    /// Closed by a person's word; until nil, for as long as it would have stayed open.
    case markedFalse(signal: String, by: String, reason: String, until: Instant?)
    case confirmed(signal: String, by: String, reason: String)
    case takenBack(signal: String, by: String, SignalTreatment)

    var kind: String {
        switch self {
        case .holding: "signalHolding"
        case .held: "signalHeld"
        case .raised: "signalRaised"
        case .cleared: "signalCleared"
        case .withheld: "signalWithheld"
        case .acknowledged: "signalAcknowledged"
        case .snoozed: "signalSnoozed"
        case .markedFalse: "signalMarkedFalse"
        case .confirmed: "signalConfirmed"
        case .takenBack: "signalTakenBack"
        }
    }

    package var signal: String {
        switch self {
        case .holding(let signal, _), .held(let signal, _), .raised(let signal), .cleared(let signal),
            .withheld(let signal), .acknowledged(let signal, _, _), .snoozed(let signal, _, _),
            .markedFalse(let signal, _, _, _), .confirmed(let signal, _, _), .takenBack(let signal, _, _):
            signal
        }
    }

    func apply(to conclusions: inout Conclusions, at: Instant) {
        let (index, isFound) = conclusions.place(ofSignal: signal)
        if !isFound { conclusions.signals.insert(SignalState(signal: signal), at: index) }
        apply(to: &conclusions.signals[index], at: at)
    }

    private func apply(to state: inout SignalState, at: Instant) {
        switch self {
        case .holding(_, let since): state.holdingSince = since
        case .held(_, let since): state.heldSince = since
        case .raised:
            state.openSince = at
            state.lastRaised = at
            state.isWithheld = false
            state.raisedCount += 1
            state.acknowledgedBy = nil
            state.acknowledgedUntil = nil
            state.falseAlarm = nil
            state.confirmedBy = nil
        case .cleared:
            state.openSince = nil
            state.holdingSince = nil
            state.isWithheld = false
            state.falseAlarm = nil
        case .withheld: state.isWithheld = true
        case .acknowledged(_, let by, let until):
            state.acknowledgedBy = by
            state.acknowledgedUntil = until
        case .snoozed(_, let by, let until):
            state.snoozedBy = by
            state.snoozedUntil = until
        case .markedFalse(_, let by, let reason, let until): state.mark(falseBy: by, reason, at: at, until: until)
        case .confirmed(_, let by, _): state.confirmedBy = by
        case .takenBack(_, _, let treatment): state.takeBack(treatment)
        }
    }
}
