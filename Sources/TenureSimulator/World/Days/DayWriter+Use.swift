import TenureCore
import TenureProgramme

/// Who works with the product, and what with.
extension DayWriter {
    /// People who have made the product a habit by now.
    private var roster: Int {
        let grown = 1 + customer.fortune.trend * Double(day) / 365
        return max(1, min(term.seats, Int((Double(customer.terms[0].seats) * customer.habit * grown).rounded())))
    }

    /// What is lost is lost half by people who stop, half by people who come less.
    mutating func use() {
        let share = max(0, vigour).squareRoot()
        let pace = share * (isWorkday ? 1 : 0.08) * world.pace(of: customer, on: day)
        for user in 0..<Int((Double(roster) * share).rounded(.up)) where generator.chance(rhythm(of: user) * pace) {
            session(user)
            if generator.chance(0.5 * world.intensity) { session(user) }
        }
    }

    /// On what share of working days a person comes: each has a habit of its own.
    private func rhythm(of user: Int) -> Double {
        let place = (Double(user) + 1) * 0.618_034 + Double(customer.number) * 0.377
        return 0.15 + 0.4 * (place - place.rounded(.down))
    }

    /// What runs by itself, the more of it the better things go: small customers have automations too. Where runs are
    /// what people are measured by, none is left out.
    mutating func automations() {
        let usual = plan.countsRunsByUser ? (isWorkday ? 3.4 * Double(customer.entitled) : 0) : 3.4 * world.intensity
        for _ in 0..<generator.around(usual * vigour) { workflow(nil) }
    }

    private mutating func session(_ user: Int) {
        if let activity = plan.activity, activity == "user.session" {
            add(activity, ["duration_s": .int(Int64(generator.whole(60...5400)))], user: user)
        }
        if !plan.features.isEmpty, generator.chance(0.45) {
            add("feature.used", ["feature": .string(plan.features[feature()])], user: user)
        }
        if generator.chance(0.15) { workflow(user) }
    }

    /// The first ones are the commonest; how far people get depends on the customer, and on how it fares.
    private mutating func feature() -> Int {
        let taste = 0.6 + 0.4 * customer.temper * customer.habit
        let reach = max(1, Int((Double(plan.features.count) * taste * (0.4 + 0.6 * min(1, vigour))).rounded()))
        return generator.chance(0.3) ? 0 : generator.whole(0...min(plan.features.count, reach) - 1)
    }

    private mutating func workflow(_ user: Int?) {
        let data: JSONObject = [
            "actor": .string(user == nil ? "automation" : "member"),
            "workflow": .string("w\(generator.whole(1...6))"), "kind": .string(plan.runKind),
            "ok": .bool(generator.chance(1 - 0.02 * strain)),
            "latency_ms": .double(Double(generator.whole(120...900)) * strain),
            "cost": .double(0.01 + 0.04 * generator.unit()), "environment": "prod",
        ]
        add("workflow.run", data, user: user)
        if generator.chance(plan.countsRunsByUser ? 0.9 : 0.3) {
            add("output.created", ["kind": .string(plan.outputKind), "clicked_through": .bool(generator.chance(0.4))])
        }
    }
}

extension World {
    /// Weeks differ: a customer's work has its ups and downs.
    func pace(of customer: Customer, on day: Int) -> Double {
        var generator = SeededGenerator(seed: seed, customer.number, -4, Int(firstDay.number) / 7 + day / 7)
        return 0.85 + 0.3 * generator.unit()
    }
}
