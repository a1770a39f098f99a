/// Working hours by weekday and the holidays on which nobody works, in one zone. Business time is the overlap of wall
/// time with these hours.
package struct BusinessCalendar: Hashable, Sendable {
    /// A stretch of one local day in minutes since midnight, `opens` included and `closes` not.
    package struct Hours: Hashable, Sendable {
        package var opens: Int
        package var closes: Int

        package init(opens: Int, closes: Int) {
            self.opens = opens
            self.closes = closes
        }

        /// Reads `09:00-17:30`, in whatever order the two stand; nil for anything else.
        package init?(text: Substring) {
            let ends = text.split(separator: "-", omittingEmptySubsequences: false)
            guard ends.count == 2, let opens = minutesOfDay(ends[0]), let closes = minutesOfDay(ends[1]) else { return nil }
            self.init(opens: opens, closes: closes)
        }
    }

    package var id: String
    /// nil: the account's own zone.
    package var zone: String?
    /// Index 0 is Monday; an empty list is a day off.
    package var week: [[Hours]]
    package var holidays: Set<Day>

    package init(id: String, zone: String?, week: [[Hours]], holidays: Set<Day>) {
        self.id = id
        self.zone = zone
        self.week = week
        self.holidays = holidays
    }

    package func isBusinessDay(_ day: Day) -> Bool {
        !week[day.weekday].isEmpty && !holidays.contains(day)
    }

    private func hours(on day: Day) -> [Hours] { holidays.contains(day) ? [] : week[day.weekday] }
}

/// Longest search for an open day; a calendar without any open hour gives its start back.
private let searchDaysMax: Int32 = 3_700

extension BusinessCalendar {
    /// `start` itself when it lies in business hours, else the next opening.
    package func rolledForward(_ start: Instant, zone: ZoneRules) -> Instant {
        var day = zone.day(at: start)
        let limit = day + searchDaysMax
        while day < limit {
            for stretch in hours(on: day) {
                let closes = zone.instant(day: day, millisecondsOfDay: Int64(stretch.closes) * Milliseconds.minute)
                if start < closes {
                    return max(
                        start,
                        zone.instant(day: day, millisecondsOfDay: Int64(stretch.opens) * Milliseconds.minute))
                }
            }
            day = day + 1
        }
        return start
    }

    /// The instant at which `milliseconds` of business time have passed since `start`.
    package func adding(businessMilliseconds milliseconds: Int64, to start: Instant, zone: ZoneRules) -> Instant {
        var left = milliseconds
        var cursor = rolledForward(start, zone: zone)
        var day = zone.day(at: cursor)
        let limit = day + searchDaysMax
        while day < limit {
            for stretch in hours(on: day) {
                let opens = zone.instant(day: day, millisecondsOfDay: Int64(stretch.opens) * Milliseconds.minute)
                let closes = zone.instant(day: day, millisecondsOfDay: Int64(stretch.closes) * Milliseconds.minute)
                let from = max(opens, cursor)
                guard from < closes else { continue }
                if closes - from >= left { return from + left }
                left -= closes - from
                cursor = closes
            }
            day = day + 1
        }
        return cursor
    }

    /// How much business time lies between two instants.
    package func businessMilliseconds(in range: Range<Instant>, zone: ZoneRules) -> Int64 {
        var day = zone.day(at: range.lowerBound)
        let last = min(zone.day(at: range.upperBound), day + searchDaysMax)
        var milliseconds: Int64 = 0
        while day <= last {
            for stretch in hours(on: day) {
                let opens = zone.instant(day: day, millisecondsOfDay: Int64(stretch.opens) * Milliseconds.minute)
                let closes = zone.instant(day: day, millisecondsOfDay: Int64(stretch.closes) * Milliseconds.minute)
                milliseconds += max(0, min(closes, range.upperBound) - max(opens, range.lowerBound))
            }
            day = day + 1
        }
        return milliseconds
    }

    /// The same wall time `count` business days later; a start outside hours first rolls to the next opening.
    package func adding(businessDays count: Int32, to start: Instant, zone: ZoneRules) -> Instant {
        let from = rolledForward(start, zone: zone)
        let ofDay = zone.millisecondsOfDay(at: from)
        var day = zone.day(at: from)
        var left = abs(count)
        let step: Int32 = count < 0 ? -1 : 1
        var searched: Int32 = 0
        while left > 0, searched < searchDaysMax {
            day = day + step
            searched += 1
            if isBusinessDay(day) { left -= 1 }
        }
        return zone.instant(day: day, millisecondsOfDay: ofDay)
    }
}

/// What a span is measured by: the zone whose wall clock counts, and the working hours where it asks for them.
package struct TimeFrame: Sendable {
    package var zone: ZoneRules
    package var calendar: BusinessCalendar?
    package var calendarZone: ZoneRules

    package init(zone: ZoneRules, calendar: BusinessCalendar?, calendarZone: ZoneRules) {
        self.zone = zone
        self.calendar = calendar
        self.calendarZone = calendarZone
    }

    /// `start` moved by `span`: hours and minutes by the clock of the world, days, weeks and months by the wall clock,
    /// business units by the calendar (calendar days and hours where none is declared).
    package func adding(_ span: Span, to start: Instant) -> Instant {
        switch span.unit {
        case .minutes, .hours: start + (span.fixedMilliseconds ?? 0)
        case .days: shifted(start) { $0 + span.count }
        case .weeks: shifted(start) { $0 + span.count * 7 }
        case .months: shifted(start) { $0.adding(months: Int(span.count)) }
        case .businessHours:
            calendar?.adding(
                businessMilliseconds: Int64(span.count) * Milliseconds.hour, to: start, zone: calendarZone)
                ?? start + Int64(span.count) * Milliseconds.hour
        case .businessDays:
            calendar?.adding(businessDays: span.count, to: start, zone: calendarZone)
                ?? shifted(start) { $0 + span.count }
        }
    }

    /// What ends a span, moved by a wait: by as much business time as lies in the wait where the span is counted in that.
    package func postponing(_ end: Instant, by wait: Range<Instant>, of span: Span) -> Instant {
        guard let calendar, span.unit.isBusiness else { return end + (wait.upperBound - wait.lowerBound) }
        let milliseconds = calendar.businessMilliseconds(in: wait, zone: calendarZone)
        return milliseconds == 0 ? end : calendar.adding(businessMilliseconds: milliseconds, to: end, zone: calendarZone)
    }

    private func shifted(_ start: Instant, by move: (Day) -> Day) -> Instant {
        zone.instant(day: move(zone.day(at: start)), millisecondsOfDay: zone.millisecondsOfDay(at: start))
    }
}
