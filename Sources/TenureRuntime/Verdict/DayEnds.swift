import TenureCore
import TenureEngine
import TenureProgramme

/// The ends of all days of a past, in all zones in which its accounts live, in the order in which they come.
struct DayEnds: Sendable {
    /// A moment at which a day ends somewhere.
    struct End: Sendable {
        /// Local midnight after the day.
        var at: Instant
        /// By zone, which day ends; nil: none there.
        var days: [Day?]
    }

    let ends: [End]
    private let zones: [String?: Int]

    init(_ accounts: [PastAccount], _ days: ClosedRange<Day>, _ programme: CompiledProgramme) {
        var names: [String?] = []
        for account in accounts where !names.contains(account.zone) { names.append(account.zone) }
        zones = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        let rules = names.map { name in name.flatMap { programme.zones[$0] } ?? programme.defaultZoneRules }
        var byMoment: [Instant: [Day?]] = [:]
        for number in days.lowerBound.number...days.upperBound.number {
            let day = Day(number: number)
            for (zone, rules) in rules.enumerated() {
                let none: [Day?] = Array(repeating: nil, count: names.count)
                byMoment[rules.instant(day: day + 1), default: none][zone] = day
            }
        }
        ends = byMoment.sorted { $0.key < $1.key }.map { End(at: $0.key, days: $0.value) }
    }

    func zone(of account: PastAccount) -> Int { zones[account.zone] ?? 0 }
}

/// Which kinds of events were heard on each day, of anybody: what one part of a portfolio must know of the others, since
/// a collector that is silent for all is no account's silence.
struct HeardEvents: Sendable {
    /// By place in the ends of days.
    let types: [[String]]

    init(_ accounts: [PastAccount], _ ends: DayEnds, _ programme: Programme) {
        let wanted = Self.timed(programme)
        var heard = Array(repeating: Set<String>(), count: ends.ends.count)
        for account in accounts where !wanted.isEmpty {
            let zone = ends.zone(of: account)
            var waiting = ends.ends.indices.filter { ends.ends[$0].days[zone] != nil }[...]
            for fact in account.facts where wanted.contains(fact.arrival.type) {
                while let place = waiting.first, ends.ends[place].at <= fact.recorded {
                    waiting.removeFirst()
                }
                guard let place = waiting.first else { break }
                heard[place].insert(fact.arrival.type)
            }
        }
        types = heard.map { $0.sorted { precedes($0, $1) } }
    }

    /// Types of events whose silence makes some metric stale.
    private static func timed(_ programme: Programme) -> Set<String> {
        let isTimed = programme.metrics.contains { $0.hoursMax != nil }
        return isTimed ? Set(programme.events.map(\.type)) : []
    }
}
