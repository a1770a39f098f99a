import TenureCore
import TenureProgramme

/// What the customer gets out of it, and how people judge it.
extension DayWriter {
    mutating func outcomes() {
        guard age < 120 || day % 30 == customer.number % 30 else { return }
        onboarding()
        if age == 5 { add("deployment.published", ["artefact": "app", "kind": "app", "environment": "production"]) }
        if age == 6 { add("value.promised", ["amount": .double(term.arr * 1.2)]) }
        if generator.chance(0.1) {
            let hours = Double(generator.whole(2...20)) * vigour, isConfirmed = generator.chance(0.7)
            add("value.recorded", ["kind": "hours_saved", "amount": .double(hours), "confirmed": .bool(isConfirmed)])
        }
        if day % 30 == customer.number % 30 { benefits() }
    }

    /// Whoever never makes the product a habit gets stuck on the way, and reaches first value late or never.
    private mutating func onboarding() {
        let stuck = customer.fortune.failedStart
        if age < 30, age % 4 == 1, stuck == nil || age < 10 {
            let percent = min(100, Double(age) * 3.6)
            add("onboarding.progressed", ["step": .string("s\(age / 4)"), "percent": .double(percent)])
        }
        let reached = stuck.map { $0.healing.map { $0 - customer.fortune.start } ?? -1 } ?? (10 + customer.number % 20)
        if age == reached { add("value.first_reached", ["what": "first result"]) }
    }

    private mutating func benefits() {
        let reduction = (24 * vigour * generator.unit()).rounded()
        add("value.recorded", ["kind": "cost_reduction", "amount": .double(reduction), "confirmed": true])
        add("value.recorded", ["kind": "money", "amount": .double((term.arr / 8 * vigour).rounded()), "confirmed": true])
        for number in 1...4 {
            let isMet = generator.chance(0.2 + 0.5 * vigour)
            add("objective.changed", ["objective": .string("o\(number)"), "state": .string(isMet ? "met" : "agreed")])
        }
    }

    mutating func judgements() {
        guard (day + customer.number) % 30 == 3 else { return }
        for grade in plan.grades where !grade.steps.isEmpty {
            let worst = Double(grade.steps.count - 1)
            let place = Int((worst * min(1, max(0, 1.05 - vigour + 0.3 * (generator.unit() - 0.5)))).rounded())
            add("grade.given", ["metric": .string(grade.metric), "grade": .string(grade.steps[place]), "author": "csm"])
        }
        if let flag = generator.pick(plan.flags), generator.chance(0.02 * strain) {
            add("flag.raised", ["flag": .string(flag), "reason": "came up in a call"])
        }
        for flag in plan.flags where generator.chance(0.5) { add("flag.cleared", ["flag": .string(flag)]) }
    }
}
