package import TenureCore
package import TenureEngine
package import TenureProgramme

/// A signal of which there is something to say at an account: it is open, or a person's word or imported history keeps it
/// closed.
package struct AccountSignal: Sendable {
    package let signal: Signal
    package let state: SignalState

    /// nil: it is closed, and nothing holds it.
    init?(_ signal: Signal, _ state: SignalState?) {
        guard let state, state.isOpen || state.isWithheld || state.snoozedUntil != nil || state.falseAlarm != nil else { return nil }
        self.signal = signal
        self.state = state
    }

    package var isOpen: Bool { state.isOpen }
    /// Since when it is open, or was.
    package var since: Instant? { state.openSince ?? state.falseAlarm?.openedAt }

    /// Somebody said that they look after it, or that it can wait, and that still holds.
    package func isAttended(at now: Instant) -> Bool { state.isSnoozed(at: now) || state.isAcknowledged(at: now) }

    /// It asks for somebody, and nobody attends to it.
    package func isWaiting(at now: Instant) -> Bool { isOpen && signal.isRisk && !isAttended(at: now) }
}
