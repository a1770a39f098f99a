import TenureCore
import TenureProgramme
package import TenureRuntime

/// One arrival with the moment at which it reaches the vendor.
struct Timed: Sendable {
    var reached: Instant
    var arrival: Arrival
}

/// Writes down one customer's day.
struct DayWriter {
    let world: World
    let customer: Customer
    let day: Int
    /// How much of its usual life the customer shows: 1 is usual.
    let vigour: Double
    /// How much goes wrong: 1 is usual.
    let strain: Double
    let term: Term
    let isWorkday: Bool
    var generator: SeededGenerator
    var timed: [Timed] = []
    private var count = 0

    init(world: World, customer: Customer, day: Int) {
        self.world = world
        self.customer = customer
        self.day = day
        vigour = customer.vigour(on: day)
        strain = customer.strain(on: day)
        term = customer.term(on: day)
        isWorkday = (world.firstDay + Int32(day)).weekday < 5
        generator = SeededGenerator(seed: world.seed, customer.number, day)
    }

    var plan: EventsInUse { world.plan }
    /// Days since it began to work with the product; of who did before the world began, since then.
    var age: Int { day - customer.fortune.start }

    mutating func write() {
        if !customer.fortune.isSilent(on: day) {
            use()
            automations()
            quality()
        }
        support()
        money()
        contract()
        relations()
        outcomes()
        judgements()
    }

    /// Adds an event in working hours; a few come late, a few twice.
    mutating func add(_ type: String, _ data: JSONObject, user: Int? = nil) {
        guard plan.has(type) || type.hasPrefix("grade.") || type.hasPrefix("flag.") else { return }
        count += 1
        let occurred = world.start(of: day) + Int64(generator.whole(7 * 3600...19 * 3600)) * 1000
        let id = "\(customer.number)-\(day)-\(count)"
        var arrival = Arrival(id: id, source: "product", type: type, subject: .account(customer.external), data: data)
        arrival.user = user.map { "\(customer.external)-u\($0)" }
        let roll = generator.unit()
        let delay = roll < 0.98 ? Int64(generator.whole(1...240)) : Int64(generator.whole(600...48 * 3600))
        arrival.occurred = roll > 0.9995 ? occurred + -Int64(generator.whole(3...33)) * Milliseconds.day : occurred
        let reached = occurred + delay * 1000
        timed.append(Timed(reached: reached, arrival: arrival))
        if generator.chance(0.01) { timed.append(Timed(reached: reached + 60_000, arrival: arrival)) }
    }

    /// Adds what becomes known at a moment of its own, maybe days later.
    mutating func add(_ id: String, source: String, type: String, _ data: JSONObject, at instant: Instant) {
        guard plan.has(type) else { return }
        var arrival = Arrival(id: id, source: source, type: type, subject: .account(customer.external), data: data)
        arrival.occurred = instant
        timed.append(Timed(reached: instant + 1000, arrival: arrival))
    }

    /// Whether the day is the customer's own weekday of every so many weeks.
    func isTurn(everyWeeks weeks: Int, place: Int = 0) -> Bool {
        let date = world.firstDay + Int32(day)
        return date.weekday == customer.number % 5 && (Int(date.number) / 7 + place) % weeks == customer.number % weeks
    }
}

extension World {
    /// A handful of events of some customers on an ordinary working day, for a live demonstration.
    package func trickle(round: Int) -> [Arrival] {
        var generator = SeededGenerator(seed: seed, round, -3)
        var found: [Arrival] = []
        for _ in 0..<3 {
            guard let customer = generator.pick(customers), customer.departure == nil else { continue }
            let day = days - 1 - generator.whole(0...min(6, days - 1))
            var writer = DayWriter(world: self, customer: customer, day: day)
            writer.write()
            found += writer.timed.filter { Self.isOrdinary($0.arrival.type) }.prefix(4).map(\.arrival)
        }
        return found
    }

    private static func isOrdinary(_ type: String) -> Bool {
        let isTold = type == FactType.accountChanged || type == FactType.contactChanged
        return !isTold && !type.hasPrefix("grade.") && !type.hasPrefix("flag.")
    }
}
