import TenureCore
import TenureProgramme

/// The events of the catalogue that speak of recurring revenue. A programme may name its events as it likes; under these
/// names they mean what `Programmes/catalogue/commercial.yaml` says.
enum RevenueEvent: String, Sendable {
    case contractSigned = "contract.signed"
    case contractAmended = "contract.amended"
    case contractEnded = "contract.ended"
    case subscriptionChanged = "subscription.changed"
    case churnNoticed = "churn.noticed"
}

extension RevenueLedger {
    /// The account's own field; an event without it says nothing.
    mutating func fold(account fact: Fact) {
        guard let arr = fact.data["arr"] else { return }
        var statement = RevenueStatement(effective: fact.occurred, version: Version(fact), marks: fact.revenueMarks)
        statement.amount = arr.number.flatMap { micros($0) }
        if statement.amount == nil { statement.marks.insert(.withdrawn) }
        statement.currency = fact.currency
        insert(statement, .account, key: "")
    }

    /// However late it comes: it says itself from when on it holds.
    mutating func fold(_ event: RevenueEvent, _ fact: Fact) {
        switch event {
        case .contractSigned: fold(contract: fact, .active, from: fact.instant("effective_at") ?? fact.instant("term_start"))
        case .contractAmended: fold(contract: fact, nil, from: fact.instant("effective_at"))
        case .contractEnded: fold(contract: fact, .ended, from: fact.instant("effective_at"))
        case .subscriptionChanged: fold(subscription: fact)
        case .churnNoticed:
            let isFull = fact.data["scope"]?.string != "partial"
            insert(ChurnNotice(version: Version(fact), effective: fact.instant("effective_at"), isFull: isFull))
        }
    }

    private mutating func fold(contract fact: Fact, _ status: BillingStatus?, from effective: Instant?) {
        guard let key = fact.key("contract") else { return }
        var statement = RevenueStatement(effective: effective ?? fact.occurred, version: Version(fact), marks: fact.revenueMarks)
        statement.status = status
        statement.amount = fact.data["arr"]?.number.flatMap { micros($0) }
        statement.currency = fact.currency
        let details = RevenueStatement.Details(termEnd: fact.instant("term_end"), renews: fact.key("renews"))
        statement.more = details == .none ? nil : Shared(details)
        insert(statement, .contracts, key: key)
    }

    private mutating func fold(subscription fact: Fact) {
        guard let key = fact.key("subscription") else { return }
        let effective = fact.instant("effective_at") ?? fact.occurred
        var statement = RevenueStatement(effective: effective, version: Version(fact), marks: fact.revenueMarks)
        statement.status = fact.data["status"]?.string.map { BillingStatus(text: $0) }
        if statement.status == .unpaid { statement.marks.insert(.involuntary) }
        statement.currency = fact.currency
        let price = SubscriptionPrice(fact.data)
        statement.amount = price.amount
        let details = RevenueStatement.Details(discount: price.discount, discountEnds: fact.instant("discount_ends"))
        statement.more = details == .none ? nil : Shared(details)
        insert(statement, .subscriptions, key: key)
    }
}

extension Fact {
    fileprivate var currency: CurrencyCode? { data["currency"]?.string.flatMap { CurrencyCode($0) } }

    /// Longer ones than this are no keys.
    private static let keyBytesMax = 256

    fileprivate func key(_ name: String) -> String? {
        let text = data[name].flatMap { $0.string ?? $0.int.map { String($0) } }
        return text.flatMap { $0.isEmpty || $0.utf8.count > Self.keyBytesMax ? nil : $0 }
    }

    fileprivate func instant(_ name: String) -> Instant? {
        data[name]?.string.flatMap { text in
            (try? Instant.parse(rfc3339: text).get()) ?? Day(text: text).map { ZoneRules.utc.instant(day: $0) }
        }
    }

    fileprivate var revenueMarks: RevenueStatement.Marks {
        var marks: RevenueStatement.Marks = flags.contains(.fenced) ? .imported : []
        guard let reason = data["reason"]?.string, !reason.isEmpty else { return marks }
        marks.insert(Self.unpaidReasons.contains(reason) ? .involuntary : .voluntary)
        return marks
    }

    private static let unpaidReasons: Set<String> = [
        "payment_failed", "payment_failure", "payment", "non_payment", "involuntary",
    ]
}
