import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme

/// An open signal, why it is open, and what to do.
struct SignalView: Sendable {
    let signal: Signal
    let state: SignalState
    let why: ConditionExplanation

    /// Most urgent first.
    static func open(_ snapshot: Snapshot) -> [SignalView] {
        snapshot.programme.signals.compactMap { plan in
            guard let state = snapshot.conclusions.signal(plan.signal.id), state.isOpen else { return nil }
            return SignalView(
                signal: plan.signal, state: state, why: ConditionExplanation(plan.when, snapshot))
        }.sorted { $0.signal.severity.rank < $1.signal.severity.rank }
    }

    var document: JSON {
        [
            "id": .string(signal.id), "title": .string(signal.title),
            "severity": .string(signal.severity.rawValue),
            "since": JSON(state.openSince?.text), "held_since": JSON(state.heldSince?.text),
            "acknowledged_by": JSON(state.acknowledgedBy), "confirmed_by": JSON(state.confirmedBy),
            "snoozed_until": JSON(state.snoozedUntil?.text), "description": .string(signal.description),
            "impact": .string(signal.impact), "mitigation": .string(signal.mitigation),
            "actions": .array(signal.actions.map { .string($0) }), "why": why.document,
        ]
    }
}
