import TenureCore
import TenureStore

/// What a store has recorded, held block by block against what a replay concludes.
struct RecordedDecisions: Sendable {
    private let store: any StateStore
    /// Behind it nothing is recorded yet: whoever starts there concludes it anew.
    private let committed: UInt64
    /// Blocks with decisions that the replay has not come to.
    private var waiting: ArraySlice<(position: UInt64, digest: UInt64)>
    private(set) var count = 0

    init(_ store: any StateStore) throws {
        self.store = store
        committed = try store.committedPosition()
        waiting = try store.decisionDigests(from: 0)[...]
    }

    /// The next block's conclusions, which must be the recorded ones.
    mutating func take(_ commit: Commit) throws {
        guard commit.position <= committed else { return }
        try requireNoneMissing(before: commit.position)
        guard !commit.decisions.isEmpty else { return }
        let recorded = try store.decisions(
            after: DecisionPlace(position: commit.position, ordinal: -1), limit: commit.decisions.count + 1
        ).prefix { $0.place.position == commit.position }
        let different = zip(recorded, commit.decisions).first { $0 != $1 }?.1 ?? commit.decisions.last
        guard recorded.elementsEqual(commit.decisions), let next = waiting.popFirst(), next.position == commit.position,
            next.digest == commit.decisionsDigest
        else { throw Divergence(position: commit.position, account: different?.account ?? AccountID("")) }
        count += commit.decisions.count
    }

    /// At the end of the log, or before its next block with conclusions.
    func requireNoneMissing(before position: UInt64 = .max) throws {
        guard let first = waiting.first, first.position < position else { return }
        let row = try store.decisions(after: DecisionPlace(position: first.position, ordinal: -1), limit: 1).first
        throw Divergence(position: first.position, account: row?.account ?? AccountID(""))
    }
}
