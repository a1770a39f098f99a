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

    /// - Parameter cursor: nil: those that were raised last.
    func ended(_ signal: Signal, days: Int64, cursor: String?) async throws -> ListPart<SignalEpisode> {
        let now = now
        let name = ListName(list: "episodes", question: "\(signal.id) \(days)", keys: workspace.keys)
        return try await workspace.episodes { episodes in
            let ended = episodes.ended(signal.id, days: days, now: now)
            return try ListPart(
                ended.places, name, cursor: cursor,
                start: { episodes.place(raised: Instant(milliseconds: 0 &- $0.number), of: AccountID($0.id)) },
                place: { ListPlace(number: 0 &- $0.raised.milliseconds, id: $0.account.text) }, item: { ended[$0] })
        }
    }

    /// Those of one account, oldest first.
    static func episodes(of signal: Signal, at account: AccountID, in workspace: Workspace) async throws -> [SignalEpisode] {
        try await workspace.episodes { $0.of(signal.id, at: account) }
    }
}
