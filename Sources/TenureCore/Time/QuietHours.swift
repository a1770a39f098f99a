/// A stretch of every local day, in minutes since midnight; one that ends before it begins goes over midnight.
package struct QuietHours: Hashable, Sendable {
    private let from: Int
    private let until: Int

    /// Reads `20:00-08:00`; nil for anything else, and for a whole day or nothing of it.
    package init?(text: String) {
        guard let hours = BusinessCalendar.Hours(text: text[...]), hours.opens < 1440,
            hours.opens != hours.closes % 1440
        else { return nil }
        from = hours.opens
        until = hours.closes
    }

    package var text: String { clockText(from) + "-" + clockText(until) }

    /// When the stretch that `instant` lies in is over, which is later than `instant`; nil: it lies in none.
    package func end(at instant: Instant, zone: ZoneRules) -> Instant? {
        let ofDay = zone.millisecondsOfDay(at: instant)
        let (from, until) = (Int64(from) * Milliseconds.minute, Int64(until) * Milliseconds.minute)
        let isEvening = until < from && ofDay >= from
        guard isEvening || (until < from ? 0 : from) <= ofDay && ofDay < until else { return nil }
        let end = zone.instant(day: zone.day(at: instant) + (isEvening ? 1 : 0), millisecondsOfDay: until)
        // In an hour that the clock shows twice the first end may be over: the second is meant.
        return end > instant ? end : instant + (until - ofDay)
    }
}

/// Minutes since midnight that `09:30` names, `24:00` included; nil for anything else.
package func minutesOfDay(_ text: Substring) -> Int? {
    let bytes = Array(text.utf8)
    guard bytes.count == 5, bytes[2] == 0x3A, let hour = digits(bytes[0..<2]), let minute = digits(bytes[3..<5]),
        minute < 60, hour * 60 + minute <= 1440
    else { return nil }
    return hour * 60 + minute
}

/// `09:30`
package func clockText(_ minutes: Int) -> String { padded(minutes / 60, 2) + ":" + padded(minutes % 60, 2) }

extension ZoneRules {
    /// `2026-03-09 09:30`, by the wall clock.
    package func text(at instant: Instant) -> String {
        day(at: instant).text + " " + clockText(Int(millisecondsOfDay(at: instant) / Milliseconds.minute))
    }
}
