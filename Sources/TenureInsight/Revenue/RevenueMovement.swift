package import TenureCore

/// What an account's recurring revenue did on one day, judged for the account as a whole: cancelling one of several
/// subscriptions is a contraction.
package struct RevenueMovement: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case new, expansion, contraction, churn, reactivation
    }

    package var day: Day
    package var kind: Kind
    /// Hundredths of the reporting currency, negative where it falls.
    package var amount: Int64

    init(day: Day, kind: Kind, amount: Int64) {
        self.day = day
        self.kind = kind
        self.amount = amount
    }

    /// nil: nothing moved.
    init?(on day: Day, from before: Int64, to after: Int64, hasPaidBefore: Bool) {
        guard after != before else { return nil }
        let kind: Kind =
            if before == 0 { hasPaidBefore ? .reactivation : .new } else if after == 0 { .churn } else {
                after > before ? .expansion : .contraction
            }
        self.init(day: day, kind: kind, amount: after - before)
    }
}
