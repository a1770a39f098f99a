/// How a simulated customer fares over the year.
enum Story: Hashable, Sendable {
    case steady
    case growing
    /// Use falls by so much a year, from some day on.
    case declining(from: Int)
    /// Falls fast, gives notice on the day, and is gone thirty days later.
    case churning(noticeDay: Int)
    /// Nothing arrives on these days, though the customer works on.
    case silent(ClosedRange<Int>)
    case seasonal
    /// Signed before the first day, begins to work on this one.
    case newcomer(day: Int)

    static func draw(_ generator: inout SeededGenerator, days: Int) -> Story {
        let roll = generator.unit()
        if roll < 0.38 { return .steady }
        if roll < 0.56 { return .growing }
        if roll < 0.68 { return .declining(from: generator.whole(days / 6...max(days / 6, days * 3 / 4))) }
        if roll < 0.78 { return .churning(noticeDay: generator.whole(days / 3...max(days / 3, days * 19 / 20))) }
        if roll < 0.83 {
            let start = generator.whole(days / 4...max(days / 4, days * 3 / 4))
            return .silent(start...(start + generator.whole(4...12)))
        }
        if roll < 0.90 { return .seasonal }
        return .newcomer(day: generator.whole(0...min(150, days / 2)))
    }

    var startDay: Int { if case .newcomer(let day) = self { day } else { 0 } }

    /// The last day on which anything happens; nil: none.
    var lastDay: Int? { if case .churning(let day) = self { day + 30 } else { nil } }

    /// How much of its usual life the account shows on a day: 1 is usual.
    func vigour(day: Int, of days: Int) -> Double {
        let progress = Double(day) / Double(max(1, days))
        switch self {
        case .steady: return 1
        case .growing: return 0.85 + 0.45 * progress
        case .declining(let from): return day < from ? 1 : max(0.12, 1 - 1.4 * Double(day - from) / Double(max(60, days - from)))
        case .churning(let notice): return day < notice - 120 ? 1 : max(0.05, 1 - Double(day - notice + 120) / 130)
        case .silent(let range): return range.contains(day) ? 0 : 1
        case .seasonal: return 0.65 + 0.35 * triangle(progress * 2)
        case .newcomer(let start): return min(1, Double(day - start) / 45)
        }
    }

    /// 1 → −1 → 1 over one unit, without trigonometry.
    private func triangle(_ position: Double) -> Double {
        let fraction = position - position.rounded(.down)
        return fraction < 0.5 ? 1 - 4 * fraction : 4 * fraction - 3
    }
}

/// One simulated customer: what it bought, who is there, how it fares.
struct Customer: Sendable {
    var number: Int
    var external: String
    var name: String
    var tier: String
    var seats: Int
    var arr: Double
    var zone: String
    /// Share of seats that are used on a working day when all is well.
    var habit: Double
    /// How much goes wrong there by nature: 1 is usual.
    var friction: Double
    var story: Story
    var termEnds: Int

    /// The people of a pilot, where runs are counted by person.
    var entitled: Int { 4 + number % 5 }
}

enum Names {
    static let first = [
        "Alder", "Birch", "Cedar", "Dune", "Ember", "Fjord", "Grove", "Harbor", "Iris", "Juniper", "Kestrel", "Lark",
        "Meadow", "North", "Ocean", "Pine", "Quarry", "River", "Stone", "Thistle", "Umber", "Vale", "Willow", "Zephyr",
    ]
    static let second = [
        "Analytics", "Bank", "Care", "Dynamics", "Energy", "Foods", "Health", "Insurance", "Labs", "Logistics", "Media",
        "Motors", "Networks", "Outdoor", "Partners", "Retail", "Robotics", "Software", "Studios", "Systems", "Textiles",
        "Travel", "Works", "Yards",
    ]
    static let people = [
        "Ada Kern", "Ben Osei", "Carla Ruiz", "Dev Patel", "Eva Lind", "Femi Ade", "Grete Voss", "Hugo Marin", "Ines Sato",
        "Jon Berg", "Kai Wolff", "Lena Novak", "Mia Torres", "Noor Haddad", "Ola Nyman", "Pia Rossi",
    ]
    static let zones = ["America/New_York", "America/Chicago", "America/Los_Angeles", "Europe/London", "Europe/Berlin", "Asia/Tokyo"]
}
