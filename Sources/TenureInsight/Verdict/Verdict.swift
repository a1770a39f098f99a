import TenureCore

/// How a programme would have done on a past that is over: what it would have flagged, what it would have missed, and
/// at what work.
package struct Verdict: Sendable {
    package let terms: VerdictTerms
    package let rules: [AlertRule]
    /// In byte order of their ids.
    package let accounts: [WatchedAccount]
    package let tally: AlertTally
    /// Of the tally; drawn by chance many times over, so that it is asked once.
    package let precision: Estimate
    package let load: AlertLoad
    package let random: RandomPick
    package let shares: [RuleShare]

    package init(_ accounts: [WatchedAccount], rules: [AlertRule], _ terms: VerdictTerms) {
        let ordered = accounts.sorted { precedes($0.id, $1.id) }
        self.terms = terms
        self.rules = rules
        self.accounts = ordered
        tally = AlertTally(ordered, rules: rules.indices.filter { rules[$0].isCounted }, terms)
        precision = tally.precision
        load = AlertLoad(tally, ordered, terms)
        random = RandomPick(tally, ordered, terms)
        shares = RuleShare.all(rules, ordered, terms)
    }

    /// How many times as many lost accounts were flagged in time as a random pick of the same work would have flagged.
    package var flaggedLift: Double? {
        random.flagged > 0 ? Double(tally.losses(.inTime)) / random.flagged : nil
    }

    /// How many times as often an alert was right as one on a random account and day.
    package var precisionLift: Double? {
        guard let base = random.precision, base > 0, let precision = precision.value else { return nil }
        return precision / base
    }

    /// Lost accounts that no alert flagged in time, the largest first.
    package var unflagged: [LostAccount] {
        tally.judged.filter { $0.outcome != .inTime }.sorted { left, right in
            let (larger, smaller) = (left.account.arr ?? 0, right.account.arr ?? 0)
            return larger != smaller ? larger > smaller : precedes(left.account.id, right.account.id)
        }
    }

    /// Yearly revenue of the judged lost accounts, and of those flagged in time; nil: the files name none.
    package var arrAtStake: (flagged: Double, lost: Double)? {
        let judged = tally.judged
        guard judged.contains(where: { $0.account.arr != nil }) else { return nil }
        let flagged = judged.filter { $0.outcome == .inTime }
        return (
            flagged.reduce(0) { $0 + ($1.account.arr ?? 0) }, judged.reduce(0) { $0 + ($1.account.arr ?? 0) }
        )
    }

    /// Of the settled alerts' yearly revenue, the share at which a notice followed.
    package var arrPrecision: Double? {
        var right = 0.0
        var whole = 0.0
        for (account, own) in zip(accounts, tally.episodes) {
            right += (account.arr ?? 0) * Double(own.count { $0.fate == .hit })
            whole += (account.arr ?? 0) * Double(own.count { $0.fate.isSettled })
        }
        return whole > 0 ? right / whole : nil
    }

    /// Alerts that know this well who leaves have usually been told: five lost accounts or more, all flagged, and hardly
    /// a false alarm.
    package var isTooGood: Bool {
        guard tally.judged.count >= 5, let precision = precision.value else { return false }
        return tally.losses(.inTime) == tally.judged.count && precision >= 0.95
    }
}
