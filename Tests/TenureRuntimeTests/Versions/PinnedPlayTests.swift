import Foundation
import TenureAuthoring
import TenureCore
import TenureEngine
import TenureProgramme
@testable import TenureRuntime
import TenureStore
import Testing

/// Plays in flight are never touched by publishing (decision 25).
struct PinnedPlayTests {
    @Test func `a play that the new version defines alike goes on under it`() throws {
        var lived = try LivedWorkspace.make()
        let changed = try LivedWorkspace.starter([(file: "health.yaml", from: "from: 70", to: "from: 62")])
        let running = Self.running(lived)
        #expect(!running.isEmpty)
        try publish(changed, in: &lived)
        let after = Self.running(lived)
        #expect(after.values.filter { $0.programmeVersion == 1 }.isEmpty)
    }

    @Test func `a play whose steps change runs on as it began, and new ones start under the new version`() throws {
        var lived = try LivedWorkspace.make()
        let play = try #require(Self.running(lived).values.first)
        let changed = try LivedWorkspace.starter(try Self.edit(of: play.play))
        let before = Self.running(lived)
        try publish(changed, in: &lived)
        for (key, instance) in Self.running(lived) {
            guard let earlier = before[key] else { continue }
            #expect((instance.programmeVersion == 1) == (earlier.play == play.play))
            #expect(instance.steps == earlier.steps)
            let plan = try #require(lived.writer.programme.playPlan(of: instance))
            #expect(plan.version == instance.programmeVersion)
        }
        let old = try #require(Self.running(lived).values.first { $0.play == play.play })
        #expect(lived.writer.programme.playPlan(of: old)?.play.title != lived.writer.programme.playPlan(play.play)?.play.title)
        // A start finds the old version again for it.
        var restarted = Writer(
            workspace: "lived", keys: LivedWorkspace.keys, log: lived.log, store: lived.store,
            composer: PlainTextComposer(), programme: LivedWorkspace.library.compile(changed, number: 2),
            library: LivedWorkspace.library)
        try restarted.recover()
        #expect(restarted.accounts.mapValues(\.bytes) == lived.writer.accounts.mapValues(\.bytes))
        #expect(restarted.programme.playPlan(of: old)?.version == 1)
    }

    @Test func `a rollback makes the earlier files the next version, and every score as it was`() throws {
        var lived = try LivedWorkspace.make(accounts: 6, days: 50)
        let scores = lived.writer.accounts.mapValues { $0.conclusions.health.reading?.score }
        try publish(try LivedWorkspace.starter([(file: "health.yaml", from: "from: 70", to: "from: 62")]), in: &lived)
        try publish(lived.loaded, in: &lived)
        #expect(lived.writer.programme.programme.version == 3)
        #expect(try lived.store.programmes().map(\.number) == [1, 2, 3])
        #expect(try lived.store.programme(3)?.digest == lived.store.programme(1)?.digest)
        #expect(lived.writer.accounts.mapValues { $0.conclusions.health.reading?.score } == scores)
    }

    @Test func `the version that runs cannot be published again`() throws {
        var lived = try LivedWorkspace.empty()
        let loaded = lived.loaded
        #expect(throws: PublishRefusal.self) {
            try lived.writer.publish(loaded, by: "test", reason: "again", now: LivedWorkspace.start(of: 1))
        }
    }

    // MARK: Help

    private static func running(_ lived: LivedWorkspace) -> [String: PlayInstance] {
        var running: [String: PlayInstance] = [:]
        for (id, state) in lived.writer.accounts {
            for play in state.conclusions.plays where play.isRunning { running["\(id)/\(play.number)"] = play }
        }
        return running
    }

    /// Another title alone is words; another owner is not.
    private static func edit(of play: String) throws -> [(file: String, from: String, to: String)] {
        for file in LivedWorkspace.library.folder("starter").files where file.path.hasPrefix("plays") {
            if let block = file.text.head(of: "- id: " + play + "\n") {
                return [(file: file.path, from: block.from, to: block.to)]
            }
        }
        throw NoSuchPlay(id: play)
    }

    private func publish(_ loaded: LoadedProgramme, in lived: inout LivedWorkspace) throws {
        let now = lived.writer.lastNow + Milliseconds.hour
        let block = try lived.writer.publish(loaded, by: "test", reason: "a change", now: now)
        try lived.writer.process(block)
    }
}

private struct NoSuchPlay: Error { let id: String }

extension String {
    /// The head of a definition, and the same with another title and owner.
    fileprivate func head(of head: String) -> (from: String, to: String)? {
        guard let start = range(of: head) else { return nil }
        let rest = self[start.lowerBound...].split(separator: "\n", omittingEmptySubsequences: false)
        guard let title = rest.prefix(8).first(where: { $0.contains("title: ") }),
            let owner = rest.prefix(8).first(where: { $0.contains("owner: ") })
        else { return nil }
        let lines = rest.prefix(8).joined(separator: "\n")
        return (
            lines,
            lines.replacing(title, with: title.replacing("title: ", with: "title: Other "))
                .replacing(owner, with: "    owner: " + (owner.contains("head_of_cs") ? "csm" : "head_of_cs"))
        )
    }
}
