package import TenureCore
package import TenureStore

/// Whose mails share limits.
package enum Readership: String, Hashable, Sendable, CaseIterable {
    /// People known at accounts, in their account's zone.
    case contacts
    /// The vendor's own people, in the programme's zone.
    case team

    package var setting: String { "outgoing.\(rawValue)." }
}

/// When and how often one person is written to; without a value nothing limits.
package struct OutgoingLimits: Hashable, Sendable {
    package var quietHours: QuietHours?
    /// Mails to one address in a local day, and in seven of them that end with today.
    package var dayMax: Int?
    package var weekMax: Int?

    package static let countRange = 1...1000

    package init(quietHours: QuietHours? = nil, dayMax: Int? = nil, weekMax: Int? = nil) {
        self.quietHours = quietHours
        self.dayMax = dayMax
        self.weekMax = weekMax
    }

    /// Throws where a setting cannot be read: nobody guesses.
    package init(_ readership: Readership, _ store: any StateStore) throws {
        let settings = Dictionary(try store.settings(prefix: readership.setting), uniquingKeysWith: { $1 })
        func read<Value>(_ name: String, _ parse: (String) -> Value?) throws -> Value? {
            guard let text = settings[readership.setting + name] else { return nil }
            guard let value = parse(text) else {
                throw StorageFailure.corrupt(path: "setting \(readership.setting + name)", detail: "it is no limit")
            }
            return value
        }
        quietHours = try read(Self.quietName) { QuietHours(text: $0) }
        dayMax = try read(Self.dayName) { Self.count($0) }
        weekMax = try read(Self.weekName) { Self.count($0) }
    }

    package static let (quietName, dayName, weekName) = ("quiet_hours", "day_max", "week_max")

    package static func count(_ text: String) -> Int? { Int(text).flatMap { countRange.contains($0) ? $0 : nil } }

    /// All three, to be kept.
    package func settings(_ readership: Readership) -> [(name: String, value: String?)] {
        [
            (readership.setting + Self.quietName, quietHours?.text), (readership.setting + Self.dayName, dayMax.map(String.init)),
            (readership.setting + Self.weekName, weekMax.map(String.init)),
        ]
    }
}

// MARK: - Waiting

/// How long a mail waits because of limits, and why.
struct LimitedWait: Hashable, Sendable {
    let until: Instant
    fileprivate let why: String

    /// How the reasons begin that the outbox keeps.
    private static let beginning = "waits until "

    /// Whether an outbox row waits because of limits.
    static func isReason(_ detail: String) -> Bool { detail.hasPrefix(beginning) }

    func detail(_ zone: ZoneRules) -> String { "\(Self.beginning)\(zone.text(at: until)) in \(zone.name): \(why)" }
}

extension OutgoingLimits {
    /// Days of the longest window.
    private static let daysMax: Int32 = 7

    /// Before it nothing that an address got counts.
    func countedSince(_ now: Instant, _ zone: ZoneRules) -> Instant {
        zone.instant(day: zone.day(at: now) + (1 - Self.daysMax))
    }

    /// The most arrivals that have to be known.
    var arrivalsMax: Int { max(dayMax ?? 0, weekMax ?? 0) }

    /// nil: the mail may leave now.
    /// - Parameter arrivals: when the person got other mails, newest first.
    func wait(at now: Instant, _ zone: ZoneRules, arrivals: [Instant]) -> LimitedWait? {
        let caps = [
            cap(dayMax, days: 1, "in a day", now, zone, arrivals),
            cap(weekMax, days: Self.daysMax, "in \(Self.daysMax) days", now, zone, arrivals),
        ]
        let cap = caps.compactMap { $0 }.max { $0.until < $1.until }
        guard let quietHours, let end = quietHours.end(at: cap?.until ?? now, zone: zone) else { return cap }
        let quiet = "quiet hours \(quietHours.text)"
        return LimitedWait(until: end, why: cap.map { $0.why + ", then " + quiet } ?? quiet)
    }

    /// The window is whole local days: what stood in it leaves it at a midnight.
    private func cap(
        _ max: Int?, days: Int32, _ words: String, _ now: Instant, _ zone: ZoneRules, _ arrivals: [Instant]
    ) -> LimitedWait? {
        let since = zone.instant(day: zone.day(at: now) + (1 - days))
        guard let max, arrivals.indices.contains(max - 1), arrivals[max - 1] >= since else { return nil }
        let midnight = zone.instant(day: zone.day(at: arrivals[max - 1]) + days)
        // A midnight that the clock shows twice may be over; asking again a minute later does no harm.
        let until = Swift.max(midnight, now + Milliseconds.minute)
        return LimitedWait(until: until, why: "this person got \(max) of at most \(max) mails \(words)")
    }
}
