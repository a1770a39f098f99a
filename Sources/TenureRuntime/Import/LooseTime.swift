package import TenureCore

/// Times and days as tables of other programs have them: `2026-03-09`, `2026-03-09 11:00`, `2026-03-09T11:00:00`. Days are
/// never guessed from `03/09/2026`.
package enum LooseTime {
    /// By the wall clock of the zone where the text names no offset; nil for anything else.
    package static func instant(_ text: String, _ zone: ZoneRules) -> Instant? {
        let joined = joined(text)
        if let instant = try? Instant.parse(rfc3339: joined).get() { return instant }
        guard let day = Day(text: String(joined.prefix(10))) else { return nil }
        let rest = joined.dropFirst(10)
        guard !rest.isEmpty else { return zone.instant(day: day) }
        let clock = rest.utf8.count == 6 ? rest + ":00" : rest
        // Read as if at UTC: what the wall clock shows.
        guard let shown = try? Instant.parse(rfc3339: day.text + clock + "Z").get() else { return nil }
        return zone.instant(day: day, millisecondsOfDay: ZoneRules.utc.millisecondsOfDay(at: shown))
    }

    /// The day of a text that has a time behind it.
    static func day(_ text: String) -> String {
        let joined = joined(text)
        guard joined.dropFirst(10).first == "T" else { return text }
        return String(joined.prefix(10))
    }

    /// `T` between day and time.
    private static func joined(_ text: String) -> String {
        guard text.dropFirst(10).first == " " else { return text }
        return text.prefix(10) + "T" + text.dropFirst(11).filter { $0 != " " }
    }
}
