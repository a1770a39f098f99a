import TenureCore

/// What the same work would have found had it gone to accounts picked by chance: the line that alerts must beat.
package struct RandomPick: Sendable {
    /// How many of the judged lost accounts would be flagged in time if alerts were dealt out among all accounts at
    /// random, each with the days on which it stood.
    package var flagged: Double
    /// Share of the watched account days with a settled future that a notice followed, within the horizon and not too
    /// late: how often an alert on a random account and day is right.
    package var precision: Double?

    package init(_ tally: AlertTally, _ accounts: [WatchedAccount], _ terms: VerdictTerms) {
        flagged = tally.judged.reduce(0) { $0 + Self.chance(of: $1, tally, accounts, terms) }
        precision = Self.baseRate(accounts, terms)
    }

    /// Share of the accounts under watch in the lost one's weeks, itself among them, at which an alert stood then.
    private static func chance(
        of lost: LostAccount, _ tally: AlertTally, _ accounts: [WatchedAccount], _ terms: VerdictTerms
    ) -> Double {
        let whole = terms.window(before: lost.notice)
        let window = max(whole.lowerBound, lost.account.days.lowerBound)...whole.upperBound
        var watched = 0
        var standing = 0
        for (account, episodes) in zip(accounts, tally.episodes)
        where account.days.lowerBound <= window.lowerBound && account.days.upperBound >= window.upperBound {
            watched += 1
            if episodes.contains(where: { $0.stood(on: whole) }) { standing += 1 }
        }
        return watched == 0 ? 0 : Double(standing) / Double(watched)
    }

    private static func baseRate(_ accounts: [WatchedAccount], _ terms: VerdictTerms) -> Double? {
        var positive = 0
        var settled = 0
        for account in accounts {
            settled += settledDays(account, terms)
            guard let notice = account.notice else { continue }
            let right = notice + -terms.horizon...notice + -terms.tooLate
            if right.overlaps(account.days) { positive += right.clamped(to: account.days).count }
        }
        return settled == 0 ? nil : Double(positive) / Double(settled)
    }

    /// Of an account that stays, days whose horizon ends after the watch tell nothing yet.
    private static func settledDays(_ account: WatchedAccount, _ terms: VerdictTerms) -> Int {
        guard account.notice == nil else { return account.days.count }
        let last = min(account.days.upperBound, terms.watch.upperBound + -terms.horizon)
        return max(0, Int(last - account.days.lowerBound) + 1)
    }
}
