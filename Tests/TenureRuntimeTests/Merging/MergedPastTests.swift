import TenureAuthoring
import TenureCore
import TenureEngine
import TenureStore
import Testing

@testable import TenureRuntime

/// What is made of the log behind the writer's back knows of merges as the writer does.
struct MergedPastTests {
    private let merged: MergedWorkspace
    private let pair: (part: AccountID, survivor: AccountID)

    /// Merged, undone, and other two merged.
    init() throws {
        var merged = try MergedWorkspace()
        pair = (merged.accounts[4], merged.accounts[5])
        try merged.merge(merged.accounts[0], into: merged.accounts[1])
        try merged.use("m1", by: "ann", at: merged.accounts[0])
        try merged.pass(days: 4)
        try merged.undo(merged.accounts[0], from: merged.accounts[1])
        try merged.merge(pair.part, into: pair.survivor)
        try merged.use("m2", by: "ann", at: pair.part)
        try merged.pass(days: 4)
        self.merged = merged
    }

    @Test(arguments: [false, true])
    func `accounts of the past are as they were`(fromMark: Bool) throws {
        let lived = merged.lived
        var past =
            fromMark
            ? try PastStates(lived.writer.programme, lived.store, lived.writer.merges, before: merged.now)
            : PastStates(lived.writer.programme)
        let start = past.position
        #expect((start > 1) == fromMark)
        try lived.log.read(from: start + 1) { block in
            past.take(block)
            return true
        }
        let conclusions = try lived.store.conclusions(upTo: past.position, from: start, past.marked) { _ in }
        let (position, merges) = (past.position, past.merges)
        try past.settle(conclusions, lived.store) { try lived.log.facts(of: $0, merges, upTo: position) }
        #expect(merges.all == lived.writer.merges.all)
        for (id, state) in lived.writer.accounts where !state.isPart {
            let rebuilt = try #require(past.accounts[id])
            #expect(rebuilt.observations.bytes == state.observations.bytes, "\(id)")
            #expect(rebuilt.conclusions.plays == state.conclusions.plays && rebuilt.conclusions.signals == state.conclusions.signals)
        }
    }

    @Test func `which accounts were one can be asked of any place, and is handed on as it is`() throws {
        let merges = merged.lived.writer.merges
        let (first, second) = (merged.accounts[0], merged.accounts[1])
        let undone = try #require(merges.links.first { $0.part == first })
        let end = try #require(undone.end).position
        for (position, accounts) in [(undone.position - 1, [second]), (undone.position, [second, first]), (end - 1, [second, first]), (end, [second])] {
            #expect(merges.asOf(position).accounts(in: second) == accounts)
        }
        #expect(merges.absences(of: first).map(\.survivor) == [second] && merges.absences(of: second).isEmpty)
        #expect(merges.asOf(.max) == merges && merges.all.map(\.part) == [pair.part])
        var writer = ByteWriter()
        writer.write(merges)
        var reader = ByteReader(writer.bytes)
        #expect(try reader.readMerges() == merges)
    }

    @Test func `the past under the version that ran is the past`() throws {
        let lived = merged.lived
        let row = try #require(try lived.store.programme(1))
        let result = try Replay(
            LivedWorkspace.library, lived.log, lived.store, from: row, to: row,
            window: LivedWorkspace.start(of: 45) + 1..<lived.writer.lastNow, merges: lived.writer.merges, workers: 2
        ).run()
        for (account, course) in result.replayed { #expect(result.recorded[account] == course, "\(account)") }
        #expect(result.states[pair.part]?.isPart == true)
    }

    @Test func `a version that takes effect while two are one folds them as one, and undoing folds each alone`() throws {
        var merged = merged
        let changed = try LivedWorkspace.starter([(file: "health.yaml", from: "from: 70", to: "from: 85")])
        let block = try merged.lived.writer.publish(changed, by: "test", reason: "then", now: merged.now)
        try merged.lived.writer.process(block)
        #expect(try merged.state(pair.part).isPart)
        try merged.use("m3", by: "bob", at: pair.part)
        try merged.undo(pair.part, from: pair.survivor)
        for account in [pair.part, pair.survivor] {
            #expect(try merged.state(account).observations.bytes == merged.folded(account, besides: []).bytes)
        }
    }
}
