import Synchronization
import TenureCore

/// The wall clock of a run, which may be wrong.
final class SwarmClock: Sendable {
    /// Of the next reading, and of all that follow.
    private let instants: Mutex<(next: Instant, then: Instant)>

    init(_ start: Instant) { instants = Mutex((start, start)) }

    var now: Instant {
        instants.withLock { instants in
            defer { instants.next = instants.then }
            return instants.next
        }
    }

    func pass(_ milliseconds: Int64) { set(now + milliseconds) }
    func set(_ now: Instant) { instants.withLock { $0 = (now, now) } }

    /// Another reading is as the last one, those behind it are of the end.
    func run(to end: Instant) { instants.withLock { $0.then = end } }
}
