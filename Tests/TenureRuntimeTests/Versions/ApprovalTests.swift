import Logging
import TenureAuthoring
import TenureCore
import TenureEngine
import TenureProgramme
@testable import TenureRuntime
import TenureStore
import Testing

/// A second person's approval, where the version that runs asks for it.
struct ApprovalTests {
    private typealias Edit = (file: String, from: String, to: String)
    private static let asking: Edit = ("programme.yaml", "currency: USD", "currency: USD\n  publishing: {approval: required}")
    private static func threshold(_ from: Int) -> Edit { ("health.yaml", "from: 70", "from: \(from)") }

    /// A workspace that runs the starter programme, asking for approval.
    private struct Bench {
        let lived: LivedWorkspace
        let workspace: Workspace

        init(_ edits: [Edit] = [ApprovalTests.asking]) throws {
            lived = try LivedWorkspace.empty(edits)
            workspace = Self.workspace(lived.writer)
        }

        static func workspace(_ writer: Writer) -> Workspace {
            Workspace(
                writer: writer, clock: { LivedWorkspace.start(of: 1) }, onFatal: { Issue.record("ended by \($0)") },
                logger: Logger(label: "test"))
        }

        /// As after a kill: whatever is kept, read again.
        func restarted() throws -> Workspace {
            let row = try #require(try lived.store.programme(try running()))
            let loaded = try LivedWorkspace.library.load(row)
            var writer = Writer(
                workspace: "lived", keys: LivedWorkspace.keys, log: lived.log, store: lived.store,
                composer: PlainTextComposer(), programme: LivedWorkspace.library.compile(loaded, number: row.number),
                library: LivedWorkspace.library)
            try writer.recover()
            return Self.workspace(writer)
        }

        private func running() throws -> Int { try lived.store.setting(Writer.versionSetting).flatMap { Int($0) } ?? 1 }

        /// Proposes a version, which must not take effect.
        @discardableResult
        func propose(_ edits: [Edit], by: String = "Ana", why: String = "too strict") async throws -> (Proposal, Proposal?) {
            let before = workspace.programme.programme.version
            let publication = try await workspace.publish(try LivedWorkspace.starter(edits), by: by, reason: why)
            #expect(workspace.programme.programme.version == before)
            guard case .waiting(let proposal, let replaced) = publication else {
                Issue.record("published without approval")
                throw PublishRefusal.nothingWaits
            }
            return (proposal, replaced)
        }
    }

    @Test func `a proposal changes nothing until another person approves it`() async throws {
        let bench = try Bench()
        let (proposal, replaced) = try await bench.propose([Self.asking, Self.threshold(62)])
        #expect(replaced == nil)
        #expect(try await bench.workspace.proposal() == proposal)
        #expect(try await bench.workspace.versions().map(\.number) == [1])
        #expect(try await bench.workspace.approve(by: "Ben", reason: "fine") == 2)
        let row = try #require(try await bench.workspace.versions().last)
        #expect(row.number == 2 && row.by == "Ana" && row.reason == "too strict" && row.digest == proposal.row.digest)
        #expect(row.approval == ProgrammeRow.Approval(by: "Ben", reason: "fine"))
        #expect(bench.workspace.programme.programme.health.bands.contains { $0.from == 62 })
        #expect(try await bench.workspace.proposal() == nil)
        await #expect(throws: PublishRefusal.nothingWaits) { try await bench.workspace.approve(by: "Ben") }
    }

