package import TenureCore
import TenureEngine

/// One account in a report of revenue: what it paid at both ends of the period, and all that happened in between.
package struct RevenueRow: Hashable, Sendable {
    package let account: AccountID
    /// Hundredths of the reporting currency a year, both ends at the rates of the first.
    package let start: Int64
    package let end: Int64
    /// They add up to `end - start`.
    package let movements: [RevenueMovement]
    /// What other rates at the end would add.
    package let currencyEffect: Int64
    /// Had paid before the period, whether at its start or earlier.
    package let hasPaidBefore: Bool
    /// Why it stopped paying; nil: it did not, or had nothing to stop.
    package let ending: Ending?
    /// When it said that it leaves, or left without saying so; nil: it did not leave.
    package let noticed: Instant?
    /// Whether an alert stood in the 90 days before that; nil: it did not leave, or nobody has looked.
    package var wasWarned: Bool?
    /// Contracts whose term ended in the period.
    package let renewals: [ContractRenewal]

    package enum Ending: String, Hashable, Sendable, CaseIterable {
        case voluntary, involuntary
        /// No fact says whether the customer wanted it.
        case unsaid
    }

    /// Whether it belongs to the cohort, which closes when the period begins.
    package var isInCohort: Bool { start > 0 }
    package var isChurned: Bool { isInCohort && end == 0 }
    /// Left before the period and pays again: told apart, for it belongs to no cohort.
    package var isWinback: Bool { !isInCohort && hasPaidBefore && end > 0 }

    package func total(_ kind: RevenueMovement.Kind) -> Int64 {
        movements.reduce(0) { $1.kind == kind ? $0 + $1.amount : $0 }
    }
}

extension RevenueRow {
    /// The row, or why the account cannot be in the report.
    package static func read(
        _ revenue: AccountRevenue, of account: AccountID, in period: RevenuePeriod
    ) -> Result<RevenueRow, RevenueGap> {
        let start = revenue.amount(before: period.start, ratesOf: period.from)
        let end = revenue.amount(before: period.end, ratesOf: period.from)
        let worth = revenue.amount(before: period.end, ratesOf: period.to)
        switch (start, end, worth) {
        case (.known(let start), .known(let end), .known(let worth)):
            return .success(RevenueRow(revenue, account, period, start, end, worth))
        case (.unknown(let reason), _, _), (_, .unknown(let reason), _), (_, _, .unknown(let reason)):
            return .failure(RevenueGap(account: account, reason: reason))
        }
    }

    private init(
        _ revenue: AccountRevenue, _ account: AccountID, _ period: RevenuePeriod, _ start: Int64, _ end: Int64,
        _ worth: Int64
    ) {
        let history = RevenueHistory(revenue, period)
        self.account = account
        self.start = start
        self.end = end
        movements = history.movements(from: start)
        hasPaidBefore = history.hasPaidBefore
        currencyEffect = worth - end
        let isChurned = start > 0 && end == 0
        ending = isChurned ? revenue.ending(before: period.end) : nil
        noticed = isChurned ? revenue.noticed(upTo: movements.last?.day ?? period.to, period) : nil
        renewals = ContractRenewal.all(revenue, in: period)
    }
}

/// An account that a report leaves out, and why: what is unknown is not nothing.
package struct RevenueGap: Error, Hashable, Sendable {
    package let account: AccountID
    package let reason: RevenueAmount.Reason
}

/// The days of an account on which anything took effect, before the period and in it.
private struct RevenueHistory {
    let revenue: AccountRevenue
    let period: RevenuePeriod
    let hasPaidBefore: Bool
    private let days: [Day]

    init(_ revenue: AccountRevenue, _ period: RevenuePeriod) {
        self.revenue = revenue
        self.period = period
        let all = revenue.days(before: period.end, zone: period.zone)
        days = all.filter { $0 > period.from }
        hasPaidBefore = all.contains { day in
            day <= period.from && (Self.amount(revenue, day, period).hundredths ?? 0) > 0
        }
    }

    private static func amount(_ revenue: AccountRevenue, _ day: Day, _ period: RevenuePeriod) -> RevenueAmount {
        revenue.amount(before: period.zone.instant(day: day + 1), ratesOf: period.from)
    }

    /// Day by day, as each closed; a day whose amount is unknown is passed over.
    func movements(from start: Int64) -> [RevenueMovement] {
        var (before, hasPaid) = (start, hasPaidBefore)
        var movements: [RevenueMovement] = []
        for day in days {
            guard let after = Self.amount(revenue, day, period).hundredths else { continue }
            if let movement = RevenueMovement(on: day, from: before, to: after, hasPaidBefore: hasPaid) {
                movements.append(movement)
            }
            (before, hasPaid) = (after, hasPaid || after > 0)
        }
        return movements
    }
}

extension AccountRevenue {
    /// Why nothing is paid any more: the last word of its streams, else a notice of the customer.
    fileprivate func ending(before instant: Instant) -> RevenueRow.Ending {
        let last = courses.compactMap { $0.step(before: instant)?.statement.marks }
        if last.contains(where: { $0.contains(.involuntary) }) { return .involuntary }
        if last.contains(where: { $0.contains(.voluntary) }) { return .voluntary }
        return ledger.notices.contains { $0.isFull && $0.version.occurred < instant } ? .voluntary : .unsaid
    }

    /// The first notice in the year before the day on which it stopped paying, or the end of that day.
    fileprivate func noticed(upTo day: Day, _ period: RevenuePeriod) -> Instant {
        let left = period.zone.instant(day: day + 1)
        let notices = ledger.notices.filter { $0.isFull && $0.version.occurred < left }.map(\.version.occurred)
        return notices.first { left - $0 <= 365 * Milliseconds.day } ?? left
    }
}
