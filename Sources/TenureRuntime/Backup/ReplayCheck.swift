import Synchronization
package import TenureCore
import TenureEngine
package import TenureStore

/// Lives through a whole log again, from nothing, and holds every conclusion against what is recorded. Writes nothing.
///
/// A start believes the saved accounts and replays what is behind them; this believes nothing but the facts.
package struct ReplayCheck {
    /// What is not as it must be stands in the lists.
    package struct Findings: Sendable {
        package var accounts = 0
        package var facts = 0
        package var decisions = 0
        /// Of every account's state at the log's end, in hexadecimal.
        package var digest = ""
        /// Accounts whose id another secret gave.
        package var misnamed: [AccountID] = []
        /// Ids of events that are in the log twice.
        package var repeated: [String] = []
        /// Accounts that were saved as something else than their facts come to.
        package var missaved: [AccountID] = []
    }

    private struct Saved {
        var account: AccountID
        var hash: UInt64
    }

    private var writer: Writer
    private let store: any StateStore
    /// Saved accounts by the position as of which they were saved.
    private var saved: [UInt64: [Saved]] = [:]
    private var findings = Findings()

    /// - Parameter writer: a fresh one over the log and the store to be checked, with the programme's first version.
    package init(_ writer: Writer) throws {
        store = writer.store
        self.writer = writer
        // Messages are decided and not rendered; states and marks are nobody's to keep.
        self.writer.isRehearsal = true
        self.writer.checkpointBytesPerCommit = 0
        self.writer.markBytesPerCommit = 0
        try store.checkpoints { kept in
            let hash = hash64(try AccountState(bytes: kept.bytes).bytes)
            saved[kept.position, default: []].append(Saved(account: kept.account, hash: hash))
        }
    }

    /// Throws `Divergence` at the first block that comes to other decisions than are recorded.
    package mutating func run(
        progress: (_ position: UInt64, _ end: UInt64) -> Void = { _, _ in }
    ) throws -> Findings {
        let recorded = Mutex(try RecordedDecisions(store))
        writer.store = TrialStore(store) { commit in try recorded.withLock { try $0.take(commit) } }
        let waiting = try writer.log.readTurns(from: 1) { block in
            try take(block)
            progress(block.position, writer.log.end)
            return true
        }
        // Taken, and not concluded on yet.
        for fact in waiting?.facts ?? [] { try note(fact) }
        try recorded.withLock { try $0.requireNoneMissing() }
        findings.decisions = recorded.withLock { $0.count }
        conclude()
        return findings
    }

    private mutating func take(_ block: LogBlock) throws {
        try writer.index.settle(in: writer.log)
        for fact in block.facts where fact.type != FactType.clockReached { try note(fact) }
        try writer.process(block)
        for saved in saved.removeValue(forKey: block.position) ?? [] {
            let isSame = writer.accounts.kept(saved.account).map { hash64($0.bytes) == saved.hash } ?? false
            if !isSame { findings.missaved.append(saved.account) }
        }
    }

    private mutating func note(_ fact: Fact) throws {
        findings.facts += 1
        let key = writer.keys.eventKey(source: fact.source, id: fact.id)
        let answer = try writer.index.answer(key, content: 0, recorded: fact.recorded)
        if answer != .new { findings.repeated.append(fact.id) }
        writer.index.remember(key, content: 1, recorded: fact.recorded)
    }

    private mutating func conclude() {
        var digest = FileDigest()
        for account in writer.accounts.keys.sorted() {
            guard let kept = writer.accounts.kept(account) else { continue }
            digest.take(account.text)
            digest.take(kept.bytes)
            let external = kept.state.observations.profile["id"]?.string
            if let external, writer.keys.account(external: external) != account {
                findings.misnamed.append(account)
            }
        }
        findings.accounts = writer.accounts.count
        findings.digest = digest.text
        // Saved as of a position that the log does not reach.
        findings.missaved += saved.values.flatMap { $0 }.map(\.account)
    }
}

extension StateStore {
    /// Of all recorded decisions, in hexadecimal: equal for equal histories.
    package func decisionsDigest() throws -> String {
        var digest = FileDigest()
        for (position, decisions) in try decisionDigests(from: 0) {
            digest.take(position)
            digest.take(decisions)
        }
        return digest.text
    }
}
