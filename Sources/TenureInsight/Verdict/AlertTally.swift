import TenureCore

/// What a set of rules would have alerted at, over all accounts.
package struct AlertTally: Sendable {
    /// By account, in their order.
    package let episodes: [[AlertEpisode]]
    /// Accounts that gave notice, in the accounts' order.
    package let lost: [LostAccount]

    package init(_ accounts: [WatchedAccount], rules: [Int], _ terms: VerdictTerms) {
        self.init(accounts, episodes: accounts.map { $0.episodes(of: rules, terms) }, terms)
    }

    /// - Parameter episodes: by account, each one's oldest first.
    init(_ accounts: [WatchedAccount], episodes: [[AlertEpisode]], _ terms: VerdictTerms) {
        self.episodes = episodes
        lost = zip(accounts, episodes).compactMap { $0.loss($1, terms) }
    }

    package func alerts(_ fate: AlertEpisode.Fate) -> Int {
        episodes.reduce(0) { sum, own in sum + own.count { $0.fate == fate } }
    }

    package func losses(_ outcome: LostAccount.Outcome) -> Int { lost.count { $0.outcome == outcome } }

    /// Alerts that opened during the watch.
    package var opened: Int { episodes.reduce(0) { sum, own in sum + own.count { $0.fate != .standing } } }
    package var judged: [LostAccount] { lost.filter { $0.outcome != .notJudged } }

    /// Of the lost accounts that could have been flagged in time, those that were.
    package var flagged: Estimate { .wilson(losses(.inTime), of: judged.count) }

    /// Of the alerts whose horizon has passed or ended in a notice, those that a notice followed; over alerts, whose
    /// interval is drawn by account.
    package var precision: Estimate {
        let hits = episodes.map { own in Double(own.count { $0.fate == .hit }) }
        let settled = episodes.map { own in Double(own.count { $0.fate.isSettled }) }
        let whole = Int(settled.reduce(0, +))
        var estimate = Estimate(part: Int(hits.reduce(0, +)), whole: whole, low: 0, high: 1)
        guard let drawn = Bootstrap.ratio(hits, settled) else { return estimate }
        estimate.low = drawn.lowerBound
        estimate.high = drawn.upperBound
        return estimate
    }

    /// Of the accounts with a settled alert, those with a hit.
    package var accountPrecision: Estimate {
        let settled = episodes.filter { own in own.contains { $0.fate.isSettled } }
        return .wilson(settled.count { own in own.contains { $0.fate == .hit } }, of: settled.count)
    }

    /// Of the judged lost accounts, those with an alert that opened within the horizon and not too late.
    package func recall(_ accounts: [WatchedAccount]) -> Estimate {
        let judged = Set(judged.map(\.account.id))
        let hit = zip(accounts, episodes).count { account, own in
            judged.contains(account.id) && own.contains { $0.fate == .hit }
        }
        return .wilson(hit, of: judged.count)
    }

    /// Days from the alert to the notice of those that were flagged, ascending.
    package var leads: [Int] { lost.compactMap(\.leadDays).sorted() }

    package var medianLead: Double? {
        let leads = leads
        guard !leads.isEmpty else { return nil }
        return Double(leads[(leads.count - 1) / 2] + leads[leads.count / 2]) / 2
    }
}

extension AlertEpisode.Fate {
    /// Whether it is known what the alert was worth.
    package var isSettled: Bool {
        switch self {
        case .hit, .tooLate, .falseAlarm: true
        case .standing, .pending: false
        }
    }
}
