import TenureCore
import TenureProgramme

/// How a vendor counts recurring revenue.
extension Reading {
    func revenue(_ map: MapNode) -> RevenueTerms {
        let fields = Fields(map, .revenue, self)
        var terms = RevenueTerms()
        if let source = fields.choice("from", RevenueSource.self) { terms.source = source }
        let statuses = fields.items("counted").compactMap {
            choice($0, "counted", of: BillingStatus.allCases.map(\.rawValue)).flatMap { BillingStatus(rawValue: $0) }
        }
        if fields.has("counted") { terms.counted = statuses }
        terms.rates = fields.maps("rates").compactMap { rate($0) }
        return terms
    }

    /// Names of its own besides metrics: the score, what revenue is counted as, and numbers among the fields.
    func rollUps(_ maps: [MapNode]) -> [FamilyRollUp] {
        var seen: [FamilyRollUp: Place] = [:]
        return maps.compactMap { map in
            guard let rollUp = rollUp(map) else { return nil }
            if let first = seen[rollUp], let scalar = map["measure"]?.scalar {
                report(.repeatedItem("roll_ups", scalar, first: first))
            }
            seen[rollUp] = seen[rollUp] ?? map["measure"]?.place
            return rollUp
        }
    }

    private func rollUp(_ map: MapNode) -> FamilyRollUp? {
        let fields = Fields(map, .rollUp, self)
        let measure = fields.node("measure").flatMap { self.measure($0) }
        let kind = fields.choice("as", FamilyRollUp.Kind.self)
        guard let measure, let kind else { return nil }
        return FamilyRollUp(measure: measure, kind: kind)
    }

    private func measure(_ node: Node) -> String? {
        let fields = AccountField.standard + names.accountFields
        if let text = node.scalar?.text,
            isSame(text, "health.score") || fields.contains(where: { isSame($0.id, text) && $0.isNumber })
        {
            return text
        }
        return metric(node, "measure", of: "roll-up")?.text
    }

    private func rate(_ map: MapNode) -> ExchangeRate? {
        let fields = Fields(map, .rate, self)
        let code = fields.node("currency").flatMap { currency($0) }.flatMap { CurrencyCode($0) }
        let since = fields.node("since").flatMap { date($0, "since") }
        let rate = fields.number("rate")
        guard let code, let since, let rate else { return nil }
        return ExchangeRate(currency: code, since: since, nano: Int64((rate * 1_000_000_000).rounded()))
    }
}
