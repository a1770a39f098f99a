package import TenureCore

/// How a vendor counts recurring revenue: whose word holds, what of a subscription counts, and what other currencies
/// were worth.
package struct RevenueTerms: Hashable, Sendable {
    package var source: RevenueSource
    /// Subscriptions in another state are worth nothing.
    package var counted: [BillingStatus]
    /// In the order of the definition; of one currency and day the last one holds.
    package var rates: [ExchangeRate]

    package init(
        source: RevenueSource = .account, counted: [BillingStatus] = [.active, .pastDue], rates: [ExchangeRate] = []
    ) {
        self.source = source
        self.counted = counted
        self.rates = rates
    }

    /// Billionths of the reporting currency that one unit was worth on a day; nil: no rate was in force yet.
    package func rate(of currency: CurrencyCode, on day: Day) -> Int64? {
        var found: ExchangeRate?
        for rate in rates where rate.currency == currency && rate.since <= day {
            if let known = found, known.since > rate.since { continue }
            found = rate
        }
        return found?.nano
    }
}

/// Whose word on an account's recurring revenue holds. One of them: adding up a contract and the subscription that bills
/// it would count it twice.
package enum RevenueSource: String, Hashable, Sendable, CaseIterable {
    /// The field `arr` of the account.
    case account
    /// `contract.signed`, `contract.amended` and `contract.ended`.
    case contracts
    /// `subscription.changed`.
    case subscriptions
}

/// What one unit of another currency is worth in the reporting currency, from the beginning of a day on.
package struct ExchangeRate: Hashable, Sendable {
    package var currency: CurrencyCode
    package var since: Day
    /// Billionths.
    package var nano: Int64

    package init(currency: CurrencyCode, since: Day, nano: Int64) {
        self.currency = currency
        self.since = since
        self.nano = nano
    }
}

/// The states of a subscription, as billing systems name them; a contract knows `active` and `ended`.
package enum BillingStatus: String, Hashable, Sendable, CaseIterable {
    case active, trialing, unpaid, canceled, incomplete, paused, ended, other
    case pastDue = "past_due"
    case incompleteExpired = "incomplete_expired"

    /// Any text: what nobody knows is `other`, which never counts.
    package init(text: String) {
        self = Self(rawValue: text) ?? (text == "cancelled" ? .canceled : .other)
    }
}
