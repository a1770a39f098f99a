import Logging
import Synchronization
import TenureCore
import TenureEngine
import TenureFixtures
import TenureProgramme
import TenureStore
import Testing

@testable import TenureRuntime

/// A log that keeps no word of which blocks took their turns together, as if each had been concluded on by itself.
private struct ForgetfulLog: IntakeLog {
    let log: MemoryLog

    var end: UInt64 { log.end }
    func append(_ block: LogBlock) throws { try log.append(block) }
    func read(from position: UInt64, _ body: (LogBlock) throws -> Bool) throws {
        try log.read(from: position) { try body(LogBlock(position: $0.position, now: $0.now, facts: $0.facts)) }
    }
}

/// Batches whose turns are taken together come to what one block of all their facts comes to, whenever the process ends.
struct GatheringTests {
    private let log = MemoryLog()
    private let store = MemoryStore()

    private func started(_ log: (any IntakeLog)? = nil) throws -> Writer {
        var writer = Writer(
            workspace: "acme", keys: WorkspaceKeys(secret: Array(repeating: 7, count: 32), workspace: "acme"),
            log: log ?? self.log, store: store, composer: PlainTextComposer(),
            programme: CompiledProgramme(try makeProgramme(), zones: ZoneTable(text: "version t")))
        // A start replays everything, and compares it with what is recorded.
        writer.checkpointBytesPerCommit = 0
        try writer.recover()
        return writer
    }

    private let live = Arrival(id: "live", source: "operator", type: FactType.workspaceWentLive, subject: .workspace)

    /// One more person at each of three accounts.
    private func batch(_ number: Int) -> [Arrival] {
        ["a", "b", "c"].flatMap { account in
            [
                Arrival(id: "made-\(account)", source: "crm", type: FactType.accountChanged, subject: .account(account), data: [:]),
                Arrival(
                    id: "s-\(account)-\(number)", source: "app", type: "user.session", subject: .account(account),
                    user: "u\(number)", data: [:]),
            ]
        }
    }

    private func take(_ arrivals: [Arrival], at now: Instant = noon, waits: Bool = false, _ writer: inout Writer) throws {
        let block = try #require(try writer.accept(arrivals, now: now, waits: waits).block)
        if waits { writer.gathered.add(block, bytes: 0) } else { try writer.process(writer.gathered.joined(block)) }
    }

