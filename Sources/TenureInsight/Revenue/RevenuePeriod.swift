package import TenureCore

/// From the close of one day to the close of another, in the days of the programme's own zone: books have one calendar.
package struct RevenuePeriod: Hashable, Sendable {
    /// The cohort is what paid when this day closed.
    package let from: Day
    package let to: Day
    package let zone: ZoneRules
    /// The first instants that belong to neither day any more.
    package let start: Instant
    package let end: Instant

    /// Longer ones are no period of a report.
    package static let daysMax: Int32 = 3_660

    /// nil: the days are in the wrong order, or too far apart.
    package init?(from: Day, to: Day, zone: ZoneRules) {
        guard from < to, Int64(to.number) - Int64(from.number) <= Int64(Self.daysMax) else { return nil }
        self.from = from
        self.to = to
        self.zone = zone
        start = zone.instant(day: from + 1)
        end = zone.instant(day: to + 1)
    }

    /// The twelve months up to a day.
    package static func year(to day: Day, zone: ZoneRules) -> RevenuePeriod? {
        RevenuePeriod(from: day.adding(months: -12), to: day, zone: zone)
    }
}
