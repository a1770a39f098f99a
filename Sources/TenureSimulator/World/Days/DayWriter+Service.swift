import TenureCore
import TenureProgramme
import TenureRuntime

/// What the customer gets: errors, speed, integrations, and help.
extension DayWriter {
    mutating func quality() {
        guard isWorkday else { return }
        for meter in plan.meters {
            let value = Double(term.seats) * vigour * (10 + 20 * generator.unit())
            add(
                "usage.measured", ["meter": .string(meter), "value": .double(value.rounded())],
                user: generator.whole(0...term.seats))
        }
        if generator.chance(0.12 * strain) {
            let code = "E\(generator.whole(1...9))", count = Double(generator.whole(1...6))
            add("error.raised", ["code": .string(code), "count": .double(count)])
        }
        if generator.chance(0.3) {
            let latency = Double(generator.whole(150...800)) * strain
            add("latency.measured", ["latency_ms": .double(latency), "environment": "prod"])
        }
        let down = generator.chance(0.02 * strain) ? Double(generator.whole(5...60)) : 0
        add("availability.measured", ["minutes": 1440, "down_minutes": .double(down)])
        if generator.chance(0.003 * strain) { brokenIntegration() }
        if isTurn(everyWeeks: 1) { weekly() }
    }

    private mutating func weekly() {
        let seats = Double(term.seats)
        let (isVerified, latency) = (generator.chance(0.97), Double(generator.whole(100...900)))
        add("verification.run", ["ok": .bool(isVerified), "latency_ms": .double(latency)])
        for target in 1...3 {
            let isMet = generator.chance(0.95 - 0.1 * strain)
            add("target.measured", ["target": .string("t\(target)"), "met": .bool(isMet)])
        }
        let used = seats * min(1.2, 0.3 + 0.6 * customer.habit * vigour)
        add("limit.measured", ["limit": "calls", "used": .double(used), "allowance": .double(seats)])
        if age < 14 {
            let morning = world.start(of: day) + 8 * Milliseconds.hour
            for name in Self.integrations { integration(name, "healthy", at: morning) }
        }
        for number in 1...max(1, Int(4 * vigour)) {
            add("workflow.state", ["workflow": .string("w\(number)"), "state": "live", "planned": true])
        }
        add(
            "maturity.measured",
            ["members": .double(seats), "l1": .double(seats * 0.6 * vigour), "l2": .double(seats * 0.2 * vigour)])
    }

    private static let integrations = ["crm", "sso", "warehouse"]

    /// One breaks now and then, and works again some hours or days later.
    private mutating func brokenIntegration() {
        guard let name = generator.pick(Self.integrations) else { return }
        let broken = world.start(of: day) + Int64(generator.whole(8...18)) * Milliseconds.hour
        integration(name, "failing", at: broken)
        integration(name, "healthy", at: broken + Int64(generator.whole(2...96)) * Milliseconds.hour)
    }

    private mutating func integration(_ name: String, _ state: String, at instant: Instant) {
        add(
            "\(name)-\(state)-\(customer.number)-\(day)", source: "product", type: "integration.state",
            ["integration": .string(name), "state": .string(state)], at: instant)
    }

    /// The more people, the more questions.
    mutating func support() {
        guard isWorkday, generator.chance(min(0.9, (0.012 + 0.0009 * Double(term.seats)) * strain)) else { return }
        let ticket = "T\(customer.number)-\(day)"
        let isUrgent = generator.chance(min(0.4, 0.06 * strain))
        let urgency = isUrgent ? Urgency.urgent : generator.chance(0.3) ? .high : .ordinary
        let answer = answer(urgency)
        add("ticket.created", opening(ticket, urgency, answer))
        let opened = timed.last?.arrival.occurred
        if generator.chance(min(0.4, 0.05 * strain)) {
            add("ticket.escalated", ["ticket": .string(ticket), "level": "L2"])
        }
        let days = generator.whole(0...(urgency == .ordinary ? 6 : 3))
        let resolution: JSONObject = [
            "ticket": .string(ticket), "resolution": "answered", "first_contact": .bool(generator.chance(0.6)),
        ]
        var solved = world.start(of: day + days) + Int64(19 * 3600 + generator.whole(60...3600)) * 1000
        if let answer, let opened { solved = reply(ticket, answer, opened, solved: solved) }
        add("resolved-\(ticket)", source: "desk", type: "ticket.resolved", resolution, at: solved)
    }

    /// Drawn apart, so that promises change nothing else of a day.
    private func answer(_ urgency: Urgency) -> PromisedTickets.Answer? {
        plan.promisedTickets?.answer(
            urgency, strain: strain, SeededGenerator(seed: world.seed, customer.number, day, -5))
    }

    private func opening(_ ticket: String, _ urgency: Urgency, _ answer: PromisedTickets.Answer?) -> JSONObject {
        var data: JSONObject = [
            "ticket": .string(ticket), "priority": .string(urgency.rawValue), "severity": .string(urgency.rawValue),
            "channel": "mail", "category": "question",
        ]
        if let field = plan.promisedTickets?.field, let level = answer?.level { data[field] = .string(level) }
        return data
    }

    /// When it is solved: not before somebody replied.
    private mutating func reply(
        _ ticket: String, _ answer: PromisedTickets.Answer, _ opened: Instant, solved usual: Instant
    ) -> Instant {
        let replied = opened + answer.reply
        add(
            "replied-\(ticket)", source: "desk", type: "ticket.replied",
            ["ticket": .string(ticket), "by": "agent", "public": true], at: replied)
        return max(answer.solution.map { opened + $0 } ?? usual, replied + 20 * Milliseconds.minute)
    }
}
