package import TenureCore

/// An account that gave notice during the watch, and whether an alert stood before.
package struct LostAccount: Sendable {
    package enum Outcome: String, Hashable, Sendable, CaseIterable {
        /// An alert stood at least the lead before the notice.
        case inTime = "in_time"
        /// One stood later, but not too late.
        case late
        /// One stood in the last days only.
        case tooLate = "too_late"
        case missed
        /// It was not watched long enough before its notice for an alert to be in time.
        case notJudged = "not_judged"
    }

    package var account: WatchedAccount
    package var notice: Day
    package var outcome: Outcome
    /// The alert that flagged it first, of those that stood near enough to the notice.
    package var flaggedBy: AlertEpisode?

    /// Days from the opening of that alert to the notice; nil: none came in time or late.
    package var leadDays: Int? {
        switch outcome {
        case .inTime, .late: flaggedBy.map { Int(notice - $0.opened) }
        case .tooLate, .missed, .notJudged: nil
        }
    }
}

extension WatchedAccount {
    /// What a set of alerts did for the account; nil when it gave no notice.
    func loss(_ episodes: [AlertEpisode], _ terms: VerdictTerms) -> LostAccount? {
        guard let notice else { return nil }
        let window = terms.window(before: notice)
        var lost = LostAccount(account: self, notice: notice, outcome: .notJudged, flaggedBy: nil)
        guard days.lowerBound <= window.upperBound else { return lost }
        let near = window.lowerBound...max(days.upperBound, window.upperBound)
        lost.flaggedBy = episodes.first { $0.stood(on: near) }
        lost.outcome = outcome(lost.flaggedBy, notice, window, terms)
        return lost
    }

    private func outcome(
        _ episode: AlertEpisode?, _ notice: Day, _ window: ClosedRange<Day>, _ terms: VerdictTerms
    ) -> LostAccount.Outcome {
        guard let episode else { return .missed }
        if episode.opened <= window.upperBound { return .inTime }
        return notice - episode.opened >= terms.tooLate ? .late : .tooLate
    }
}
