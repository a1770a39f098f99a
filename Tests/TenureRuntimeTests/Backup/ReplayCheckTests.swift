import TenureCore
import TenureEngine
import TenureRuntime
import TenureStore
import Testing

/// A whole log lived through again, held against what was recorded of it.
struct ReplayCheckTests {
    private let lived: LivedWorkspace

    init() throws {
        var lived = try LivedWorkspace.make(accounts: 4, days: 40)
        try lived.writer.saveAll()
        self.lived = lived
    }

    private func check(
        log: (any IntakeLog)? = nil, store: (any StateStore)? = nil, keys: WorkspaceKeys = LivedWorkspace.keys
    ) throws -> ReplayCheck.Findings {
        let writer = Writer(
            workspace: "lived", keys: keys, log: log ?? lived.log, store: store ?? lived.store,
            composer: PlainTextComposer(), programme: LivedWorkspace.library.compile(lived.loaded, number: 1),
            library: LivedWorkspace.library)
        var check = try ReplayCheck(writer)
        return try check.run()
    }

    @Test func `what was lived through is found again, decision by decision and account by account`() throws {
        let findings = try check()
        #expect(findings.accounts == 4 && findings.facts > 100)
        #expect(findings.decisions == (try lived.store.decisions(after: nil, limit: .max).count))
        #expect(findings.misnamed == [] && findings.repeated == [] && findings.missaved == [])
        #expect(findings.digest == (try check().digest))
    }

    @Test func `a changed decision is found at its block`() throws {
        let rows = try lived.store.decisions(after: nil, limit: .max)
        let victim = try #require(rows.dropFirst(rows.count / 2).first)
        let changed = try recording { row in
            var row = row
            if row.place == victim.place { row.bytes[row.bytes.count - 1] ^= 1 }
            return row
        }
        let divergence = try #require(throws: Divergence.self) { try check(store: changed) }
        #expect(divergence.position == victim.place.position && divergence.account == victim.account)
    }

    @Test func `a decision that is missing, or that nothing comes to, is found at its block`() throws {
        let victim = try #require(try lived.store.decisions(after: nil, limit: .max).last)
        let shorter = try recording { $0.place == victim.place ? nil : $0 }
        #expect(try #require(throws: Divergence.self) { try check(store: shorter) }.position == victim.place.position)
        let longer = try recording { $0 }
        let end = try longer.committedPosition()
        var more = Commit(position: end + 1, now: noon)
        more.decisions = [victim]
        more.decisions[0].place = DecisionPlace(position: end + 1, ordinal: 0)
        try longer.commit(more)
        #expect(try #require(throws: Divergence.self) { try check(store: longer) }.position == end + 1)
    }

    @Test func `a fact that was taken out of the log is found`() throws {
        let events = try all(lived.log)
        let victim = try #require(events.firstIndex { $0.facts.contains { $0.account != nil && $0.type == "user.session" } })
        var shorter = events
        shorter[victim].facts.removeAll { $0.type == "user.session" }
        let log = MemoryLog()
        for block in shorter { try log.append(block) }
        let isFound = (try? check(log: log)).map { !$0.missaved.isEmpty } ?? true
        #expect(isFound)
    }

    @Test func `an account that was saved as something else is found`() throws {
        var saved: [Checkpoint] = []
        try lived.store.checkpoints { saved.append($0) }
        let (first, second) = (saved[0], saved[1])
        var commit = Commit(position: try lived.store.committedPosition(), now: noon)
        commit.checkpoints = [Checkpoint(account: first.account, position: first.position, bytes: second.bytes)]
        try lived.store.commit(commit)
        #expect(try check().missaved == [first.account])
    }

    @Test func `another secret is told by the names that it does not give`() throws {
        let other = WorkspaceKeys(secret: Array(repeating: 1, count: 32), workspace: "lived")
        #expect(try check(keys: other).misnamed.count == 4)
    }

    @Test func `an event that is in the log twice is named`() throws {
        let blocks = try all(lived.log)
        let last = try #require(blocks.last)
        let twice = try #require(blocks.reversed().lazy.flatMap(\.facts).first { $0.account != nil })
        try lived.log.append(LogBlock(position: last.position + 1, now: last.now, facts: [twice]))
        #expect(try check().repeated == [twice.id])
    }

    private func all(_ log: any IntakeLog) throws -> [LogBlock] {
        var blocks: [LogBlock] = []
        try log.read(from: 1) { block in
            blocks.append(block)
            return true
        }
        return blocks
    }

    /// The lived store's decisions in another one, some of them changed or left out.
    private func recording(_ change: (DecisionRow) -> DecisionRow?) throws -> any StateStore {
        let copy = MemoryStore()
        var first = Commit(position: 0, now: noon)
        first.programmes = [try #require(try lived.store.programme(1))]
        try copy.commit(first)
        let rows = Dictionary(grouping: try lived.store.decisions(after: nil, limit: .max), by: \.place.position)
        for (position, digest) in try lived.store.decisionDigests(from: 0) {
            var commit = Commit(position: position, now: noon)
            commit.decisions = (rows[position] ?? []).compactMap(change)
            commit.decisionsDigest = digest
            try copy.commit(commit)
        }
        try copy.commit(Commit(position: try lived.store.committedPosition(), now: noon))
        return copy
    }
}
