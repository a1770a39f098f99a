import TenureAuthoring
import TenureCore
import TenureEngine
import TenureProgramme
@testable import TenureRuntime
import TenureStore
import Testing

/// What a plan says is what happens: at publishing, and in the past (decision 27).
struct PlanTests {
    /// No midnight of any zone, where days would be closed on either side of it.
    private static let middle = LivedWorkspace.start(of: 45) + 5 * Milliseconds.hour + 1
    private static let threshold = [(file: "health.yaml", from: "from: 70", to: "from: 85")]

    @Test(arguments: [false, true])
    func `an account of the past, folded and applied, is the account that lived`(fromMark: Bool) throws {
        let lived = try LivedWorkspace.make()
        var past =
            fromMark
            ? try PastStates(lived.writer.programme, lived.store, before: LivedWorkspace.start(of: 70))
            : PastStates(lived.writer.programme)
        let start = past.position
        #expect((start > 1) == fromMark)
        try lived.log.read(from: start + 1) { block in
            past.take(block)
            return true
        }
        let conclusions = try lived.store.conclusions(upTo: past.position, from: start, past.marked) { _ in }
        let position = past.position
        try past.settle(conclusions, lived.store) { try lived.log.facts(of: $0, Merges(), upTo: position) }
        #expect(past.accounts.count == lived.writer.accounts.count)
        for (id, state) in lived.writer.accounts {
            let rebuilt = try #require(past.accounts[id])
            #expect(rebuilt.conclusions.health.reading?.score == state.conclusions.health.reading?.score, "\(id)")
            // Contributions of an unchanged score may be of either of the last two readings.
            var alike = rebuilt
            alike.conclusions.health.reading = state.conclusions.health.reading
            #expect(alike.bytes == state.bytes, "\(id)")
        }
    }

    @Test func `the past under the version that ran is the past`() throws {
        let lived = try LivedWorkspace.make()
        let result = try replay(lived, to: try #require(try lived.store.programme(1)), number: 1)
        #expect(result.recorded.values.contains { !$0.signals.isEmpty })
        #expect(result.recorded.values.contains { !$0.standing.isEmpty })
        for (account, course) in result.replayed {
            let recorded = try #require(result.recorded[account])
            #expect(recorded == course, "\(account)")
        }
    }

    @Test func `the replay of a changed threshold is what a writer concludes that publishes it then`() throws {
        let lived = try LivedWorkspace.make()
        let changed = try LivedWorkspace.starter(Self.threshold)
        let row = changed.row(2, at: Self.middle, by: "test", reason: "another threshold")
        let result = try replay(lived, to: row, number: 2)
        let fresh = try publishedInTheMiddle(lived, changed)
        let bands = fresh.writer.programme.programme.health.bands.map(\.id)
        let lived2 = try fresh.courses(from: Self.middle, bandIDs: bands)
        #expect(result.replayed.contains { $0.value.bands != result.recorded[$0.key]?.bands }, "the change shows")
        for (account, course) in result.replayed {
            let other = lived2[account] ?? Course()
            #expect(course.signals == other.signals && course.plays == other.plays, "\(account)")
            #expect(course.bands == other.bands && course.messages == other.messages, "\(account)")
        }
        for (account, state) in fresh.writer.accounts {
            #expect(result.states[account]?.conclusions.health.displayedBand == state.conclusions.health.displayedBand)
        }
    }

    @Test func `plays that another version starts as well end as they ended, though their numbers shift`() throws {
        let lived = try LivedWorkspace.make(days: 120)
        let earlier = [(file: "signals.yaml", from: "days_since_touch\") >= 90.0", to: "days_since_touch\") >= 30.0")]
        let row = try LivedWorkspace.starter(earlier).row(2, at: Self.middle, by: "test", reason: "sooner")
        let result = try replay(lived, to: row, number: 2)
        var shifted = 0
        for (account, course) in result.replayed {
            let recorded = try #require(result.recorded[account])
            #expect(course.plays.filter { $0.id != "win_sponsor" } == recorded.plays.filter { $0.id != "win_sponsor" })
            guard let first = course.plays.firstIndex(where: { $0.id == "win_sponsor" }) else { continue }
            if course.plays != recorded.plays, first + 1 < course.plays.count { shifted += 1 }
        }
        #expect(shifted > 0, "some play begins after one that only the other version starts")
    }

    @Test func `what a plan predicts for the instant of publishing is what publishing does, account by account`() throws {
        var lived = try LivedWorkspace.make()
        let changed = try LivedWorkspace.starter(Self.threshold)
        let now = LivedWorkspace.start(of: 80) + 5 * Milliseconds.hour
        let prediction = try lived.writer.predicted(changed, now: now)
        let before = try lived.store.decisions(after: nil, limit: .max).count
        let block = try lived.writer.publish(changed, by: "test", reason: "another threshold", now: now)
        try lived.writer.process(block)
        let recorded = try lived.store.decisions(after: nil, limit: .max).dropFirst(before)
        #expect(!recorded.isEmpty)
        #expect(recorded.map(\.bytes) == prediction.decisions.map(\.bytes))
        #expect(lived.writer.accounts.mapValues(\.bytes) == prediction.after.mapValues(\.bytes))
        #expect(lived.writer.programme.programme.version == 2)
    }

    @Test func `publishing survives a crash at either side of its commit`() throws {
        var lived = try LivedWorkspace.make(accounts: 6, days: 50)
        let changed = try LivedWorkspace.starter(Self.threshold)
        let now = LivedWorkspace.start(of: 50) + Milliseconds.hour
        let expected = try lived.writer.predicted(changed, now: now).after.mapValues(\.bytes)
        _ = try lived.writer.publish(changed, by: "test", reason: "another threshold", now: now)
        // The log has it, the store does not.
        var behind = LivedWorkspace.writer(lived.loaded, lived.log, lived.store)
        try behind.recover()
        #expect(behind.programme.programme.version == 2)
        #expect(behind.accounts.mapValues(\.bytes) == expected)
        // And the store has it now.
        var after = Writer(
            workspace: "lived", keys: LivedWorkspace.keys, log: lived.log, store: lived.store,
            composer: PlainTextComposer(), programme: LivedWorkspace.library.compile(changed, number: 2),
            library: LivedWorkspace.library)
        try after.recover()
        #expect(after.accounts.mapValues(\.bytes) == expected)
    }

    // MARK: Help

    private func replay(_ lived: LivedWorkspace, to row: ProgrammeRow, number: Int) throws -> Replay.Result {
        let old = try #require(try lived.store.programme(1))
        return try Replay(
            LivedWorkspace.library, lived.log, lived.store, from: old, to: row,
            window: Self.middle..<lived.writer.lastNow, workers: 2
        ).run()
    }

    /// The same facts and wakings, with the other version published between them: an ordinary writer, from an empty store.
    private func publishedInTheMiddle(_ lived: LivedWorkspace, _ changed: LoadedProgramme) throws -> LivedWorkspace {
        var fresh = try LivedWorkspace.empty()
        var isPublished = false
        try lived.log.read(from: 1) { block in
            if !isPublished, block.now > Self.middle {
                let publication = try fresh.writer.publish(changed, by: "test", reason: "then", now: Self.middle)
                try fresh.writer.process(publication)
                isPublished = true
            }
            var next = block
            next.position = fresh.log.end + 1
            try fresh.log.append(next)
            try fresh.writer.process(next)
            return true
        }
        return fresh
    }
}
