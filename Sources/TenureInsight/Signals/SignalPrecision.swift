import TenureCore
package import TenureProgramme

/// How often a signal was right, over the episodes that ended within some days.
package struct SignalPrecision: Sendable {
    package let signal: Signal
    /// Episodes that ended.
    package let ended: Int
    /// Of those that somebody judged, the ones that were right.
    package let judged: Estimate
    /// Of those raised at least the horizon ago, the ones that a notice followed in time; nil: good news is not followed
    /// by a notice.
    package let followed: Estimate?

    /// Fewer say nothing: the share is unknown then.
    package static let countMin = 10
    /// A notice must follow within so many days, and not sooner than `tooLateDays`: as a verdict counts.
    package static let horizonDays: Int64 = 90
    package static let tooLateDays: Int64 = 7

    package var right: Int { judged.part }
    package var falseAlarms: Int { judged.whole - judged.part }
    package var unjudged: Int { ended - judged.whole }

    /// - Parameters:
    ///   - episodes: of the signal.
    ///   - days: how long ago an episode may have ended.
    ///   - notices: by the number of the account: when it said that it leaves.
    init(_ signal: Signal, _ episodes: [SignalEpisodes.Entry], days: Int64, now: Instant, notices: [[Instant]]) {
        let window = Self.window(days, now)
        var tally = Tally()
        for episode in episodes {
            guard let ended = episode.ended, window.contains(ended) else { continue }
            tally.count(episode, now, notices[episode.account])
        }
        self.signal = signal
        ended = tally.ended
        judged = .wilson(tally.right, of: tally.judged)
        followed = signal.isRisk ? .wilson(tally.followed, of: tally.settled) : nil
    }

    /// When an episode of the last days ended.
    static func window(_ days: Int64, _ now: Instant) -> ClosedRange<Instant> {
        min(now, now + -days * Milliseconds.day)...now
    }

    private struct Tally {
        private(set) var (ended, judged, right, settled, followed) = (0, 0, 0, 0, 0)

        mutating func count(_ episode: SignalEpisodes.Entry, _ now: Instant, _ notices: [Instant]) {
            ended += 1
            if episode.judgement != nil { judged += 1 }
            if episode.judgement == .right { right += 1 }
            let horizon = episode.raised + horizonDays * Milliseconds.day
            guard horizon <= now else { return }
            settled += 1
            let first = episode.raised + tooLateDays * Milliseconds.day
            if notices.contains(where: { $0 >= first && $0 <= horizon }) { followed += 1 }
        }
    }
}

extension Estimate {
    /// nil: too few to say.
    package func value(ofAtLeast count: Int) -> Double? { whole < count ? nil : value }
}
