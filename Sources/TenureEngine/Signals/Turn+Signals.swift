import TenureCore
import TenureProgramme

extension Turn {
    mutating func concludeSignals() {
        for index in programme.signals.indices where !isSettled(index) { conclude(programme.signals[index]) }
    }

    /// Most are, most of the time: what they read has not changed, and nothing follows.
    private mutating func isSettled(_ index: Int) -> Bool {
        let (condition, clearsItself) = programme.dependencies.signals[index]
        guard let truth = known(condition) else { return false }
        guard let place = place(ofSignal: index) else { return truth != .yes }
        return state.conclusions.signals[place].isSettled(truth, clearsItself: clearsItself, at: now)
    }

    private func known(_ plan: SignalPlan) -> SignalState {
        state.conclusions.signal(plan.signal.id) ?? SignalState(signal: plan.signal.id)
    }

    private mutating func conclude(_ plan: SignalPlan) {
        let truth = holds(plan.when)
        let known = known(plan)
        if known.isOpen || known.isHeldFalse(at: now) {
            concludeOpen(plan, known, truth)
        } else {
            concludeClosed(plan, known, truth)
        }
    }

    /// What would clear it ends a false alarm too: from then on the condition may raise it again.
    private mutating func concludeOpen(_ plan: SignalPlan, _ known: SignalState, _ truth: Truth) {
        let clears = plan.clear.map { holds($0) } ?? truth.negated
        switch clears {
        case .yes: decide(.signal(.cleared(signal: plan.signal.id)))
        case .no: endHold(known)
        case .unknown: hold(known)
        }
    }

    private mutating func concludeClosed(_ plan: SignalPlan, _ known: SignalState, _ truth: Truth) {
        let id = plan.signal.id
        switch truth {
        case .unknown:
            if known.holdingSince != nil { hold(known) }
        case .no:
            endHold(known)
            if known.holdingSince != nil { decide(.signal(.holding(signal: id, since: nil))) }
            if known.isWithheld || known.falseAlarm != nil { decide(.signal(.cleared(signal: id))) }
        case .yes:
            endHold(known)
            raise(plan, self.known(plan))
        }
    }

    private mutating func raise(_ plan: SignalPlan, _ known: SignalState) {
        let id = plan.signal.id
        if let dwell = plan.signal.dwell {
            guard now >= frame.adding(dwell, to: known.holdingSince ?? now) else {
                if known.holdingSince == nil { decide(.signal(.holding(signal: id, since: now))) }
                return
            }
        }
        if let ends = cooldownEnds(plan, known), now < ends { return }
        if let until = known.snoozedUntil, now < until { return }
        if known.isWithheld { return }
        if isFenced {
            decide(.signal(.withheld(signal: id)))
        } else {
            decide(.signal(.raised(signal: id)))
        }
    }

    private var frame: TimeFrame { programme.frame(calendar: nil, zone: snapshot.zone) }

    private func cooldownEnds(_ plan: SignalPlan, _ known: SignalState) -> Instant? {
        guard let cooldown = plan.signal.cooldown, let last = known.lastRaised else { return nil }
        return frame.adding(cooldown, to: last)
    }

    private mutating func hold(_ known: SignalState) {
        if known.heldSince == nil { decide(.signal(.held(signal: known.signal, since: now))) }
    }

    /// The dwell clock goes on where it stood.
    private mutating func endHold(_ known: SignalState) {
        guard let held = known.heldSince else { return }
        decide(.signal(.held(signal: known.signal, since: nil)))
        if let since = known.holdingSince {
            decide(.signal(.holding(signal: known.signal, since: since + (now - held))))
        }
    }

    func signalTimers(_ body: (Instant) -> Void) {
        let frame = programme.frame(calendar: nil, zone: zone)
        for known in state.conclusions.signals {
            guard let index = programme.signalIndex[known.signal] else { continue }
            // Of an open one too: what it did not start while it was snoozed, it starts then.
            if let until = known.snoozedUntil { body(until) }
            guard !known.isOpen else { continue }
            let plan = programme.signals[index]
            if let until = known.falseAlarm?.until { body(until) }
            if let since = known.holdingSince, let dwell = plan.signal.dwell { body(frame.adding(dwell, to: since)) }
            if let last = known.lastRaised, let cooldown = plan.signal.cooldown {
                body(frame.adding(cooldown, to: last))
            }
        }
    }
}

extension SignalState {
    /// Whether nothing follows: it is open (or kept closed by a false alarm) and holds, or is closed, waits for nothing and does not hold.
    fileprivate func isSettled(_ truth: Truth, clearsItself: Bool, at now: Instant) -> Bool {
        guard heldSince == nil else { return false }
        switch truth {
        case .yes: return (isOpen || isHeldFalse(at: now)) && clearsItself
        case .no: return !isOpen && holdingSince == nil && !isWithheld && falseAlarm == nil
        case .unknown: return false
        }
    }
}

extension Truth {
    var negated: Truth {
        switch self {
        case .yes: .no
        case .no: .yes
        case .unknown: .unknown
        }
    }
}
