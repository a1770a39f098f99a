import TenureCore
import TenureEngine
import TenureProgramme

/// The alerts of one version over a past, with what became of the accounts: what they cost, and whom they warned.
package struct VersionAlerts: Sendable {
    /// By account, oldest first.
    package let alerts: [[SignalAlert]]
    private let watched: [WatchedAccount]
    private let tally: AlertTally
    private let terms: VerdictTerms

    init(
        _ accounts: [ComparedAccount], _ signals: [Signal], _ window: Range<Instant>, _ course: KeyPath<ComparedAccount, Course>
    ) {
        let risks = signals.filter(\.isRisk)
        let utc = ZoneRules.utc
        let terms = VerdictTerms(watch: utc.day(at: window.lowerBound)...utc.day(at: window.upperBound))
        let watched = accounts.map { $0.watched($0[keyPath: course], risks, window) }
        let episodes = watched.map { $0.episodes(of: risks, terms) }
        self.terms = terms
        self.watched = watched
        tally = AlertTally(watched, episodes: episodes, terms)
        alerts = episodes.map { own in
            own.map { SignalAlert(signal: risks[$0.rules[0]].id, days: $0.days, isStanding: $0.fate == .standing) }
        }
    }

    /// Alerts that opened within the window.
    package var opened: Int { tally.opened }
    package var accountsAlerted: Int { alerts.count { own in own.contains { !$0.isStanding } } }

    /// Alerts at accounts that gave no notice.
    package func opened(withoutNotice accounts: [ComparedAccount]) -> Int {
        zip(accounts, alerts).reduce(0) { $0 + ($1.0.notice == nil ? $1.1.count { !$0.isStanding } : 0) }
    }

    /// Alerts of which it is not known yet what they are worth: they opened less than the horizon ago.
    package var pending: Int { opened - tally.episodes.joined().count(where: isFollowed) }

    /// Of the alerts that were followed for the whole horizon, those that a notice followed within it.
    package var precision: Estimate {
        let shares = precisionParts
        let (parts, wholes) = (shares.map(\.part), shares.map(\.whole))
        var estimate = Estimate(parts, of: wholes)
        guard let drawn = Bootstrap.ratio(parts, wholes) else { return estimate }
        estimate.low = drawn.lowerBound
        estimate.high = drawn.upperBound
        return estimate
    }

    /// Customers who gave notice within the window.
    package var notices: Int { tally.lost.count }
    /// Of those that were watched long enough before, the ones at which an alert stood in time.
    package var warnedInTime: Estimate { tally.flagged }
    /// The same, with alerts up to the day before the notice.
    package var warned: Estimate { .wilson(tally.judged.count { $0.outcome != .missed }, of: tally.judged.count) }

    /// An alert whose notice came early has the whole horizon all the same: those that wait for theirs had no less chance.
    private func isFollowed(_ episode: AlertEpisode) -> Bool {
        episode.fate != .standing && terms.watch.upperBound - episode.opened >= terms.horizon
    }

    var precisionParts: [AccountShare] {
        tally.episodes.map { own in
            let followed = own.filter(isFollowed)
            return AccountShare(part: Double(followed.count { $0.fate == .hit }), whole: Double(followed.count))
        }
    }

    var recallParts: [AccountShare] {
        let judged = Dictionary(tally.judged.map { (ID<VersionAlerts>($0.account.id), $0) }, uniquingKeysWith: { $1 })
        return watched.map { account in
            guard let lost = judged[ID(account.id)] else { return AccountShare(part: 0, whole: 0) }
            return AccountShare(part: lost.outcome == .inTime ? 1 : 0, whole: 1)
        }
    }
}

extension Estimate {
    /// A share without an interval of its own yet.
    fileprivate init(_ parts: [Double], of wholes: [Double]) {
        self.init(part: Int(parts.reduce(0, +)), whole: Int(wholes.reduce(0, +)), low: 0, high: 1)
    }
}

extension WatchedAccount {
    /// Alerts of each signal by itself, oldest first.
    fileprivate func episodes(of risks: [Signal], _ terms: VerdictTerms) -> [AlertEpisode] {
        let all = risks.indices.flatMap { index in
            var own = terms
            own.coolDown = risks[index].cooldown?.roughDays ?? terms.coolDown
            return episodes(of: [index], own)
        }
        return all.sorted { ($0.opened, $0.rules[0]) < ($1.opened, $1.rules[0]) }
    }
}

extension Span {
    /// Its length in days, rounded up; business days as if there were no holidays.
    fileprivate var roughDays: Int32 {
        let days: Int64 =
            switch unit {
            case .minutes, .hours, .days, .weeks: ((fixedMilliseconds ?? 0) + Milliseconds.day - 1) / Milliseconds.day
            case .months: Int64(count) * 31
            case .businessHours: (Int64(count) + 7) / 8
            case .businessDays: (Int64(count) * 7 + 4) / 5
            }
        return Int32(clamping: max(0, days))
    }
}

extension ComparedAccount {
    /// The account as a verdict watches it: until the day before its notice, in its own days.
    fileprivate func watched(_ course: Course, _ risks: [Signal], _ window: Range<Instant>) -> WatchedAccount {
        let start = zone.day(at: max(window.lowerBound, created ?? window.lowerBound))
        let noticeDay = notice.map { zone.day(at: $0) }
        let end = noticeDay.map { $0 + -1 } ?? zone.day(at: window.upperBound)
        let stretches = OpenDays(course.signalTurns, standing: course.standing, zone, before: start, until: max(start, end))
        return WatchedAccount(
            id: account.text, name: name, owner: nil, arr: arr, days: start...max(start, end), notice: noticeDay, reason: "",
            open: risks.map { stretches[$0.id] }, course: ScoreCourse(firstDay: start, scores: [], coverages: [], unknown: []))
    }
}
