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
    let vigour: Double
    let isWorkday: Bool
    var generator: SeededGenerator
    var timed: [Timed] = []
    private var count = 0

    init(world: World, customer: Customer, day: Int) {
        self.world = world
        self.customer = customer
        self.day = day
        vigour = customer.story.vigour(day: day, of: world.days)
        isWorkday = (world.firstDay + Int32(day)).weekday < 5
        generator = SeededGenerator(seed: world.seed, customer.number, day)
    }

    private var plan: EventsInUse { world.plan }
    /// What goes wrong grows as things go badly.
    private var trouble: Double { customer.friction * (vigour < 0.7 ? 2.2 : 1) }

    mutating func write() {
        if case .silent(let range) = customer.story, range.contains(day) { return }
        if isWorkday || generator.chance(0.25) { use() }
        automations()
        quality()
        support()
        money()
        renewal()
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
}

// MARK: - A day's parts

extension DayWriter {
    private mutating func use() {
        let weekday = isWorkday ? 1.0 : 0.2
        let people = min(customer.seats, Int(Double(customer.seats) * customer.habit * vigour * weekday * world.intensity * 0.055) + 1)
        for _ in 0..<people {
            let user = generator.whole(0...max(0, Int(Double(customer.seats) * min(1, customer.habit + 0.3)) - 1))
            if vigour > 0.02 { session(user) }
        }
    }

    /// What runs by itself, the more of it the better things go: small customers have automations too.
    private mutating func automations() {
        let usual = plan.countsRunsByUser ? (isWorkday ? 2.8 * Double(customer.entitled) : 0) : 3.4
        for _ in 0..<generator.around(usual * vigour * world.intensity) { workflow(nil) }
    }

    private mutating func session(_ user: Int) {
        if let activity = plan.activity, activity == "user.session" {
            add(activity, ["duration_s": .int(Int64(generator.whole(60...5400)))], user: user)
        }
        if !plan.features.isEmpty, generator.chance(0.35) {
            let reach = max(1, Int(Double(plan.features.count) * min(1, 0.45 + 0.5 * vigour)))
            add("feature.used", ["feature": .string(plan.features[generator.whole(0...reach - 1)])], user: user)
        }
        if generator.chance(0.15) { workflow(user) }
    }

    private mutating func workflow(_ user: Int?) {
        let data: JSONObject = [
            "actor": .string(user == nil ? "automation" : "member"),
            "workflow": .string("w\(generator.whole(1...6))"), "kind": .string(plan.runKind),
            "ok": .bool(generator.chance(1 - 0.02 * trouble)), "latency_ms": .double(Double(generator.whole(120...900)) * trouble),
            "cost": .double(0.01 + 0.04 * generator.unit()), "environment": "prod",
        ]
        add("workflow.run", data, user: user)
        if generator.chance(plan.countsRunsByUser ? 0.9 : 0.3) { add("output.created", ["kind": .string(plan.outputKind), "clicked_through": .bool(generator.chance(0.4))]) }
    }

    private mutating func quality() {
        guard isWorkday else { return }
        for meter in plan.meters {
            let value = Double(customer.seats) * vigour * (10 + 20 * generator.unit())
            add("usage.measured", ["meter": .string(meter), "value": .double(value.rounded())], user: generator.whole(0...customer.seats))
        }
        if generator.chance(0.12 * trouble) { add("error.raised", ["code": .string("E\(generator.whole(1...9))"), "count": .double(Double(generator.whole(1...6)))]) }
        if generator.chance(0.3) { add("latency.measured", ["latency_ms": .double(Double(generator.whole(150...800)) * trouble), "environment": "prod"]) }
        add("availability.measured", ["minutes": 1440, "down_minutes": .double(generator.chance(0.02 * trouble) ? Double(generator.whole(5...60)) : 0)])
        if (world.firstDay + Int32(day)).weekday == customer.number % 5 { weekly() }
    }

