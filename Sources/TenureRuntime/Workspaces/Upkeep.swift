package import TenureCore

/// When a workspace is tidied: once a day of the wall clock, at the first moment of the day at which nobody waits.
package struct Upkeep: Hashable, Sendable {
    private var day: Day

    /// A start counts as tidied: opening has just put the store in order.
    package init(started: Instant) { day = ZoneRules.utc.day(at: started) }

    /// A clock that was put back makes nothing due.
    package func isDue(_ now: Instant) -> Bool { ZoneRules.utc.day(at: now) > day }

    package mutating func note(_ now: Instant) { day = max(day, ZoneRules.utc.day(at: now)) }
}
