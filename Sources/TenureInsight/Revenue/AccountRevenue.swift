package import TenureCore
package import TenureEngine
package import TenureProgramme

/// An account's recurring revenue at any instant, from what was said of it.
package struct AccountRevenue: Sendable {
    /// One a contract, subscription or field, of the source that the programme names.
    package let courses: [RevenueCourse]
    let ledger: RevenueLedger
    let terms: RevenueTerms
    let currency: CurrencyCode?
    /// The field's first word came as imported history: nothing is known of the time before.
    private let knownFrom: Instant?

    package init(_ ledger: RevenueLedger, _ programme: Programme) {
        self.ledger = ledger
        terms = programme.revenue
        currency = CurrencyCode(programme.currency)
        let streams = ledger.streams(programme.revenue.source)
        courses = streams.map { RevenueCourse($0, programme.revenue) }
        let first = streams.first?.statements.first
        knownFrom = programme.revenue.source == .account && first?.marks.contains(.imported) == true ? first?.effective : nil
    }

    /// What it paid a year just before an instant, in hundredths at the rates of a day.
    package func amount(before instant: Instant, ratesOf day: Day) -> RevenueAmount {
        guard !courses.isEmpty else { return .unknown(ledger.forgottenUpTo == nil ? .unstated : .forgotten) }
        if let forgotten = ledger.forgottenUpTo, instant <= forgotten { return .unknown(.forgotten) }
        if let knownFrom, instant <= knownFrom { return .unknown(.beforeImport) }
        let rates = rates(of: day)
        var sum: Int64 = 0
        for course in courses {
            guard let step = course.step(before: instant) else { continue }
            guard let micros = step.micros else { return .unknown(.withoutAmount) }
            switch rates.hundredths(micros, step.currency) {
            case .known(let part): sum = min(saturatingAdd(sum, part), Self.amountMax)
            case .unknown(let reason): return .unknown(reason)
            }
        }
        return .known(sum)
    }

    /// More than any customer pays, and little enough that sums and differences of it fit.
    private static let amountMax: Int64 = 1_000_000_000_000_000

    func rates(of day: Day) -> RevenueRates { RevenueRates(currency: currency, terms: terms, day: day) }

    /// The days on which something took effect before an instant, in order.
    func days(before instant: Instant, zone: ZoneRules) -> [Day] {
        let days = courses.flatMap { $0.steps.lazy.filter { $0.from < instant }.map { zone.day(at: $0.from) } }.sorted()
        return days.enumerated().filter { $0.offset == 0 || days[$0.offset - 1] != $0.element }.map(\.element)
    }
}