    private mutating func weekly() {
        add("verification.run", ["ok": .bool(generator.chance(0.97)), "latency_ms": .double(Double(generator.whole(100...900)))])
        for target in 1...3 { add("target.measured", ["target": .string("t\(target)"), "met": .bool(generator.chance(0.9 - 0.15 * (trouble - 1)))]) }
        let used = Double(customer.seats) * min(1.2, 0.5 + 0.5 * vigour)
        add("limit.measured", ["limit": "calls", "used": .double(used), "allowance": .double(Double(customer.seats))])
        let isHealthy = generator.chance(1 - 0.04 * trouble)
        for name in ["crm", "sso", "warehouse"] { add("integration.state", ["integration": .string(name), "state": .string(isHealthy ? "healthy" : "failing")]) }
        for number in 1...max(1, Int(4 * vigour)) {
            add("workflow.state", ["workflow": .string("w\(number)"), "state": "live", "planned": true])
        }
        add("maturity.measured", ["members": .double(Double(customer.seats)), "l1": .double(Double(customer.seats) * 0.6 * vigour), "l2": .double(Double(customer.seats) * 0.2 * vigour)])
    }

    private mutating func support() {
        guard isWorkday, generator.chance(0.045 * trouble) else { return }
        let ticket = "T\(customer.number)-\(day)"
        let priority = generator.chance(0.12 * trouble) ? "P1" : generator.chance(0.3) ? "P2" : "P3"
        add("ticket.created", ["ticket": .string(ticket), "priority": .string(priority), "severity": .string(priority), "channel": "mail", "category": "question"])
        if generator.chance(0.06 * trouble) { add("ticket.escalated", ["ticket": .string(ticket), "level": "L2"]) }
        let days = generator.whole(0...(priority == "P3" ? 6 : 3))
        let resolvedAt = world.start(of: day + days) + Int64(19 * 3600 + generator.whole(60...3600)) * 1000
        var resolved = Arrival(
            id: "resolved-\(ticket)", source: "desk", type: "ticket.resolved", subject: .account(customer.external),
            data: ["ticket": .string(ticket), "resolution": "answered", "first_contact": .bool(generator.chance(0.6))])
        resolved.occurred = resolvedAt
        if plan.has("ticket.resolved") { timed.append(Timed(reached: resolvedAt + 1000, arrival: resolved)) }
    }

    private mutating func money() {
        guard (day + customer.number) % 30 == 0 else { return }
        let invoice = "I\(customer.number)-\(day)"
        let due = world.start(of: day + 14)
        let amount = (customer.arr / 12).rounded()
        func bill(_ status: String, _ remaining: Double) -> JSONObject {
            ["invoice": .string(invoice), "status": .string(status), "amount_due": .double(amount), "amount_remaining": .double(remaining), "due_at": .string(due.text)]
        }
        add("billing.invoice", bill("open", amount))
        let paidOn = generator.chance(0.05 * trouble) ? generator.whole(20...50) : generator.whole(0...2)
        guard plan.has("billing.invoice") else { return }
        var paid = Arrival(id: "paid-\(invoice)", source: "billing", type: "billing.invoice", subject: .account(customer.external), data: bill("paid", 0))
        let at = world.start(of: day + paidOn) + 20 * Milliseconds.hour
        paid.occurred = at
        timed.append(Timed(reached: at + 1000, arrival: paid))
        add("subscription.changed", ["subscription": .string("S\(customer.number)"), "status": "active", "mrr": .double(amount)])
    }

    /// Who stays renews for another year on the day the term ends.
    private mutating func renewal() {
        let ended = day - customer.story.startDay - customer.termEnds
        guard ended >= 0, ended % 365 == 0, customer.story.lastDay == nil else { return }
        let renewed = Arrival(
            id: "renewed-\(customer.number)-\(day)", source: "crm", type: FactType.accountChanged,
            subject: .account(customer.external), occurred: world.start(of: day), data: world.term(from: day, to: day + 365))
        timed.append(Timed(reached: world.start(of: day) + Milliseconds.hour, arrival: renewed))
    }

