import TenureCore
import TenureFixtures
import Testing

/// Deadlines across weekends and clock changes.
@Suite struct BusinessTimeTests {
    private static func frame(
        _ zone: String, from opens: Int, to closes: Int, holidays: Set<Day> = []
    ) throws -> TimeFrame {
        let rules = try #require(zones[zone])
        let hours = [BusinessCalendar.Hours(opens: opens * 60, closes: closes * 60)]
        let week = Array(repeating: hours, count: 5) + [[], []]
        return TimeFrame(
            zone: rules, calendar: BusinessCalendar(id: "desk", zone: zone, week: week, holidays: holidays),
            calendarZone: rules)
    }

    @Test func `A2: four business hours from Friday evening end on Monday, after New York's clocks went forward`()
        throws
    {
        let frame = try Self.frame("America/New_York", from: 8, to: 20)
        #expect(
            frame.adding(Span(4, .businessHours), to: instant("2026-03-06T19:00:00-05:00"))
                == instant("2026-03-09T15:00:00Z"))
    }

    @Test func `A3: 24 hours across the lost hour end an hour later by the wall clock`() throws {
        let frame = try Self.frame("America/New_York", from: 8, to: 20)
        let noon = instant("2026-03-07T12:00:00-05:00")
        #expect(frame.adding(Span(24, .hours), to: noon) == instant("2026-03-08T13:00:00-04:00"))
        #expect(frame.adding(Span(1, .days), to: noon) == instant("2026-03-08T12:00:00-04:00"))
    }

    @Test func `A4: four business hours from Friday afternoon end on Monday, after Rome's clocks went forward`()
        throws
    {
        let frame = try Self.frame("Europe/Rome", from: 9, to: 17)
        #expect(
            frame.adding(Span(4, .businessHours), to: instant("2026-03-27T16:00:00+01:00"))
                == instant("2026-03-30T10:00:00Z"))
    }

    @Test func `A5: what is left of a target after a wait goes on in business hours`() throws {
        let frame = try Self.frame("Europe/Rome", from: 9, to: 17)
        let created = instant("2026-06-01T10:00:00+02:00")
        #expect(frame.adding(Span(4, .businessHours), to: created) == instant("2026-06-01T14:00:00+02:00"))
        let resumed = instant("2026-06-02T09:30:00+02:00")
        #expect(frame.adding(Span(3, .businessHours), to: resumed) == instant("2026-06-02T12:30:00+02:00"))
    }

    @Test func `business days skip weekends and holidays and keep the wall time`() throws {
        let frame = try Self.frame("Europe/Rome", from: 9, to: 17, holidays: [day("2026-06-02")])
        #expect(
            frame.adding(Span(1, .businessDays), to: instant("2026-06-01T11:00:00+02:00"))
                == instant("2026-06-03T11:00:00+02:00"))
        #expect(
            frame.adding(Span(2, .businessDays), to: instant("2026-10-23T11:00:00+02:00"))
                == instant("2026-10-27T11:00:00+01:00"))
    }

    @Test func `A13: a contract of Friday evening has Saturday as its first day, and two business days from Monday on`() throws {
        let frame = try Self.frame("Europe/Rome", from: 9, to: 17)
        let signed = instant("2026-06-05T23:30:00+02:00")
        #expect(frame.zone.day(at: signed) + 1 == day("2026-06-06"))
        #expect(frame.adding(Span(2, .businessDays), to: signed) == instant("2026-06-10T09:00:00+02:00"))
    }

    @Test func `A16: months from the 31st are clipped, each from the planned date`() throws {
        let frame = try Self.frame("Europe/Rome", from: 9, to: 17)
        for (anchor, next) in [("2025-01-31", "2025-02-28"), ("2024-01-31", "2024-02-29")] {
            #expect(day(anchor).adding(months: 1) == day(next))
            #expect(day(anchor).adding(months: 2) == day(String(anchor.prefix(4)) + "-03-31"))
        }
        #expect(
            frame.adding(Span(1, .months), to: instant("2025-01-31T10:00:00+01:00"))
                == instant("2025-02-28T10:00:00+01:00"))
    }

    @Test func `a wall time that does not exist becomes the first that does`() throws {
        let rome = try #require(zones["Europe/Rome"])
        let skipped = rome.instant(day: day("2026-03-29"), millisecondsOfDay: 150 * Milliseconds.minute)
        #expect(skipped == instant("2026-03-29T01:00:00Z"))
        let twice = rome.instant(day: day("2026-10-25"), millisecondsOfDay: 150 * Milliseconds.minute)
        #expect(twice == instant("2026-10-25T00:30:00Z"))
    }
}