    @Test(arguments: ["Ana", "ANA", " ana\n", "a\u{200B}na"])
    func `whoever proposed it does not approve it, however the name is written`(name: String) async throws {
        let bench = try Bench()
        try await bench.propose([Self.threshold(62)])
        await #expect(throws: PublishRefusal.approverMustDiffer(proposer: "Ana")) {
            try await bench.workspace.approve(by: name)
        }
        #expect(try await bench.workspace.versions().count == 1)
        #expect(try await bench.workspace.proposal()?.isWaiting == true)
    }

    @Test(arguments: ["", "  ", "\u{200B}\n"])
    func `nobody proposes, approves or goes back`(name: String) async throws {
        let bench = try Bench()
        try await bench.propose([Self.threshold(62)])
        await #expect(throws: PublishRefusal.nobody) { try await bench.workspace.approve(by: name) }
        await #expect(throws: PublishRefusal.nobody) { try await bench.workspace.refuse(by: name) }
        await #expect(throws: PublishRefusal.nobody) { try await bench.workspace.rollBack(to: 1, by: name, reason: "x") }
        let loaded = try LivedWorkspace.starter([Self.threshold(61)])
        await #expect(throws: PublishRefusal.nobody) {
            _ = try await bench.workspace.publish(loaded, by: name, reason: "x")
        }
    }

    @Test func `the version that runs decides, not the one that is published`() async throws {
        let bench = try Bench([])
        let asking = try LivedWorkspace.starter([Self.asking])
        guard case .inForce(2) = try await bench.workspace.publish(asking, by: "Ana", reason: "two pairs of eyes") else {
            Issue.record("the first version asks for nothing")
            return
        }
        // One that asks for nothing lifts nothing before it is approved.
        try await bench.propose([Self.threshold(62)])
        #expect(try await bench.workspace.approve(by: "Ben") == 3)
        guard case .inForce(4) = try await bench.workspace.publish(asking, by: "Ana", reason: "again") else {
            Issue.record("version 3 asks for nothing")
            return
        }
    }

    @Test func `one proposal waits at a time, and who means another one is told`() async throws {
        let bench = try Bench()
        let (first, _) = try await bench.propose([Self.threshold(62)])
        let (second, replaced) = try await bench.propose([Self.threshold(61)], by: "Cem", why: "stricter yet")
        #expect(replaced == first)
        #expect(try await bench.workspace.proposal() == second)
        await #expect(throws: PublishRefusal.replaced(digest: second.row.digest)) {
            try await bench.workspace.approve(by: "Ben", digest: String(first.row.digest.prefix(12)))
        }
        #expect(try await bench.workspace.approve(by: "Ana", digest: String(second.row.digest.prefix(8)).uppercased()) == 2)
        #expect(bench.workspace.programme.programme.health.bands.contains { $0.from == 61 })
    }

    @Test func `going back needs nobody, makes a proposal stale, and lifts nothing`() async throws {
        let bench = try Bench([])
        let asking = try LivedWorkspace.starter([Self.asking])
        _ = try await bench.workspace.publish(asking, by: "Ana", reason: "two pairs of eyes")
        try await bench.propose([Self.asking, Self.threshold(62)])
        #expect(try await bench.workspace.rollBack(to: 1, by: "Ana", reason: "emergency") == 3)
        #expect(try await bench.workspace.versions().last?.reason == "Back to version 1: emergency")
        await #expect(throws: PublishRefusal.stale(on: 2, running: 3)) { try await bench.workspace.approve(by: "Ben") }
        // Version 3 has the files of version 1, which ask for nothing; the rule of version 2 still holds.
        try await bench.propose([Self.threshold(61)])
        #expect(try await bench.workspace.approve(by: "Ben") == 4)
        guard case .inForce(5) = try await bench.workspace.publish(asking, by: "Ana", reason: "again") else {
            Issue.record("the approved version 4 asks for nothing")
            return
        }
    }

    @Test func `turned down is kept with its reason, and no longer approved`() async throws {
        let bench = try Bench()
        try await bench.propose([Self.threshold(62)])
        let refused = try await bench.workspace.refuse(by: "Ben", reason: "too lax")
        #expect(refused.refusal?.by == "Ben" && refused.refusal?.reason == "too lax" && !refused.isWaiting)
        #expect(try await bench.workspace.proposal() == refused)
        await #expect(throws: PublishRefusal.nothingWaits) { try await bench.workspace.approve(by: "Cem") }
        let (_, replaced) = try await bench.propose([Self.threshold(61)])
        #expect(replaced == nil, "it waited no more")
    }

    @Test func `what runs already is not proposed`() async throws {
        let bench = try Bench()
        let same = bench.lived.loaded
        await #expect(throws: PublishRefusal.unchanged(number: 1)) {
            _ = try await bench.workspace.publish(same, by: "Ana", reason: "again")
        }
        #expect(try await bench.workspace.proposal() == nil)
    }

    @Test func `a proposal outlives a kill, and so does an approval on either side of its commit`() async throws {
        let bench = try Bench()
        let (proposal, _) = try await bench.propose([Self.asking, Self.threshold(62)])
        #expect(try await bench.restarted().proposal() == proposal)
        // The log has the approval, the store does not yet.
        var writer = bench.workspace.copyOfWriter()
        _ = try writer.approve(.init(by: "Ben", reason: ""), digest: nil, now: LivedWorkspace.start(of: 2))
        #expect(try bench.lived.store.setting(Writer.versionSetting) == nil)
        #expect(try writer.store.proposal() == proposal, "nothing is forgotten before it is in force")
        let after = try bench.restarted()
        #expect(after.programme.programme.version == 2)
        #expect(try await after.versions().last?.approval?.by == "Ben")
        #expect(try await after.proposal() == nil)
        #expect(try await bench.restarted().versions().map(\.number) == [1, 2])
    }

    @Test func `who approves versions changes no play that runs`() throws {
        let plain = try LivedWorkspace.starter(), asking = try LivedWorkspace.starter([Self.asking])
        let change = ProgrammeChange(from: plain, to: asking)
        #expect(change.definitions.map(\.kind) == ["programme"])
        #expect(change.playsAlike().count == plain.programme.plays.count)
    }
}
