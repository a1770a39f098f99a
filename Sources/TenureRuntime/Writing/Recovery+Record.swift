import TenureCore
import TenureEngine
import TenureStore

/// A start of another build of the product than the one that concluded last, after a process that did not end in order.
/// This build may conclude otherwise of the same facts, and what was concluded has been seen and sent: accounts are
/// brought to where they were by what is recorded, and nothing is derived again (decision 17).
extension Writer {
    static let buildSetting = "build"

    /// Whether another build concluded on blocks that are not yet in all saved accounts.
    var isRecordOfAnother: Bool {
        get throws { try build != nil && store.setting(Self.buildSetting) != build }
    }

    func recordedPast(_ saved: [AccountID: UInt64], from start: UInt64) -> PastStates {
        PastStates(programme, continuing: accounts, saved: saved, shared, merges, from: start)
    }

    /// Takes over what the record comes to, and saves it: the next start compares what this build concludes.
    mutating func believe(_ record: inout PastStates?, from start: UInt64) throws {
        guard var past = record else { return }
        record = nil
        let (end, merges) = (past.position, past.merges)
        try past.settle(from: start, store) { try log.facts(of: $0, merges, upTo: end) }
        for (account, state) in past.accounts {
            accounts[account] = state
            dirty.mark(account, position)
        }
        counts.takenOver = past.accounts.count
        (shared, self.merges) = (past.shared, merges)
        try saveAll()
    }

    /// Only once every account holds what another build concluded.
    func keepBuild() throws {
        guard let build, try store.setting(Self.buildSetting) != build else { return }
        var commit = Commit(position: position, now: lastNow)
        commit.settings = [(name: Self.buildSetting, value: build)]
        try store.commit(commit)
    }
}