    private func takeWaiting(_ writer: inout Writer) throws {
        try writer.process(try #require(try writer.endGathering()))
    }

    private func states(_ writer: inout Writer) -> [String] {
        writer.accounts.keys.sorted().map { "\($0) \(hash64(writer.accounts.kept($0)?.bytes ?? []))" }
    }

    /// One block of everything, in a workspace of its own.
    private func together(_ arrivals: [Arrival]) throws -> (states: [String], digest: UInt64) {
        var writer = try GatheringTests().started()
        try take([live], &writer)
        try take(arrivals, &writer)
        return (states(&writer), writer.counts.digest)
    }

    @Test func `an account takes one turn for all batches that gathered`() throws {
        var writer = try started()
        try take([live], &writer)
        let turns = writer.counts.turns
        for number in 0..<4 { try take(batch(number), waits: true, &writer) }
        #expect(writer.counts.turns == turns)
        try take(batch(4), &writer)
        #expect(writer.counts.turns == turns + 3)
        let expected = try together((0..<5).flatMap(batch))
        #expect(states(&writer) == expected.states)
        #expect(writer.counts.digest == expected.digest)
        #expect(writer.gathered.block == nil && writer.position == log.end)
    }

    @Test func `a start replays turns as they were taken`() throws {
        var writer = try started()
        try take([live], &writer)
        for number in 0..<3 { try take(batch(number), waits: true, &writer) }
        try take(batch(3), &writer)
        for number in 4..<6 { try take(batch(number), waits: true, &writer) }
        try takeWaiting(&writer)
        var again = try started()
        #expect(states(&again) == states(&writer))
        #expect(again.position == writer.position)
    }

    @Test func `a log that forgets what was taken together is found out at the start`() throws {
        var writer = try started()
        try take([live], &writer)
        for number in 0..<3 { try take(batch(number), waits: number < 2, &writer) }
        #expect(store.decisions(after: nil, limit: 100).isEmpty == false)
        // All three blocks of one turn, as if each had had its own: the last comes to a smaller step of the score.
        #expect(throws: Divergence.self) { try started(ForgetfulLog(log: log)) }
    }

    @Test(arguments: [1, 2, 3]) func `what waited when the process ended has its turns after the start`(batches: Int) throws {
        var writer = try started()
        try take([live], &writer)
        for number in 0..<batches { try take(batch(number), waits: true, &writer) }
        var again = try started()
        #expect(again.gathered.block?.facts.count == 3 * batches + 3)
        for number in 0..<batches {
            #expect(try again.accept(batch(number), now: noon).answers == Array(repeating: .duplicate, count: 6))
        }
        try takeWaiting(&again)
        let expected = try together((0..<batches).flatMap(batch))
        #expect(states(&again) == expected.states)
        var third = try started()
        #expect(states(&third) == expected.states)
        #expect(third.gathered.block == nil)
    }

    @Test func `what is taken back in the same turn never counted`() throws {
        var writer = try started()
        try take([live] + batch(0), &writer)
        try take(batch(1), waits: true, &writer)
        var back = Arrival(
            id: "back", source: "app", type: "user.session", subject: .account("a"), user: "u1", data: [:])
        back.operation = .retract(id: "s-a-1")
        try take([back], waits: true, &writer)
        try take(batch(2), &writer)
        let account = writer.keys.account(external: "a")
        let facts = try log.facts(of: account, writer.merges, upTo: log.end)
        let state = try #require(writer.accounts.kept(account)?.state)
        #expect(facts.count == 5)
        #expect(state.observations.retracted.count == 1)
        var again = try started()
        #expect(states(&again) == states(&writer))
        let anew = Refold(writer.programme, history: facts)
        #expect(anew.observations.retracted == state.observations.retracted)
        #expect(Snapshot.users(of: state, writer) == 2)
    }

    @Test func `blocks read as turns say where their facts begin`() throws {
        var writer = try started()
        try take([live], &writer)
        for number in 0..<3 { try take(batch(number), waits: number < 2, &writer) }
        try take(batch(3), waits: true, &writer)
        var turns: [LogBlock] = []
        let waiting = try log.readTurns(from: 1) {
            turns.append($0)
            return true
        }
        #expect(turns.map(\.first) == [1, 2])
        #expect(turns.map(\.position) == [1, 4])
        #expect(turns.map(\.facts.count) == [1, 12])
        #expect(waiting?.first == 5)
    }

    @Test(arguments: [true, false]) func `whether a block waits is written`(waits: Bool) throws {
        let block = LogBlock(position: 3, now: noon, facts: [], waits: waits)
        var bytes = ByteWriter()
        bytes.write(block)
        var reader = ByteReader(bytes.bytes)
        let read = try reader.readLogBlock()
        #expect(read == block && reader.isAtEnd)
    }
}

extension Snapshot {
    fileprivate static func users(of state: AccountState, _ writer: Writer) -> Double? {
        let snapshot = Snapshot(programme: writer.programme, workspace: writer.shared, state: state, now: noon)
        return writer.programme.metrics.firstIndex { $0.reference.text == "users.active.7d" }
            .flatMap { snapshot.readings[$0].value }
    }
}

/// When a workspace lets facts gather, and what ends it.
struct PatienceTests {
    private let clock = SettableClock(noon)

    private func writer(_ log: any IntakeLog = MemoryLog(), _ store: any StateStore = MemoryStore()) throws -> Writer {
        Writer(
            workspace: "acme", keys: WorkspaceKeys(secret: Array(repeating: 7, count: 32), workspace: "acme"), log: log,
            store: store, composer: PlainTextComposer(),
            programme: CompiledProgramme(try makeProgramme(), zones: ZoneTable(text: "version t")))
    }

    private func workspace(_ wait: Duration = .seconds(3600)) throws -> Workspace {
        Workspace(
            writer: try writer(), clock: { [clock] in clock.now },
            patience: Patience(now: { [clock] in .milliseconds(clock.now.milliseconds) }, wait: { _ in wait }),
            onFatal: { Issue.record("ended by \($0)") }, logger: Logger(label: "test"))
    }

