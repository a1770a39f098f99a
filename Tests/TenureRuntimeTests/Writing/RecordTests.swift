import TenureCore
import TenureEngine
import TenureStore
import Testing

@testable import TenureRuntime

/// After a process that did not end in order, another build of the product starts (decision 17).
struct RecordTests {
    private static let threshold = [(file: "health.yaml", from: "from: 70", to: "from: 85")]

    private func states(_ writer: Writer) -> [AccountID: [UInt8]] { writer.accounts.all.mapValues(\.bytes) }

    private func decisions(_ store: any StateStore) throws -> [DecisionRow] { try store.decisions(after: nil, limit: .max) }

    /// A writer of a build over what is there, started.
    private func started(_ lived: LivedWorkspace, build: String?) throws -> Writer {
        var writer = LivedWorkspace.writer(lived.loaded, lived.log, lived.store)
        writer.build = build
        try writer.recover()
        return writer
    }

    @Test(arguments: [0, 600, 3000, 1 << 20])
    func `accounts are what they were, wherever each was saved`(checkpointBytes: Int) throws {
        let lived = try LivedWorkspace.make(days: 50, checkpointBytes: checkpointBytes)
        let recorded = try decisions(lived.store)
        #expect(recorded.count > 100)
        let another = try started(lived, build: "another")
        #expect(states(another) == states(lived.writer))
        #expect(another.shared == lived.writer.shared && another.position == lived.writer.position)
        #expect(try decisions(lived.store) == recorded)
        #expect(another.counts.turns == 0)
        if checkpointBytes == 0 { #expect(another.counts.takenOver == another.accounts.count) }
        // Everything is saved: the same build has nothing to take over, and nothing to compare.
        let again = try started(lived, build: "another")
        #expect(states(again) == states(lived.writer) && again.counts.turns == 0)
    }

    @Test func `merged accounts are what they were`() throws {
        var merged = try MergedWorkspace()
        merged.lived.writer.checkpointBytesPerCommit = 0
        let (part, survivor) = (merged.accounts[0], merged.accounts[1])
        try merged.merge(part, into: survivor)
        try merged.use("m1", by: "ann", at: part)
        try merged.pass(days: 4)
        try merged.undo(part, from: survivor)
        // One that took another in becomes part itself.
        try merged.merge(merged.accounts[3], into: merged.accounts[4])
        try merged.pass(days: 1)
        try merged.merge(merged.accounts[4], into: merged.accounts[5])
        try merged.pass(days: 2)
        let another = try started(merged.lived, build: "another")
        #expect(states(another) == states(merged.lived.writer))
        #expect(another.merges.all == merged.lived.writer.merges.all)
    }

    @Test func `a build that concludes otherwise goes on from what was concluded`() throws {
        let lived = try LivedWorkspace.make(days: 50, checkpointBytes: 0)
        let otherwise = try LivedWorkspace.starter(Self.threshold)
        func start(_ build: String?) throws -> Writer {
            var writer = LivedWorkspace.writer(otherwise, lived.log, lived.store)
            writer.build = build
            try writer.recover()
            return writer
        }
        #expect(throws: Divergence.self) { try start(nil) }
        let recorded = try decisions(lived.store)
        var another = try start("another")
        #expect(states(another) == states(lived.writer))
        #expect(try decisions(lived.store) == recorded)
        // From here on it concludes, and what it concludes is compared.
        let next = another.nextDue()
        let due = try #require(next)
        let later = due + 3 * Milliseconds.day
        while let next = another.nextDue(), next <= later, let block = try another.tick(now: later) { try another.process(block) }
        let again = try start("another")
        #expect(states(again) == states(another))
        #expect(try decisions(lived.store).count > recorded.count)
    }

    @Test func `what the other build had not concluded yet this one concludes`() throws {
        let lived = try LivedWorkspace.make(days: 50, checkpointBytes: 0)
        let session = Arrival(
            id: "last", source: "app", type: "user.session", subject: .resolved(try #require(lived.writer.accounts.keys.min())),
            user: "ann", data: [:])
        var whole = lived.writer
        let taken = try whole.accept([session], now: whole.lastNow + 1000)
        let block = try #require(taken.block)
        // As it would have gone on, written nowhere.
        whole.store = TrialStore(lived.store) { _ in }
        try whole.process(block)
        let another = try started(lived, build: "another")
        #expect(another.position == block.position && another.counts.turns == 1)
        #expect(states(another) == states(whole) && states(another) != states(lived.writer))
    }
}