    private mutating func relations() {
        guard isWorkday else { return }
        if generator.chance(0.03 * vigour) { add("contact.touched", ["contact": .string(customer.external + "-sponsor"), "role": "sponsor", "kind": "reply"]) }
        if (day + customer.number * 3) % 30 == 7, generator.chance(0.35 + 0.6 * vigour) {
            add("meeting.held", ["meeting": .string("M\(day)"), "kind": "mbr", "minutes": 45, "contact": .string(customer.external + "-sponsor"), "role": "sponsor"])
        }
        for (place, instrument) in plan.instruments.enumerated() where (day + customer.number + place * 11) % 45 == 20 {
            answer(instrument)
        }
        if generator.chance(0.06) { add("feedback.given", ["kind": .string(vigour > 0.8 ? "praise" : "complaint"), "sentiment": .double(vigour > 0.8 ? 0.6 : -0.5)]) }
        if case .churning(let notice) = customer.story, notice == day {
            add("churn.noticed", ["scope": "full", "effective_at": .string(world.start(of: day + 30).text), "stated_reason": "budget"])
        }
    }

    /// An answer on the instrument's scale, the better the livelier the customer is.
    private mutating func answer(_ instrument: String) {
        let most = switch instrument {
        case "nps", "technical": 10.0
        case "pmf": 3.0
        case "csat": plan.satisfactionMax
        default: 5.0
        }
        let value = (most * min(1, vigour - 0.28 * generator.unit() + 0.12)).rounded()
        add("survey.answered", [
            "survey": .string("\(instrument)-\(day)"), "instrument": .string(instrument), "value": .double(max(1, value)),
            "response": .string("\(instrument)-\(customer.number)-\(day)"),
            "contact": .string(customer.external + "-champion"),
        ])
    }

    private mutating func outcomes() {
        guard day - customer.story.startDay < 120 || day % 30 == customer.number % 30 else { return }
        let age = day - customer.story.startDay
        if age == 10 + customer.number % 20 { add("value.first_reached", ["what": "first result"]) }
        if age == 5 { add("deployment.published", ["artefact": "app", "kind": "app", "environment": "production"]) }
        if age == 6 { add("value.promised", ["amount": .double(customer.arr * 1.2)]) }
        if generator.chance(0.1) { add("value.recorded", ["kind": "hours_saved", "amount": .double(Double(generator.whole(2...20)) * vigour), "confirmed": .bool(generator.chance(0.7))]) }
        if day % 30 == customer.number % 30 {
            add("value.recorded", [
                "kind": "cost_reduction", "amount": .double((24 * vigour * generator.unit()).rounded()), "confirmed": true,
            ])
            add("value.recorded", ["kind": "money", "amount": .double((customer.arr / 8 * vigour).rounded()), "confirmed": true])
            for number in 1...4 { add("objective.changed", ["objective": .string("o\(number)"), "state": .string(generator.chance(0.2 + 0.5 * vigour) ? "met" : "agreed")]) }
        }
    }

    private mutating func judgements() {
        guard (day + customer.number) % 30 == 3 else { return }
        for grade in plan.grades where !grade.steps.isEmpty {
            let worst = Double(grade.steps.count - 1)
            let place = Int((worst * min(1, max(0, 1.05 - vigour + 0.3 * (generator.unit() - 0.5)))).rounded())
            add("grade.given", ["metric": .string(grade.metric), "grade": .string(grade.steps[place]), "author": "csm"])
        }
        if let flag = generator.pick(plan.flags), generator.chance(0.02 * trouble) {
            add("flag.raised", ["flag": .string(flag), "reason": "came up in a call"])
        }
        for flag in plan.flags where generator.chance(0.5) { add("flag.cleared", ["flag": .string(flag)]) }
    }
}

extension World {
    /// A handful of events of some customers on an ordinary working day, for a live demonstration.
    package func trickle(round: Int) -> [Arrival] {
        var generator = SeededGenerator(seed: seed, round, -3)
        var found: [Arrival] = []
        for _ in 0..<3 {
            guard let customer = generator.pick(customers), customer.story.lastDay == nil else { continue }
            var writer = DayWriter(world: self, customer: customer, day: days - 1 - generator.whole(0...min(6, days - 1)))
            writer.write()
            found += writer.timed.filter { !$0.arrival.type.hasPrefix("grade.") && !$0.arrival.type.hasPrefix("flag.") }
                .prefix(4).map(\.arrival)
        }
        return found
    }
}
