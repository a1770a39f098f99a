import TenureCore

/// Ids seen in the last 40 days of recorded time, with a hash of what each said: exact answers to "have we had this?".
///
/// Held in memory, about 50 bytes an id, and rebuilt from the log at start.
struct EventIndex: Sendable {
    enum Answer: Sendable { case new, duplicate, conflict }

    static let days: Int32 = 40
    private var seen: [EventKey: Entry] = [:]
    private var purgedOn = Day(number: 0)

    private struct Entry: Sendable {
        var content: UInt64
        var day: Day
    }

    var count: Int { seen.count }

    func contains(_ key: EventKey) -> Bool { seen[key] != nil }

    func answer(_ key: EventKey, content: UInt64) -> Answer {
        guard let entry = seen[key] else { return .new }
        return entry.content == content ? .duplicate : .conflict
    }

    mutating func remember(_ key: EventKey, content: UInt64, recorded: Instant) {
        let day = ZoneRules.utc.day(at: recorded)
        seen[key] = Entry(content: content, day: day)
        if day - purgedOn >= 10 { purge(day) }
    }

    mutating func forget(_ key: EventKey) { seen[key] = nil }

    private mutating func purge(_ day: Day) {
        purgedOn = day
        seen = seen.filter { day - $0.value.day <= Self.days }
    }
}
