import TenureCore

/// How much work a set of alerts would have made.
package struct AlertLoad: Sendable {
    package var alerts: Int
    /// Alerts that opened in each week from the first watched day on; the last week may be short.
    package var byWeek: [Int]
    package var weeks: Double
    /// Interval of the alerts a week, drawn by account.
    package var perWeekRange: ClosedRange<Double>?
    /// Owners of the watched accounts; 0: the files name none.
    package var owners: Int
    /// Accounts on whose page an alert stood, on an average day of the watch.
    package var standingMean: Double
    package var accountsMean: Double

    package var perWeek: Double { Double(alerts) / weeks }
    package var perOwnerWeek: Double? { owners == 0 ? nil : perWeek / Double(owners) }

    package init(_ tally: AlertTally, _ accounts: [WatchedAccount], _ terms: VerdictTerms) {
        alerts = tally.opened
        weeks = Double(terms.watchDays) / 7
        byWeek = Self.byWeek(tally, terms)
        owners = Self.owners(accounts)
        let counted = tally.episodes.map { own in Double(own.count { $0.fate != .standing }) }
        let share = weeks / Double(max(1, accounts.count))
        perWeekRange = Bootstrap.ratio(counted, accounts.map { _ in share })
        var standing = 0
        for (account, own) in zip(accounts, tally.episodes) {
            standing += own.reduce(0) { $0 + Self.common($1.days, account.days) }
        }
        standingMean = Double(standing) / Double(terms.watchDays)
        accountsMean = Double(accounts.reduce(0) { $0 + $1.days.count }) / Double(terms.watchDays)
    }

    private static func common(_ left: ClosedRange<Day>, _ right: ClosedRange<Day>) -> Int {
        left.overlaps(right) ? left.clamped(to: right).count : 0
    }

    private static func byWeek(_ tally: AlertTally, _ terms: VerdictTerms) -> [Int] {
        var weeks = Array(repeating: 0, count: (terms.watchDays + 6) / 7)
        for episode in tally.episodes.joined() where episode.fate != .standing {
            let week = Int(episode.opened - terms.watch.lowerBound) / 7
            if weeks.indices.contains(week) { weeks[week] += 1 }
        }
        return weeks
    }

    private static func owners(_ accounts: [WatchedAccount]) -> Int {
        var names: Set<ID<VerdictOwner>> = []
        for account in accounts { if let owner = account.owner { names.insert(ID(owner)) } }
        return names.count
    }
}

/// Kind of the names of owners.
private enum VerdictOwner {}
