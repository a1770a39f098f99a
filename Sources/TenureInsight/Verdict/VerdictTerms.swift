package import TenureCore

/// What a verdict counts by, in whole days. An account's days are its own local ones.
package struct VerdictTerms: Hashable, Sendable {
    /// Alerts and notices of these days are counted. Nothing is known of what came after them.
    package var watch: ClosedRange<Day>
    /// An alert is right when a notice follows within so many days of its opening.
    package var horizon: Int32
    /// A lost account is flagged in time when an alert stood so many days before its notice, or earlier.
    package var lead: Int32
    /// An alert that opens fewer days than this before the notice comes too late.
    package var tooLate: Int32
    /// An alert that opens again within so many days of the last day on which it stood is still the same one.
    package var coolDown: Int32
    /// Days from the first that is known, after which windows of four weeks and the four weeks before them are full.
    package static let warmUpDays: Int32 = 56

    package init(
        watch: ClosedRange<Day>, horizon: Int32 = 90, lead: Int32 = 60, tooLate: Int32 = 7,
        coolDown: Int32 = 14
    ) {
        self.watch = watch
        self.horizon = horizon
        self.lead = lead
        self.tooLate = tooLate
        self.coolDown = coolDown
    }

    package var watchDays: Int { Int(watch.upperBound - watch.lowerBound) + 1 }

    /// The days of which one must have seen an alert standing, for a notice on that day to have been flagged in time.
    func window(before notice: Day) -> ClosedRange<Day> { notice + -max(horizon, lead)...notice + -lead }
}

/// One thing that can alert: a signal, or a band of the score.
package struct AlertRule: Hashable, Sendable {
    /// A signal's id, or `band:` and a band's.
    package var id: String
    package var title: String
    /// Whether its alerts are among those that are counted.
    package var isCounted: Bool

    package init(id: String, title: String, isCounted: Bool) {
        self.id = id
        self.title = title
        self.isCounted = isCounted
    }
}

/// One account as the replay saw it, with what became of it.
package struct WatchedAccount: Sendable {
    /// The vendor's own id.
    package var id: String
    package var name: String
    package var owner: String?
    /// Annual recurring revenue; nil: the files do not say.
    package var arr: Double?
    /// Days on which it was a customer under watch: until the day before its notice was known, or the end.
    package var days: ClosedRange<Day>
    /// When it gave notice, if it did while it was watched or on the day after.
    package var notice: Day?
    package var reason: String
    /// Days on which each rule stood open, by the verdict's rules; the days before the watch included.
    package var open: [[ClosedRange<Day>]]
    package var course: ScoreCourse

    package init(
        id: String, name: String, owner: String?, arr: Double?, days: ClosedRange<Day>, notice: Day?,
        reason: String,
        open: [[ClosedRange<Day>]], course: ScoreCourse
    ) {
        self.id = id
        self.name = name
        self.owner = owner
        self.arr = arr
        self.days = days
        self.notice = notice
        self.reason = reason
        self.open = open
        self.course = course
    }
}

/// What an account's score did, day by day.
package struct ScoreCourse: Sendable {
    package var firstDay: Day
    /// -1: there was no score.
    package var scores: [Int16]
    /// Percent of the model's weight that was known.
    package var coverages: [Int8]
    /// Days on which each part of the score was unknown, by its title.
    package var unknown: [(title: String, days: [ClosedRange<Day>])]

    package init(
        firstDay: Day, scores: [Int16], coverages: [Int8],
        unknown: [(title: String, days: [ClosedRange<Day>])]
    ) {
        self.firstDay = firstDay
        self.scores = scores
        self.coverages = coverages
        self.unknown = unknown
    }

    /// The score at the end of a day; nil: none, or the day is outside.
    package func score(on day: Day) -> Int? {
        let index = Int(day - firstDay)
        guard scores.indices.contains(index), scores[index] >= 0 else { return nil }
        return Int(scores[index])
    }

    package func coverage(on day: Day) -> Int? {
        let index = Int(day - firstDay)
        return coverages.indices.contains(index) ? Int(coverages[index]) : nil
    }
}

extension ClosedRange<Day> {
    var count: Int { Int(upperBound - lowerBound) + 1 }
}
