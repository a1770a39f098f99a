package import TenureCore
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
    ///   - episodes: of any signals, in the order in which they were raised.
    ///   - days: how long ago an episode may have ended.
    ///   - notices: when accounts said that they leave, ascending; those that never did are not in it.
    package init(
        _ signal: Signal, _ episodes: [SignalEpisode], days: Int64, now: Instant, notices: [AccountID: [Instant]]
    ) {
        let ended = Self.ended(signal, episodes, days: days, now: now)
        let judged = ended.filter { $0.judgement != nil }
        self.signal = signal
        self.ended = ended.count
        self.judged = .wilson(judged.count { $0.judgement == .right }, of: judged.count)
        followed = signal.isRisk ? Self.followed(ended, now, notices) : nil
    }

    /// Those of the signal that ended in the last days.
    package static func ended(
        _ signal: Signal, _ episodes: [SignalEpisode], days: Int64, now: Instant
    ) -> [SignalEpisode] {
        let since = now + -days * Milliseconds.day
        return episodes.filter { episode in
            isSame(episode.signal, signal.id) && episode.ended.map { $0 >= since && $0 <= now } ?? false
        }
    }

    private static func followed(
        _ episodes: [SignalEpisode], _ now: Instant, _ notices: [AccountID: [Instant]]
    ) -> Estimate {
        let settled = episodes.filter { $0.raised + horizonDays * Milliseconds.day <= now }
        let hits = settled.count { episode in
            let window = episode.raised + tooLateDays * Milliseconds.day...episode.raised + horizonDays * Milliseconds.day
            return notices[episode.account]?.contains { window.contains($0) } ?? false
        }
        return .wilson(hits, of: settled.count)
    }
}

extension Estimate {
    /// nil: too few to say.
    package func value(ofAtLeast count: Int) -> Double? { whole < count ? nil : value }
}
