import TenureAuthoring
import TenureCore
import TenureEngine
import TenureProgramme
import TenureStore
import Testing

@testable import TenureRuntime

/// A source that falls silent for everybody says nothing about anybody, from that instant on, and speaks for all again.
struct SilenceTests {
    private let log = MemoryLog()
    private let store = MemoryStore()
    private let life = SilentLife()

    @Test func `an account stands as a fresh look says, when a source falls silent and when it speaks again`() throws {
        var writer = try life.started(log, store)
        var scores: [Int?] = []
        var readings: [Int?] = []
        try life.live(&writer) { writer in
            scores.append(life.score(of: "b", writer))
            readings.append(life.reading(of: "b", writer))
        }
        // The last of all is told at noon: 48 hours later nothing is known of anybody, and of b again once a is heard.
        #expect(readings == [20, 20, nil, 20, 20, 20])
        // The block that a is heard with wakes b, whose turn is the next.
        #expect(scores == [20, 20, nil, nil, 20, 20])
    }

    @Test func `nobody is woken one millisecond earlier`() throws {
        var writer = try life.started(log, store)
        try life.tell(life.first, at: noon, &writer)
        let silent = noon + 48 * Milliseconds.hour
        try life.pass(until: silent, &writer)
        #expect(life.score(of: "b", writer) == 20)
        try life.pass(until: silent + 1, &writer)
        #expect(life.score(of: "b", writer) == nil)
        #expect(writer.accounts.kept(writer.keys.account(external: "b"))?.state.clock == silent + 1)
    }

    @Test(arguments: 0..<6) func `a process that ends at any point wakes the same accounts`(step: Int) throws {
        var whole = try life.started(MemoryLog(), MemoryStore())
        try life.live(&whole) { _ in }
        var place = 0
        var writer = try life.started(log, store)
        try life.live(&writer) { writer in
            if place == step { writer = try life.started(log, store) }
            place += 1
        }
        #expect(writer.counts.digest != 0 && life.states(&writer) == life.states(&whole))
        // With the log alone, and nothing that was saved.
        #expect(try life.decisions(store) == life.decisions(whole.store))
    }

    @Test func `of a block of several instants each silence ends at the first event after it`() throws {
        var shared = WorkspaceState()
        let programme = try life.programme()
        for (hours, account) in [(0, "a"), (50, "a"), (51, "b"), (20, "b")] {
            let at = noon + Int64(hours) * Milliseconds.hour
            shared.fold(
                Fact(occurred: at, recorded: at, source: "app", id: "e\(hours)", account: AccountID(account), type: "login"),
                programme: programme)
        }
        #expect(shared.resumed == noon + 50 * Milliseconds.hour)
        #expect(try WorkspaceState(bytes: shared.bytes) == shared)
        #expect(shared.lastActivity == noon + 51 * Milliseconds.hour)
    }

    @Test func `what an earlier version saved is read`() throws {
        var shared = WorkspaceState()
        shared.liveSince = noon
        shared.lastActivity = noon
        #expect(shared.bytes.last == 0)
        #expect(try WorkspaceState(bytes: shared.bytes.dropLast()) == shared)
    }
}

/// Two accounts of a programme whose one metric says nothing once nobody was heard for 48 hours.
private struct SilentLife {
    private let folder = ProgrammeFolder(files: [
        (
            "programme.yaml",
            """
            programme: {id: quiet, title: Quiet, version: 1, day_one: 0, time_zone: UTC, currency: USD}
            events:
              - {type: login, title: Login, activity: true}
            metrics:
              - {id: logins, title: Logins, unit: count, better: up, sum: {event: login}, windows: [30d], max_age: 48h}
            health:
              id: overall
              version: 1
              coverage_floor: 10
              group_coverage_floor: 10
              hysteresis: 0
              dwell_days: 0
              groups:
                - id: use
                  title: Use
                  weight: 100
                  components:
                    - {id: logins, title: Logins, weight: 1, metric: logins.30d, curve: {linear: [[0, 0], [10, 100]]}}
              bands:
                - {id: healthy, title: Healthy, from: 70, tone: good, action: Grow}
                - {id: critical, title: Critical, from: 0, tone: critical, action: Call}
            """
        )
    ])

    func programme() throws -> CompiledProgramme {
        let (loaded, mistakes) = ProgrammeReader.read(folder, catalogue: nil, zones: ZoneTable(text: "version t"))
        #expect(mistakes.map(\.title) == [])
        return CompiledProgramme(try #require(loaded).programme, zones: ZoneTable(text: "version t"))
    }

    func started(_ log: MemoryLog, _ store: MemoryStore) throws -> Writer {
        var writer = Writer(
            workspace: "acme", keys: WorkspaceKeys(secret: Array(repeating: 7, count: 32), workspace: "acme"), log: log,
            store: store, composer: PlainTextComposer(), programme: try programme())
        writer.checkpointBytesPerCommit = 0
        try writer.recover()
        return writer
    }

    private func login(_ account: String, _ id: String) -> Arrival {
        Arrival(id: id, source: "app", type: "login", subject: .account(account), user: "u", data: [:])
    }

    var first: [Arrival] {
        [Arrival(id: "live", source: "operator", type: FactType.workspaceWentLive, subject: .workspace)]
            + ["a", "b"].flatMap { account in
                [Arrival(id: "made-\(account)", source: "crm", type: FactType.accountChanged, subject: .account(account), data: [:])]
                    + (0..<2).map { login(account, "\(account)-\($0)") }
            }
    }

    func tell(_ arrivals: [Arrival], at now: Instant, _ writer: inout Writer) throws {
        try writer.process(try #require(try writer.accept(arrivals, now: now).block))
    }

    func pass(until end: Instant, _ writer: inout Writer) throws {
        while let due = writer.nextDue(), due <= end, let block = try writer.tick(now: due) { try writer.process(block) }
    }

    /// Both speak, a day passes, then two; a alone speaks, whom it wakes has a turn, and an hour passes.
    func live(_ writer: inout Writer, _ after: (inout Writer) throws -> Void) throws {
        let back = noon + 60 * Milliseconds.hour + 17
        try tell(first, at: noon, &writer)
        try after(&writer)
        try pass(until: noon + Milliseconds.day, &writer)
        try after(&writer)
        try pass(until: back + -1, &writer)
        try after(&writer)
        try tell([login("a", "a-back")], at: back, &writer)
        try after(&writer)
        try pass(until: back, &writer)
        try after(&writer)
        try pass(until: back + Milliseconds.hour, &writer)
        try after(&writer)
    }

    private func state(of external: String, _ writer: Writer) -> AccountState? {
        writer.accounts.kept(writer.keys.account(external: external))?.state
    }

    /// As it was concluded.
    func score(of external: String, _ writer: Writer) -> Int? {
        state(of: external, writer)?.conclusions.health.reading?.score
    }

    /// As somebody finds who looks at the instant that the workspace has come to.
    func reading(of external: String, _ writer: Writer) -> Int? {
        state(of: external, writer).flatMap { state in
            Snapshot(programme: writer.programme, workspace: writer.shared, state: state, now: writer.lastNow).health?.score
        }
    }

    func states(_ writer: inout Writer) -> [String] {
        writer.accounts.keys.sorted().map { "\($0) \(hash64(writer.accounts.kept($0)?.bytes ?? []))" }
    }

    func decisions(_ store: any StateStore) throws -> [[UInt8]] {
        try store.decisions(after: nil, limit: 1000).map(\.bytes)
    }
}
