import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// How often each signal was right: episodes of the last two years, and which accounts gave notice.
struct SignalHistory: Sendable {
    let now: Instant
    private let notices: [AccountID: [Instant]]
    private let workspace: Workspace

    /// Days over which precision is told.
    static let windows: [Int64] = [90, 365]

    init(_ workspace: Workspace) {
        self.workspace = workspace
        now = workspace.now
        let notices = workspace.rows().lazy.filter { $0.notice != nil }.map { ($0.id, $0.notices.map(\.version.occurred)) }
        self.notices = Dictionary(notices) { first, _ in first }
    }

    /// Of each signal, by the window's days.
    func precisions(_ signals: [Signal]) async throws -> [[SignalPrecision]] {
        let (now, notices) = (now, notices)
        return try await workspace.episodes { all in
            signals.map { signal in
                let episodes = all.of(signal.id)
                return Self.windows.map { SignalPrecision(signal, episodes, days: $0, now: now, notices: notices) }
            }
        }
    }

    func ended(_ signal: Signal, days: Int64) async throws -> [SignalEpisode] {
        let now = now
        return try await workspace.episodes { SignalPrecision.ended(signal, $0.of(signal.id), days: days, now: now) }
    }

    /// Those of one account, oldest first.
    static func episodes(of signal: Signal, at account: AccountID, in workspace: Workspace) async throws -> [SignalEpisode] {
        try await workspace.episodes { $0.of(signal.id).filter { $0.account == account } }
    }
}
