package import TenureCore
import TenureProgramme

/// An account that needs someone, and how urgently.
///
/// The order is stated on the page: by what is at stake (in steps, so that the rest counts too), then by how near the last
/// day for a notice is, then by how long nobody has attended to it.
package struct Need: Sendable {
    package let account: OverviewAccount
    private let urgency: Urgency

    init(_ account: OverviewAccount, _ urgency: Urgency) {
        self.account = account
        self.urgency = urgency
    }

    /// Least amounts a year, in hundredths, of the steps of what is at stake.
    package static let stakes: [Int64] = [10_000_000, 3_000_000, 1_000_000, 300_000, 100_000]
    /// Most days to the last day for a notice.
    package static let nearness: [Int] = [14, 30, 90]

    /// Since when something waits there that nobody looks after; nil: nothing does.
    package var unattendedSince: Instant? { urgency.unattendedSince }
    package var daysToNotice: Int? { urgency.daysToNotice }
    /// The step of what is at stake; 0 is the most.
    package var stake: Int { urgency.stake }
}

/// How urgently an account needs someone, as plain values.
struct Urgency: Sendable {
    let unattendedSince: Instant?
    let daysToNotice: Int?
    let stake: Int
    private let near: Int

    init(_ figures: RowFigures, unattendedSince: Instant?, today: Day) {
        let days = figures.noticeBy.map { Int($0 - today) }.flatMap { $0 >= 0 ? $0 : nil }
        let amount = figures.arr ?? 0
        daysToNotice = days
        self.unattendedSince = unattendedSince
        stake = Need.stakes.firstIndex { amount >= $0 } ?? Need.stakes.count
        near = days.flatMap { days in Need.nearness.firstIndex { days <= $0 } } ?? Need.nearness.count
    }

    var isNear: Bool { daysToNotice.map { $0 <= Need.nearness[1] } ?? false }

    /// The smaller, the more urgent: by the stake, then by how near the day is, then by how long nobody attends.
    var number: Int64 {
        let unattended = unattendedSince.map { min(max(0, $0.milliseconds), Self.timeMax) } ?? Self.timeMax
        return Int64(stake) << 56 + Int64(near) << 52 + unattended
    }

    private static let timeMax: Int64 = 1 << 50
}
