package import TenureCore

/// Three zones through 2026, in the table's own text form.
package let zones = ZoneTable(
    text: """
        version 2026-test
        America/New_York -18000 1772953200:-14400 20559600:-18000
        Europe/Rome 3600 1774746000:7200 18144000:3600
        """)

/// Reads `2026-03-09T11:00:00Z`; what is not a time gives the beginning of time, which no expectation equals.
package func instant(_ text: String) -> Instant {
    (try? Instant.parse(rfc3339: text).get()) ?? Instant(milliseconds: .min)
}

/// Reads `2026-03-09`.
package func day(_ text: String) -> Day { Day(text: text) ?? Day(number: .min) }
