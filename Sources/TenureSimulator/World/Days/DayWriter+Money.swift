import TenureCore
import TenureProgramme
import TenureRuntime

/// What the customer pays, signs and ends.
extension DayWriter {
    /// An invoice every thirty days, due after fourteen.
    mutating func money() {
        guard (day + customer.number) % 30 == 0 else { return }
        let invoice = "I\(customer.number)-\(day)"
        let amount = (term.arr / 12).rounded()
        let due = world.start(of: day + 14)
        func bill(_ status: String, _ remaining: Double) -> JSONObject {
            [
                "invoice": .string(invoice), "status": .string(status), "amount_due": .double(amount),
                "amount_remaining": .double(remaining), "due_at": .string(due.text),
            ]
        }
        add("billing.invoice", bill("open", amount))
        add(
            "paid-\(invoice)", source: "billing", type: "billing.invoice", bill("paid", 0),
            at: world.start(of: day + daysToPay()) + 20 * Milliseconds.hour)
        subscription("active", amount)
    }

    /// Most pay in time, some never do, and whoever is unhappy pays later.
    private mutating func daysToPay() -> Int {
        let late = (customer.isSlowPayer ? 0.5 : 0.02) + 0.15 * customer.fortune.loss(on: day)
        guard generator.chance(late) else { return generator.whole(0...13) }
        return generator.chance(0.06) ? generator.whole(40...55) : generator.whole(16...36)
    }

    /// Who stays renews on the day the term ends; who leaves says so before, and pays nothing from then on.
    mutating func contract() {
        if let departure = customer.departure {
            if day == departure.notice {
                let effective = world.start(of: departure.effective)
                let reason = departure.reason
                add(
                    "churn.noticed",
                    ["scope": "full", "effective_at": .string(effective.text), "stated_reason": .string(reason)])
            }
            if day == departure.effective { leave() }
        }
        if let renewed = customer.terms.dropFirst().first(where: { $0.start == day }) {
            tellAccount("renewed", world.terms(renewed))
        }
    }

    private mutating func leave() {
        tellAccount("left", ["arr": 0])
        subscription("canceled", 0)
    }

    private mutating func subscription(_ status: String, _ mrr: Double) {
        let name = "S\(customer.number)"
        add("subscription.changed", ["subscription": .string(name), "status": .string(status), "mrr": .double(mrr)])
    }

    private mutating func tellAccount(_ what: String, _ data: JSONObject) {
        let told = Arrival(
            id: "\(what)-\(customer.number)-\(day)", source: "crm", type: FactType.accountChanged,
            subject: .account(customer.external), occurred: world.start(of: day), data: data)
        timed.append(Timed(reached: world.start(of: day) + Milliseconds.hour, arrival: told))
    }
}
