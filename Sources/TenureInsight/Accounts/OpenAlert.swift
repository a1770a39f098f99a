package import TenureCore
import TenureEngine
package import TenureProgramme

/// A signal that is open at an account, and what people did about it.
package struct OpenAlert: Sendable {
    package let signal: Signal
    package let since: Instant
    package let acknowledgedBy: String?
    package let acknowledgedUntil: Instant?
    package let snoozedUntil: Instant?

    /// nil: it is not open.
    init?(_ signal: Signal, _ state: SignalState?) {
        guard let state, let since = state.openSince else { return nil }
        self.signal = signal
        self.since = since
        acknowledgedBy = state.acknowledgedBy
        acknowledgedUntil = state.acknowledgedUntil
        snoozedUntil = state.snoozedUntil
    }

    /// Somebody said that they look after it, or that it can wait, and that still holds.
    package func isAttended(at now: Instant) -> Bool {
        if let snoozedUntil, snoozedUntil > now { return true }
        return acknowledgedBy != nil && acknowledgedUntil.map { $0 > now } ?? true
    }
}
