package import TenureCore
package import TenureEngine
import TenureProgramme

/// Where a portfolio stands and who needs someone: what a person reads first.
package struct Overview: Sendable {
    /// Monday of the running week: its first instant is what everything is compared with.
    package let monday: Day
    package let risk: RenewalRisk
    /// Those that lost bands since Monday, what is at stake most first.
    package let worse: [OverviewAccount]
    package let recovered: [OverviewAccount]
    /// With a last day for a notice within thirty days, the nearest first.
    package let noticesNear: [OverviewAccount]
    /// The most urgent first.
    package let needs: [Need]
    /// All customers, in the order of the rows; those that left are none.
    package let accounts: [OverviewAccount]

    /// Customers that need nobody.
    package var quiet: Int { accounts.count - needs.count }

    /// - Parameters:
    ///   - rows: those that are looked at: all, or of one owner.
    ///   - chronicles: of the days since Monday at least.
    package init(
        _ rows: [AccountRow], _ chronicles: [AccountID: AccountChronicle], _ programme: CompiledProgramme, now: Instant
    ) {
        let (zone, alarms) = (programme.defaultZoneRules, programme.programme.health.alarms)
        let today = zone.day(at: now)
        monday = today + -Int32(today.weekday)
        let then = zone.instant(day: monday)
        let customers = rows.filter { !$0.hasLeft(by: now) }.map { row in
            OverviewAccount(row, chronicles[row.id], alarms: alarms, since: then)
        }
        accounts = customers
        risk = RenewalRisk(customers, in: today.quarter)
        worse = Self.largest(customers.filter { ($0.bandsLost ?? 0) > 0 })
        recovered = Self.largest(customers.filter { ($0.bandsLost ?? 0) < 0 })
        noticesNear = customers.filter { $0.row.report.isNoticeNear(days: Need.nearness[1]) }
            .sorted { ($0.row.report.noticeBy ?? today, $0.row.report.id) < ($1.row.report.noticeBy ?? today, $1.row.report.id) }
        needs = customers.compactMap { Need($0, today: today, now: now) }.largestFirst(\.urgency, { $0.account.row.id })
    }

    private static func largest(_ accounts: [OverviewAccount]) -> [OverviewAccount] {
        accounts.largestFirst({ $0.row.arr.hundredths ?? 0 }, { $0.row.id })
    }
}

extension AccountRow {
    /// It gave notice, and the day came; where the notice names none, it pays nothing any more.
    package func hasLeft(by now: Instant) -> Bool {
        guard let notice else { return false }
        return notice.effective.map { $0 <= now } ?? (arr.hundredths == 0)
    }
}

extension AccountReport {
    /// Whether the last day for a notice is within so many days from today on.
    package func isNoticeNear(days: Int) -> Bool {
        noticeBy.map { $0 - today >= 0 && Int($0 - today) <= days } ?? false
    }
}
