import Synchronization
import TenureCore

/// The wall clock of a run, which may be wrong.
final class SwarmClock: Sendable {
    private let instant: Mutex<Instant>

    init(_ start: Instant) { instant = Mutex(start) }

    var now: Instant { instant.withLock { $0 } }
    func pass(_ milliseconds: Int64) { instant.withLock { $0 = $0 + milliseconds } }
}
