package import TenureCore
import TenureEngine
import TenureProgramme

/// A contract that runs out, of which nothing has been decided yet.
package struct DueRenewal: Hashable, Sendable {
    package let due: Day
    /// Hundredths of the reporting currency a year; nil: not known.
    package let amount: Int64?

    /// From the first day of the running quarter to a year from today, the earliest first.
    ///
    /// Where facts tell of contracts, of these; else the account's own term, with all that the account pays.
    static func all(_ revenue: AccountRevenue, termEnd: Day?, arr: RevenueAmount, today: Day, zone: ZoneRules) -> [DueRenewal] {
        let days = today.quarter.lowerBound...(today + 366)
        guard revenue.hasContracts else {
            return termEnd.map { days.contains($0) ? [DueRenewal(due: $0, amount: arr.hundredths)] : [] } ?? []
        }
        guard let period = RevenuePeriod(from: days.lowerBound + -1, to: days.upperBound, zone: zone) else { return [] }
        return ContractRenewal.all(revenue, in: period).filter { $0.outcome == .open }
            .map { DueRenewal(due: $0.due, amount: $0.target) }.sorted { ($0.due, $0.amount ?? 0) < ($1.due, $1.amount ?? 0) }
    }
}

extension AccountRevenue {
    fileprivate var hasContracts: Bool { !ledger.streams(.contracts).isEmpty }
}

extension Day {
    /// The quarter of the calendar year in which the day lies.
    package var quarter: ClosedRange<Day> {
        let date = civil
        let first = Day(CivilDate(year: date.year, month: (date.month - 1) / 3 * 3 + 1, day: 1))
        return first...(first.adding(months: 3) + -1)
    }
}
