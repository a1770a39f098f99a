import TenureCore
import TenureStore

extension House {
    /// That a clock may be put back without ending what it has begun.
    static let clockMilliseconds: Int64 = Milliseconds.hour

    /// Whether what was to last so long still does. What would last longer was begun by a clock that was ahead, and is over:
    /// a clock that was wrong for a moment makes nothing immortal.
    static func holds(until expires: Instant, of milliseconds: Int64, at now: Instant) -> Bool {
        #if DEBUG
            if PlantedBug.immortalSessions.isChosen { return now < expires }
        #endif
        return now < expires && expires <= now + (milliseconds + clockMilliseconds)
    }

    static func holds(_ session: Session, at now: Instant) -> Bool {
        holds(until: session.expires, of: sessionMilliseconds, at: now)
    }
}
