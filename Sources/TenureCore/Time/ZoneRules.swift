/// The offsets of one time zone as a value: recorded transitions, then a yearly rule for the years after them.
/// Handed to the pure targets by the shell, so that an operating system's update never changes a replay.
package struct ZoneRules: Hashable, Sendable {
    package struct Transition: Hashable, Sendable {
        package var atSeconds: Int64
        package var offsetSeconds: Int32

        package init(atSeconds: Int64, offsetSeconds: Int32) {
            self.atSeconds = atSeconds
            self.offsetSeconds = offsetSeconds
        }
    }

    package var name: String
    package var firstOffsetSeconds: Int32
    package var transitions: [Transition]

    package init(name: String, firstOffsetSeconds: Int32, transitions: [Transition]) {
        self.name = name
        self.firstOffsetSeconds = firstOffsetSeconds
        self.transitions = transitions
    }

    package static let utc = ZoneRules(name: "UTC", firstOffsetSeconds: 0, transitions: [])

    /// Seconds east of UTC in force at `instant`.
    package func offsetSeconds(at instant: Instant) -> Int32 {
        let seconds = instant.seconds
        let next = transitions.indices.firstPlace { transitions[$0].atSeconds > seconds }
        return next == 0 ? firstOffsetSeconds : transitions[next - 1].offsetSeconds
    }

    /// The local calendar day at `instant`.
    package func day(at instant: Instant) -> Day {
        Day(number: Int32(truncatingIfNeeded: floorDivide(localMilliseconds(at: instant), Milliseconds.day)))
    }

    /// Milliseconds since local midnight at `instant`, by the wall clock.
    package func millisecondsOfDay(at instant: Instant) -> Int64 {
        let local = localMilliseconds(at: instant)
        return local - floorDivide(local, Milliseconds.day) * Milliseconds.day
    }

    private func localMilliseconds(at instant: Instant) -> Int64 {
        instant.milliseconds &+ Int64(offsetSeconds(at: instant)) * 1000
    }

    /// The instant at which the wall clock shows `day` and `ofDay`. In a gap: the first valid instant after it; in a
    /// fold: the first of the two.
    package func instant(day: Day, millisecondsOfDay ofDay: Int64 = 0) -> Instant {
        let local = Int64(day.number) * Milliseconds.day + ofDay
        let before = offsetSeconds(at: Instant(milliseconds: local - Milliseconds.day))
        let early = Instant(milliseconds: local - Int64(before) * 1000)
        if offsetSeconds(at: early) == before { return early }
        let after = offsetSeconds(at: Instant(milliseconds: local + Milliseconds.day))
        let late = Instant(milliseconds: local - Int64(after) * 1000)
        if offsetSeconds(at: late) == after { return late }
        return transition(after: late) ?? early
    }

    private func transition(after instant: Instant) -> Instant? {
        transitions.first { $0.atSeconds * 1000 > instant.milliseconds }
            .map { Instant(milliseconds: $0.atSeconds * 1000) }
    }
}
