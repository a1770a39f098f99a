package import TenureCore
import TenureEngine
import TenureProgramme

/// A contract whose term ended, and what came after it.
package struct ContractRenewal: Hashable, Sendable {
    package enum Outcome: String, Hashable, Sendable, CaseIterable {
        case renewed, lost
        /// The term is over, and no fact says what became of it.
        case open
    }

    package let contract: String
    /// The day on which the term ended; a contract that was ended early is due on that day.
    package let due: Day
    package let outcome: Outcome
    /// Hundredths a year before and after; both at the rates of the period's first day.
    package let target: Int64
    package let final: Int64

    /// Those due in the period, whatever the programme takes revenue from.
    static func all(_ revenue: AccountRevenue, in period: RevenuePeriod) -> [ContractRenewal] {
        let courses = revenue.ledger.streams(.contracts).map { stream in
            Contract(stream: stream, course: RevenueCourse(stream, revenue.terms))
        }
        let rates = revenue.rates(of: period.from)
        return courses.flatMap { contract in
            contract.terms(before: period.end).compactMap { $0.renewal(of: contract, among: courses, period, rates) }
        }
    }
}

private struct Contract {
    let stream: RevenueStream
    let course: RevenueCourse

    /// One term after the other, as amendments moved its end.
    func terms(before end: Instant) -> [Term] {
        var terms: [Term] = []
        var due: Instant?
        for statement in stream.statements where statement.effective < end {
            if let known = due, statement.status == .ended {
                terms.append(Term(due: min(known, statement.effective), decided: statement.effective, isEnded: true))
                due = nil
            } else if let next = statement.details.termEnd {
                if let known = due, next > known { terms.append(Term(due: known, decided: statement.effective, isEnded: false)) }
                due = next
            }
        }
        if let due { terms.append(Term(due: due, decided: nil, isEnded: false)) }
        return terms
    }
}

private struct Term {
    var due: Instant
    /// When it was prolonged or ended.
    var decided: Instant?
    var isEnded: Bool

    /// nil: not due in the period, or the amounts are not known.
    func renewal(
        of contract: Contract, among all: [Contract], _ period: RevenuePeriod, _ rates: RevenueRates
    ) -> ContractRenewal? {
        guard due >= period.start, due < period.end else { return nil }
        let next = all.first { $0.stream.renewed == contract.stream.key }
        guard let target = value(contract.course.step(before: decided.map { min($0, due) } ?? due), rates),
            let final = final(contract, next, period, rates)
        else { return nil }
        return ContractRenewal(
            contract: contract.stream.key, due: period.zone.day(at: due), outcome: outcome(next, period), target: target,
            final: final)
    }

    private func outcome(_ next: Contract?, _ period: RevenuePeriod) -> ContractRenewal.Outcome {
        if next?.isSigned(before: period.end) == true { return .renewed }
        return decided == nil ? .open : isEnded ? .lost : .renewed
    }

    private func final(_ contract: Contract, _ next: Contract?, _ period: RevenuePeriod, _ rates: RevenueRates) -> Int64? {
        if let next, next.isSigned(before: period.end) { return value(next.course.steps.first, rates) }
        guard let decided, !isEnded else { return 0 }
        return value(contract.course.steps.last { $0.from <= decided }, rates)
    }

    private func value(_ step: RevenueCourse.Step?, _ rates: RevenueRates) -> Int64? {
        step.flatMap { step in step.micros.flatMap { rates.hundredths($0, step.currency).hundredths } }
    }
}

extension Contract {
    func isSigned(before end: Instant) -> Bool { stream.statements.first.map { $0.effective < end } ?? false }
}

extension RevenueStream {
    /// The contract that this one renews.
    fileprivate var renewed: String? { statements.lazy.compactMap(\.details.renews).first }
}
