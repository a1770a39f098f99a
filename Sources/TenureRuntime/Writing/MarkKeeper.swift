import TenureCore
import TenureEngine
import TenureStore

/// Every 30 days of recorded time all accounts are kept as they are, a part with each commit: what is asked of the past
/// later begins at the nearest of these places, and not at the beginning of the log.
struct MarkKeeper: Sendable {
    private static let periodDays: Int32 = 30

    private var period: Int32?
    private var mark: Mark?
    /// States of the mark that are not kept yet, last account first: what they say the turns that follow do not change.
    private var waiting: [(account: AccountID, state: KeptState)] = []

    /// - Parameter newest: the last complete mark; one that was not completed is begun again.
    mutating func begin(after newest: Mark?) { period = newest.map { Self.period(of: $0.at) } }

    /// Whether the block is the first of its period.
    func isDue(_ block: LogBlock) -> Bool { mark == nil && period != Self.period(of: block.now) }

    /// As of the block, which has been concluded.
    mutating func begin(
        _ block: LogBlock, version: Int, _ workspace: WorkspaceState, _ accounts: [AccountID: KeptState]
    ) {
        period = Self.period(of: block.now)
        mark = Mark(position: block.position, at: block.now, version: version, workspace: workspace.bytes)
        waiting = accounts.sorted { $1.key < $0.key }.map { (account: $0.key, state: $0.value) }
    }

    /// The next part, within a budget of bytes.
    mutating func take(bytes budget: Int, into commit: inout Commit) {
        guard let mark else { return }
        var spent = 0
        while spent < budget, let (account, state) = waiting.popLast() {
            let kept = Checkpoint(account: account, position: mark.position, bytes: state.bytes)
            spent += kept.bytes.count
            commit.markedStates.append(kept)
        }
        guard waiting.isEmpty else { return }
        commit.completedMark = mark
        self.mark = nil
    }

    private static func period(of instant: Instant) -> Int32 { ZoneRules.utc.day(at: instant).number / periodDays }
}
