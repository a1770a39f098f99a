import TenureCore
import TenureProgramme

extension Form {
    static let revenue = Form(
        "revenue", "How recurring revenue is counted: for reports of revenue, never for conditions.",
        [
            .may(
                "from", .choice(of: RevenueSource.self),
                "Whose word holds: the account's field `arr`, contracts, or subscriptions. One of them, so that nothing counts twice.",
                default: "account"),
            .may(
                "counted", .list(.choice(of: BillingStatus.self)),
                "The states of a subscription that count. In any other it is worth nothing.",
                default: "`active` and `past_due`", examples: [["active", "past_due", "unpaid"]]),
            .may(
                "rates", .list(.form(rate)), "What other currencies were worth, in the programme's `currency`.",
                default: "amounts in other currencies are unknown"),
        ])

    static let rate = Form(
        "rate", "What one unit of another currency is worth from a day on.",
        [
            .must("currency", .shaped(.currency), "The other currency.", examples: ["USD"]),
            .must("since", .shaped(.date), "The first day on which it holds.", examples: ["2026-01-01"]),
            .must(
                "rate", .number(0.000_000_001...1_000_000), "What one unit is worth in the programme's `currency`.",
                examples: [0.92]),
        ])

    static let rollUp = Form(
        "roll_up", noun: "roll-up",
        "One number over an account and all accounts below it, as their field `parent` says.",
        [
            .must(
                "measure", .reference("metric, `health.score`, `arr` or number among the account's fields"),
                "What is rolled up.", examples: ["health.score"]),
            .must(
                "as", .choice(of: FamilyRollUp.Kind.self), "How; `arr_weighted` is a mean in which each counts by its ARR.",
                examples: ["minimum"]),
        ])
}
