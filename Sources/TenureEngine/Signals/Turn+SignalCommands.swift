import TenureCore

/// What people say of signals; each is checked against the state as it is, and refused with a reason.
extension Turn {
    /// Days that a command may name.
    private static let days: ClosedRange<Int64> = 1...366

    mutating func takeSignalCommand(_ fact: Fact) {
        guard let id = fact.data["signal"]?.string, programme.signalIndex[id] != nil else {
            return refuse(fact, .noSuchSignal)
        }
        switch fact.type {
        case FactType.signalAcknowledged: decide(.signal(.acknowledged(signal: id, by: by(fact), until: until(fact))))
        case FactType.signalSnoozed: snooze(id, fact)
        case FactType.signalMarkedFalse: markFalse(id, fact)
        case FactType.signalConfirmed: confirm(id, fact)
        default: takeBack(id, fact)
        }
    }

    private func reason(_ fact: Fact) -> String { fact.data["reason"]?.string ?? "" }

    private func until(_ fact: Fact) -> Instant? {
        guard let days = fact.data["days"]?.int, Self.days.contains(days) else { return nil }
        return now + days * Milliseconds.day
    }

    private mutating func snooze(_ id: String, _ fact: Fact) {
        guard let until = until(fact) else { return refuse(fact, .malformed) }
        decide(.signal(.snoozed(signal: id, by: by(fact), until: until)))
    }

    /// A judgement is about the signal that is open, or about the last one that was.
    private func judged(_ id: String) -> SignalState? {
        state.conclusions.signal(id).flatMap { $0.lastRaised == nil ? nil : $0 }
    }

    private mutating func markFalse(_ id: String, _ fact: Fact) {
        guard let known = judged(id) else { return refuse(fact, .neverRaised) }
        guard !known.isHeldFalse(at: now) else { return refuse(fact, .alreadyDone) }
        decide(.signal(.markedFalse(signal: id, by: by(fact), reason: reason(fact), until: until(fact))))
        if fact.data["keep_plays"]?.bool != true { endPlays(of: known) }
    }

    /// What a false alarm set going is called off, unless somebody wants it to go on.
    private mutating func endPlays(of signal: SignalState) {
        guard let raised = signal.lastRaised else { return }
        let cause = "signal:" + signal.signal
        for play in state.conclusions.plays
        where play.isRunning && isSame(play.cause, cause) && play.started >= raised {
            end(play, PlayInstance.falseAlarm)
        }
    }

    private mutating func confirm(_ id: String, _ fact: Fact) {
        guard let known = judged(id) else { return refuse(fact, .neverRaised) }
        guard known.confirmedBy == nil, !known.isHeldFalse(at: now) else { return refuse(fact, .alreadyDone) }
        decide(.signal(.confirmed(signal: id, by: by(fact), reason: reason(fact))))
    }

    private mutating func takeBack(_ id: String, _ fact: Fact) {
        guard let treatment = fact.data["what"]?.string.flatMap(SignalTreatment.init(rawValue:)) else {
            return refuse(fact, .malformed)
        }
        guard state.conclusions.signal(id)?.stands(treatment, at: now) == true else {
            return refuse(fact, .nothingToTakeBack)
        }
        decide(.signal(.takenBack(signal: id, by: by(fact), treatment)))
    }
}
