package import TenureCore

/// A block of the log as far as one account is concerned.
package struct AccountBlock: Hashable, Sendable {
    package let position: UInt64
    /// When it was recorded.
    package let now: Instant
    /// This account's, in log order.
    package let facts: [Fact]

    package init(position: UInt64, now: Instant, facts: [Fact]) {
        self.position = position
        self.now = now
        self.facts = facts
    }
}

/// When and where in the log one of an account's days was closed.
package struct DayClose: Hashable, Sendable {
    package let day: Day
    /// Local midnight after it.
    package let at: Instant
    /// Of the block with which it was closed; nil: not kept.
    package let position: UInt64?

    package init(day: Day, at: Instant, position: UInt64?) {
        self.day = day
        self.at = at
        self.position = position
    }
}
