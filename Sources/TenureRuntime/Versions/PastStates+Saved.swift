import TenureCore
import TenureEngine
import TenureStore

/// Accounts that were saved at places of their own, brought to where the log's conclusions end by what is recorded.
extension PastStates {
    /// Only those are folded of which anything came since they were saved.
    ///
    /// - Parameter position: where reading begins; what came before it, every account holds.
    init(
        _ programme: CompiledProgramme, continuing known: AccountStates, saved: [AccountID: UInt64],
        _ shared: WorkspaceState, _ merges: Merges, from position: UInt64
    ) {
        self.init(programme)
        self.known = known
        self.saved = saved
        self.shared = shared
        self.merges = merges
        self.position = position
    }

    /// Ends the folding. Each conclusion is taken in its place among the rest, so that the state is the one that was left,
    /// to the byte.
    ///
    /// - Parameter start: where reading began.
    mutating func settle(
        from start: UInt64, _ store: any StateStore, refolding read: (AccountID) throws -> [Fact]
    ) throws {
        var decisions: [AccountID: [Decision]] = [:]
        try store.eachDecision(after: start) { row in
            guard row.place.position <= position, folds[row.account] != nil else { return }
            guard row.place.position > saved[row.account] ?? 0 else { return }
            decisions[row.account, default: []].append(try Decision(bytes: row.bytes))
        }
        for (account, fold) in folds {
            var state = try settled(account, fold, refolding: read)
            state.conclusions = marked[account] ?? Conclusions()
            var closings = try closings(of: state, store)[...]
            for decision in decisions[account] ?? [] {
                // At one instant a day ends before anything follows from the next.
                while let closing = closings.first, closing.at <= decision.at {
                    closings.removeFirst().apply(to: &state.conclusions)
                }
                decision.apply(to: &state.conclusions)
            }
            for closing in closings { closing.apply(to: &state.conclusions) }
            accounts[account] = state
        }
        folds = [:]
    }
}
