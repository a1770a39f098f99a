import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// How often each signal was right: episodes of the last two years, and which accounts gave notice.
struct SignalHistory: Sendable {
    let now: Instant
    private let workspace: Workspace

    /// Days over which precision is told.
    static let windows: [Int64] = [90, 365]

    init(_ workspace: Workspace) {
        self.workspace = workspace
        now = workspace.now
    }

    /// Of each signal, by the window's days.
    func precisions(_ signals: [Signal]) async throws -> [[SignalPrecision]] {
        let (now, notices) = (now, Self.notices(workspace.table()))
        return try await workspace.episodes { $0.precisions(of: signals, days: Self.windows, now: now, notices: notices) }
    }

    private static func notices(_ table: AccountTable) -> [AccountID: [Instant]] {
        let leaving = table.figures.indices.lazy.filter { table.figures[$0].isLeaving }.map { table.rows[$0] }
        return Dictionary(leaving.map { ($0.id, $0.notices.map(\.version.occurred)) }) { first, _ in first }
    }

    func ended(_ signal: Signal, days: Int64) async throws -> [SignalEpisode] {
        let now = now
        return try await workspace.episodes { $0.ended(signal.id, days: days, now: now) }
    }

    /// Those of one account, oldest first.
    static func episodes(of signal: Signal, at account: AccountID, in workspace: Workspace) async throws -> [SignalEpisode] {
        try await workspace.episodes { $0.of(signal.id, at: account) }
    }
}
