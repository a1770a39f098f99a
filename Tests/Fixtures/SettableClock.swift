import Synchronization
package import TenureCore

/// The machine's clock, as a test or a simulated world sets it.
package final class SettableClock: Sendable {
    /// Of the next reading, and of all that follow.
    private let instants: Mutex<(next: Instant, then: Instant)>

    package init(_ start: Instant) { instants = Mutex((start, start)) }

    package var now: Instant {
        instants.withLock { instants in
            defer { instants.next = instants.then }
            return instants.next
        }
    }

    package func set(_ now: Instant) { instants.withLock { $0 = (now, now) } }
    package func pass(_ milliseconds: Int64) { set(now + milliseconds) }

    /// Another reading is as the last one, those behind it are of the end.
    package func run(to end: Instant) { instants.withLock { $0.then = end } }
}
