package import TenureCore

/// An instant of an account's past, with what was known then.
package struct Moment: Hashable, Sendable {
    package let instant: Instant
    /// A day is closed before the facts of its midnight are taken.
    private let isClosing: Bool

    /// After all that was recorded up to then.
    package init(_ instant: Instant) {
        self.instant = instant
        isClosing = false
    }

    /// When the day was closed.
    package init(endOf day: Day, in zone: ZoneRules) {
        instant = zone.instant(day: day + 1)
        isClosing = true
    }

    /// Imported history counts as known when it occurred.
    func knows(_ fact: Fact) -> Bool {
        let learned = fact.flags.contains(.fenced) ? fact.occurred : fact.recorded
        return isClosing ? learned < instant : learned <= instant
    }
}
