import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime
import TenureStore

/// Episodes of a workspace's signals, and which accounts gave notice: what precision is counted from.
struct SignalHistory: Sendable {
    let episodes: [SignalEpisode]
    private let notices: [AccountID: [Instant]]
    let now: Instant
    /// Whether no older decisions had to be left out.
    let isComplete: Bool

    /// Days over which precision is told.
    static let windows: [Int64] = [90, 365]
    /// Episodes that ended in the last year and were raised up to a year earlier.
    private static let readDays: Int64 = 730
    private static let decisionsMax = 100_000

    static func read(_ workspace: Workspace) async throws -> SignalHistory {
        let now = workspace.now
        let rows = try await workspace.read {
            try $0.signalTurns(since: now + -readDays * Milliseconds.day, limit: decisionsMax).map { row in
                try Decision(bytes: row.bytes)
            }
        }
        let notices = workspace.accounts().lazy.map { account in
            (account.id, account.observations.revenue.notices.filter(\.isFull).map(\.version.occurred))
        }
        return SignalHistory(
            episodes: SignalEpisodes(rows.reversed()).all,
            notices: Dictionary(notices.filter { !$0.1.isEmpty }) { first, _ in first }, now: now,
            isComplete: rows.count < decisionsMax)
    }

    func ended(_ signal: Signal, days: Int64) -> [SignalEpisode] {
        SignalPrecision.ended(signal, episodes, days: days, now: now)
    }

    func precision(_ signal: Signal, days: Int64) -> SignalPrecision {
        SignalPrecision(signal, episodes, days: days, now: now, notices: notices)
    }
}
