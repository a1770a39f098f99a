package import TenureCore
import TenureProgramme

/// An account that needs someone, and how urgently.
///
/// The order is stated on the page: by what is at stake (in steps, so that the rest counts too), then by how near the last
/// day for a notice is, then by how long nobody has attended to it.
package struct Need: Sendable {
    package let account: OverviewAccount
    /// Since when something waits there that nobody looks after; nil: nothing does.
    package let unattendedSince: Instant?
    package let daysToNotice: Int?
    /// The step of what is at stake; 0 is the most.
    package let stake: Int
    private let near: Int
    /// Least amounts a year, in hundredths, of the steps of what is at stake.
    package static let stakes: [Int64] = [10_000_000, 3_000_000, 1_000_000, 300_000, 100_000]
    /// Most days to the last day for a notice.
    package static let nearness: [Int] = [14, 30, 90]

    /// nil: it does well enough without anybody.
    init?(_ account: OverviewAccount, today: Day, now: Instant) {
        let (row, report) = (account.row, account.row.report)
        let waiting = row.signals.isEmpty ? [] : row.signals.filter { $0.isWaiting(at: now) }
        let days = report.noticeBy.map { Int($0 - today) }.flatMap { $0 >= 0 ? $0 : nil }
        self.account = account
        daysToNotice = days
        unattendedSince = waiting.compactMap(\.since).min()
        let isUrgent = waiting.contains { $0.severity == .critical || $0.severity == .high }
        let isNear = days.map { $0 <= Self.nearness[1] } ?? false
        let amount = row.arr.hundredths ?? 0
        stake = Self.stakes.firstIndex { amount >= $0 } ?? Self.stakes.count
        near = days.flatMap { days in Self.nearness.firstIndex { days <= $0 } } ?? Self.nearness.count
        guard account.isAtRisk || isUrgent || (isNear && report.band?.tone != .good) else { return nil }
    }

    /// The larger, the more urgent: by the stake, then by how near the day is, then by how long nobody attends.
    var urgency: Int64 {
        let unattended = unattendedSince.map { min(max(0, $0.milliseconds), Self.timeMax) } ?? Self.timeMax
        return -(Int64(stake) << 56 + Int64(near) << 52 + unattended)
    }

    private static let timeMax: Int64 = 1 << 50
}
