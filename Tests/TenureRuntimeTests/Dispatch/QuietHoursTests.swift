import TenureCore
import TenureFixtures
import Testing

/// In 2026 Rome's clocks go from 02:00 to 03:00 on 29 March (01:00 UTC) and from 03:00 to 02:00 on 25 October.
struct QuietHoursTests {
    private let rome = zones["Europe/Rome"] ?? .utc

    private func end(_ hours: String, at time: String) throws -> String? {
        try #require(QuietHours(text: hours)).end(at: instant(time), zone: rome)?.text
    }

    @Test(arguments: [
        ("20:00-08:00", "2026-03-10T18:59:59.999Z", nil), ("20:00-08:00", "2026-03-10T19:00:00Z", "2026-03-11T07:00:00Z"),
        ("20:00-08:00", "2026-03-11T06:59:59.999Z", "2026-03-11T07:00:00Z"), ("20:00-08:00", "2026-03-11T07:00:00Z", nil),
        ("12:00-14:00", "2026-03-11T11:00:00Z", "2026-03-11T13:00:00Z"), ("12:00-14:00", "2026-03-11T13:00:00Z", nil),
        ("20:00-24:00", "2026-03-11T22:30:00Z", "2026-03-11T23:00:00Z"), ("20:00-00:00", "2026-03-11T22:30:00Z", "2026-03-11T23:00:00Z"),
        ("00:00-08:00", "2026-03-11T22:59:00Z", nil), ("00:00-08:00", "2026-03-11T23:00:00Z", "2026-03-12T07:00:00Z"),
    ] as [(String, String, String?)])
    func `they begin with their first minute and end with their last, over midnight too`(_ hours: String, _ at: String, _ until: String?) throws {
        #expect(try end(hours, at: at) == until)
    }

    @Test(arguments: [
        // Seven hours of night and one of summer time.
        ("20:00-08:00", "2026-03-28T19:00:00Z", "2026-03-29T06:00:00Z"),
        // 02:30 does not exist: the first minute behind the gap.
        ("20:00-02:30", "2026-03-29T00:59:00Z", "2026-03-29T01:00:00Z"), ("20:00-02:30", "2026-03-29T01:00:00Z", nil),
        // A night of thirteen hours.
        ("20:00-08:00", "2026-10-24T18:00:00Z", "2026-10-25T07:00:00Z"),
        // 02:15 comes twice, and so does the quiet before 02:30.
        ("20:00-02:30", "2026-10-25T00:15:00Z", "2026-10-25T00:30:00Z"), ("20:00-02:30", "2026-10-25T00:45:00Z", nil),
        ("20:00-02:30", "2026-10-25T01:15:00Z", "2026-10-25T01:30:00Z"), ("20:00-02:30", "2026-10-25T01:30:00Z", nil),
    ] as [(String, String, String?)])
    func `on days that change the clocks the wall clock counts`(_ hours: String, _ at: String, _ until: String?) throws {
        #expect(try end(hours, at: at) == until)
    }

    /// Whoever waits until the end and asks again gets through, at every minute around both changes.
    @Test(arguments: ["20:00-08:00", "20:00-02:30", "02:00-03:00", "01:30-02:15", "03:00-02:00", "00:01-00:00"])
    func `the end always lies ahead, and quiet is over then`(_ text: String) throws {
        let hours = try #require(QuietHours(text: text))
        for start in [instant("2026-03-28T12:00:00Z"), instant("2026-10-24T12:00:00Z")] {
            for minute in 0..<Int64(2 * 1440) {
                let now = start + minute * Milliseconds.minute
                guard let end = hours.end(at: now, zone: rome) else { continue }
                let again = hours.end(at: end, zone: rome)
                #expect(end > now && end - now <= 25 * Milliseconds.hour, "\(text) \(now.text)")
                // Only an end that the clock shows twice is followed by more of it.
                #expect(again == nil || rome.offsetSeconds(at: end) != rome.offsetSeconds(at: end + -Milliseconds.hour))
            }
        }
    }

    @Test(arguments: ["", "20-8", "20:00", "20:00-20:00", "00:00-24:00", "24:00-08:00", "25:00-08:00", "20:60-08:00", "20:00–08:00", "20:00-08:00-09:00", " 20:00-08:00"])
    func `what is no part of a day is none`(_ text: String) { #expect(QuietHours(text: text) == nil) }

    @Test func `they are written as they are read`() {
        #expect(QuietHours(text: "20:05-08:00")?.text == "20:05-08:00")
    }
}
