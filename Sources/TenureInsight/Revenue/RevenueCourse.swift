package import TenureCore
package import TenureEngine
package import TenureProgramme

/// What one contract, subscription or account field is worth a year, step by step.
package struct RevenueCourse: Sendable {
    package struct Step: Hashable, Sendable {
        package var from: Instant
        /// Millionths a year after discount; nil: unknown.
        package var micros: Int64?
        package var currency: CurrencyCode?
        /// The statement behind it; of a discount that ran out, the one that granted it.
        package var statement: RevenueStatement
    }

    package let source: RevenueSource
    package let key: String
    /// In order of time, one an instant.
    package private(set) var steps: [Step] = []

    package init(_ stream: RevenueStream, _ terms: RevenueTerms) {
        source = stream.source
        key = stream.key
        var said = Said(source: stream.source, counted: terms.counted)
        for statement in stream.statements {
            if let ends = said.discountEnds, ends < statement.effective { runOut(&said, at: ends) }
            said.take(statement)
            append(Step(from: statement.effective, micros: said.micros, currency: said.currency, statement: statement))
        }
        if let ends = said.discountEnds { runOut(&said, at: ends) }
    }

    /// A discount's end is an expansion on the day that was agreed, which nobody needs to tell.
    private mutating func runOut(_ said: inout Said, at ends: Instant) {
        said.endDiscount()
        guard let last = steps.last else { return }
        append(Step(from: max(ends, last.from), micros: said.micros, currency: said.currency, statement: last.statement))
    }

    private mutating func append(_ step: Step) {
        if steps.last?.from == step.from { steps.removeLast() }
        steps.append(step)
    }

    /// The step in force just before an instant; nil: nothing had been said of it yet.
    package func step(before instant: Instant) -> Step? {
        steps.last { $0.from < instant }
    }
}

/// What holds of a stream after some of its statements.
private struct Said {
    let source: RevenueSource
    let counted: [BillingStatus]
    private var amount: Int64?
    private var discount: Int64 = 0
    private(set) var discountEnds: Instant?
    private var status: BillingStatus?
    private(set) var currency: CurrencyCode?

    init(source: RevenueSource, counted: [BillingStatus]) {
        self.source = source
        self.counted = counted
    }

    mutating func take(_ statement: RevenueStatement) {
        if let new = statement.status { status = new }
        if let new = statement.currency { currency = new }
        if statement.marks.contains(.withdrawn) { amount = nil }
        // A price is said together with what is taken off it; without one, nothing is.
        if let new = statement.amount {
            amount = new
            (discount, discountEnds) = (statement.details.discount ?? 0, statement.details.discountEnds)
        }
        if let ends = discountEnds, ends <= statement.effective { endDiscount() }
    }

    mutating func endDiscount() { (discount, discountEnds) = (0, nil) }

    var micros: Int64? {
        guard isCounted else { return 0 }
        return amount.map { max(0, $0 - min(max(0, discount), max(0, $0))) }
    }

    private var isCounted: Bool {
        switch source {
        case .account: true
        case .contracts: status != .ended
        case .subscriptions: status.map { counted.contains($0) } ?? true
        }
    }
}
