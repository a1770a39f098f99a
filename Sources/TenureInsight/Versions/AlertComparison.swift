package import TenureCore
package import TenureEngine
package import TenureProgramme

/// An account whose past is compared under two versions.
package struct ComparedAccount: Sendable {
    package let account: AccountID
    /// The vendor's own id.
    package let name: String
    /// Annual recurring revenue; nil: nobody told.
    package let arr: Double?
    package let zone: ZoneRules
    /// nil: since before anything that is known.
    package let created: Instant?
    /// When it gave notice within the window.
    package let notice: Instant?
    package let recorded: Course
    package let replayed: Course

    package init(
        _ account: AccountID, name: String, arr: Double?, zone: ZoneRules, created: Instant?, notice: Instant?,
        recorded: Course, replayed: Course
    ) {
        self.account = account
        self.name = name
        self.arr = arr
        self.zone = zone
        self.created = created
        self.notice = notice
        self.recorded = recorded
        self.replayed = replayed
    }
}

/// The alerts of two versions over the same past: what each would have cost and brought, and what became of each alert.
///
/// An alert is an episode of one risk signal: from the day it is raised to the last on which it is open. When it is raised
/// again within the signal's cooldown of that day (14 days where it declares none) it is the same alert.
package struct AlertComparison: Sendable {
    package let accounts: [ComparedAccount]
    package let recorded: VersionAlerts
    package let replayed: VersionAlerts
    /// By account.
    private let matches: [EpisodeMatch]

    /// - Parameters:
    ///   - old: signals of the version that ran; those that are risks count.
    ///   - window: the past that was lived through again.
    package init(_ accounts: [ComparedAccount], old: [Signal], new: [Signal], window: Range<Instant>) {
        let ordered = accounts.sorted { $0.account < $1.account }
        self.accounts = ordered
        recorded = VersionAlerts(ordered, old, window, \.recorded)
        replayed = VersionAlerts(ordered, new, window, \.replayed)
        matches = zip(recorded.alerts, replayed.alerts).map { EpisodeMatch($0, $1) }
    }

    /// How many of the recorded alerts are of a class.
    package func recorded(_ wanted: EpisodeClass) -> Int {
        zip(recorded.alerts, matches).reduce(0) { $0 + Self.count(wanted, $1.0, $1.1.recorded) }
    }

    /// How many of the other version's are.
    package func replayed(_ wanted: EpisodeClass) -> Int {
        zip(replayed.alerts, matches).reduce(0) { $0 + Self.count(wanted, $1.0, $1.1.replayed) }
    }

    private static func count(_ wanted: EpisodeClass, _ alerts: [SignalAlert], _ classes: [EpisodeClass]) -> Int {
        zip(alerts, classes).count { !$0.isStanding && $1 == wanted }
    }

    /// Accounts with alerts that there are no more, those that gave notice first, then the largest.
    package var lost: [(account: ComparedAccount, alerts: [SignalAlert])] {
        listed(recorded.alerts, matches.map(\.recorded), .lost)
    }

    /// Accounts with alerts that there were not, in the same order.
    package var gained: [(account: ComparedAccount, alerts: [SignalAlert])] {
        listed(replayed.alerts, matches.map(\.replayed), .gained)
    }

    private func listed(
        _ alerts: [[SignalAlert]], _ classes: [[EpisodeClass]], _ wanted: EpisodeClass
    ) -> [(account: ComparedAccount, alerts: [SignalAlert])] {
        let listed = accounts.indices.compactMap { index -> (account: ComparedAccount, alerts: [SignalAlert])? in
            let found = zip(alerts[index], classes[index]).filter { !$0.isStanding && $1 == wanted }.map(\.0)
            return found.isEmpty ? nil : (accounts[index], found)
        }
        return listed.sorted { left, right in
            let (a, b) = (left.account, right.account)
            if (a.notice == nil) != (b.notice == nil) { return a.notice != nil }
            let (larger, smaller) = (a.arr ?? 0, b.arr ?? 0)
            return larger != smaller ? larger > smaller : a.account < b.account
        }
    }

    // MARK: Differences

    /// By how much the share of right alerts moves, drawn by account; nil: on one side there is none to judge.
    package var precisionChange: ShareChange? { ShareChange(recorded.precisionParts, replayed.precisionParts) }

    /// By how much the share of customers moves that were warned in time.
    package var recallChange: ShareChange? { ShareChange(recorded.recallParts, replayed.recallParts) }
}

/// The difference of two shares, with the interval in which the true one lies in 95 of 100 such cases.
package struct ShareChange: Hashable, Sendable {
    package let change: Double
    /// nil: too few to tell.
    package let range: ClosedRange<Double>?

    init?(_ old: [AccountShare], _ new: [AccountShare]) {
        let columns = [old.map(\.part), old.map(\.whole), new.map(\.part), new.map(\.whole)]
        guard let change = Self.difference(columns.map { $0.reduce(0, +) }) else { return nil }
        self.change = change
        range = Bootstrap.interval(columns, Self.difference)
    }

    private static func difference(_ sums: [Double]) -> Double? {
        sums[1] > 0 && sums[3] > 0 ? sums[2] / sums[3] - sums[0] / sums[1] : nil
    }
}

/// What one account adds to a share.
struct AccountShare {
    var part: Double
    var whole: Double
}