    private let made = Arrival(id: "made", source: "crm", type: FactType.accountChanged, subject: .account("a"), data: [:])

    private func session(_ number: Int) -> Arrival {
        Arrival(id: "s\(number)", source: "app", type: "user.session", subject: .account("a"), user: "u\(number)", data: [:])
    }

    /// Live, with one account; from here on everything may wait.
    private func lived(_ wait: Duration = .seconds(3600)) async throws -> Workspace {
        let workspace = try workspace(wait)
        _ = try await workspace.perform([
            Arrival(id: "live", source: "operator", type: FactType.workspaceWentLive, subject: .workspace), made,
        ])
        return workspace
    }

    @Test func `facts gather until they have waited for long enough`() async throws {
        let workspace = try await lived()
        let position = workspace.position
        for number in 0..<3 { _ = try await workspace.submit([session(number)]) }
        _ = await workspace.tick()
        #expect(workspace.position == position)
        clock.set(noon + Milliseconds.hour)
        _ = await workspace.tick()
        // Three blocks and the one that says that they have their turns.
        #expect(workspace.position == position + 4)
        #expect(workspace.log.end == workspace.position)
    }

    @Test func `a command waits for nobody, and is answered when everything before it has had its turn`() async throws {
        let workspace = try await lived()
        for number in 0..<3 { _ = try await workspace.submit([session(number)]) }
        _ = try await workspace.perform([session(3)])
        #expect(workspace.position == workspace.log.end)
        #expect(workspace.counts.facts == 6)
    }

    @Test func `gathering ends by itself`() async throws {
        let workspace = try await lived(.milliseconds(20))
        let before = workspace.position
        _ = try await workspace.submit([session(0)])
        clock.set(noon + 20)
        while workspace.position == before { try await Task.sleep(for: .milliseconds(5)) }
        #expect(workspace.position == workspace.log.end)
    }

    @Test func `what came before midnight has its turn before midnight`() async throws {
        let workspace = try await lived(.seconds(7 * 24 * 3600))
        _ = try await workspace.submit([session(0)])
        await workspace.settled()
        clock.set(noon + Milliseconds.day)
        _ = try await workspace.submit([session(1)])
        await workspace.settled()
        var turns: [LogBlock] = []
        let waiting = try workspace.log.readTurns(from: 2) {
            turns.append($0)
            return true
        }
        #expect(turns.map(\.now) == [noon])
        #expect(waiting?.now == noon + Milliseconds.day)
    }

    @Test func `nobody is woken while something waits, though the clock runs on between two readings`() async throws {
        let workspace = try await lived(.seconds(7 * 24 * 3600))
        _ = try await workspace.submit([session(0)])
        await workspace.settled()
        let due = try #require(workspace.writer.withLock { $0.nextDue() })
        clock.set(due + -1)
        clock.run(to: due)
        for _ in 0..<2 { _ = await workspace.tick() }
        #expect(workspace.position == workspace.log.end)
        var turns: [LogBlock] = []
        try workspace.log.readTurns(from: 2) {
            turns.append($0)
            return true
        }
        #expect(turns.map(\.now) == [noon, due])
        // The process ends here: what was acknowledged counts after the start.
        var again = try writer(workspace.log, workspace.store)
        try again.recover()
        let state = try #require(again.accounts.kept(again.keys.account(external: "a"))?.state)
        #expect(Snapshot.users(of: state, again) == 1)
    }

    @Test func `closing leaves nothing that waits`() async throws {
        let workspace = try await lived()
        _ = try await workspace.submit([session(0)])
        await workspace.close()
        #expect(try workspace.store.committedPosition() == workspace.log.end)
    }

    @Test func `a clock that went back leaves nobody waiting`() async throws {
        let workspace = try await lived()
        _ = try await workspace.submit([session(0)])
        clock.set(noon + -Milliseconds.day)
        _ = await workspace.tick()
        #expect(workspace.position == workspace.log.end)
    }

    @Test(arguments: [(5, 0), (12, 3), (100, 25), (900, 225), (5000, 250)]) func `facts wait for a quarter of what the turns before took`(
        took: Int, waits: Int
    ) {
        #expect(Patience.measured.wait(.milliseconds(took)) == .milliseconds(waits))
    }
}
