import TenureAuthoring
import TenureCore
import TenureEngine
import TenureProgramme
import TenureStore
import Testing

@testable import TenureRuntime

/// A source that falls silent for everybody says nothing about anybody, from that instant on, and once it has settled speaks
/// for all again.
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
        // The last of all is told at noon: 48 hours later nothing is known of anybody, and half an hour after a is heard of
        // again everything is.
        #expect(scores == [20, 20, nil, nil, nil, 20, 20])
        #expect(readings == scores)
    }

    @Test func `an account that comes back concludes on all that it sends meanwhile`() throws {
        var writer = try life.started(log, store)
        try life.live(&writer) { _ in }
        // Three logins by the first request and six by the second: nobody ever saw three.
        #expect(life.score(of: "a", writer) == 90)
        let recorded = try life.decisions(store).filter { $0.account == writer.keys.account(external: "a") }
        let scores = recorded.compactMap { decision in
            if case .health(.scoreMoved(let reading)) = decision.what { Optional(reading.score) } else { nil }
        }
        #expect(scores == [20, nil, 90])
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

    @Test func `whoever is woken only after the silence lives through it all the same`() throws {
        var woken = try life.started(MemoryLog(), MemoryStore())
        try life.live(&woken) { _ in }
        // The machine slept: a is heard of before anybody was woken.
        var slept = try life.started(log, store)
        try life.live(&slept, isAwake: false) { _ in }
        #expect(life.states(&slept) == life.states(&woken))
        let decisions = [try life.decisions(store), try life.decisions(woken.store)].map { all in
            all.filter { $0.account == woken.keys.account(external: "b") }
        }
        #expect(decisions[0] == decisions[1] && decisions[0].count > 3)
        let days = store.dailies(account: woken.keys.account(external: "b"), days: Day(number: 0)...Day(number: 90_000))
        #expect(days.map(\.score) == [20, 20, nil])
    }

    @Test func `who is silent again before it has settled was silent all the time`() throws {
        let programme = try life.programme()
        var shared = WorkspaceState()
        let back = noon + 60 * Milliseconds.hour
        for (recorded, now) in [(noon, noon), (back + -9 * Milliseconds.hour, back), (back + 600_000, back + 600_000)] {
            shared.fold(
                Fact(occurred: recorded, recorded: recorded, source: "app", id: "\(recorded)", account: "a", type: "login"),
                programme: programme, at: now)
        }
        let settled = TurnContext(programme: programme, workspace: shared).settling(since: back + 600_000)
        #expect(settled == back + 40 * Milliseconds.minute)
    }

    @Test(arguments: 0..<7) func `a process that ends at any point wakes the same accounts`(step: Int) throws {
        var whole = try life.started(MemoryLog(), MemoryStore())
        try life.live(&whole) { _ in }
        var place = 0
        var writer = try life.started(log, store)
        try life.live(&writer) { writer in
            if place == step { writer = try life.started(log, store) }
            place += 1
        }
        #expect(writer.counts.digest != 0 && life.states(&writer) == life.states(&whole))
        #expect(try life.decisions(store) == life.decisions(whole.store))
    }

    @Test(arguments: [[0, 1, 2], [2, 1, 0], [1, 2, 0]])
    func `in whatever order a block tells it, a silence ends with the block`(order: [Int]) throws {
        let programme = try life.programme()
        var shared = WorkspaceState()
        func hear(_ hours: [Int], at now: Int) {
            for hour in hours {
                let recorded = noon + Int64(hour) * Milliseconds.hour
                let fact = Fact(occurred: recorded, recorded: recorded, source: "app", id: "e\(hour)", account: "a", type: "login")
                shared.fold(fact, programme: programme, at: noon + Int64(now) * Milliseconds.hour)
            }
        }
        hear([0], at: 0)
        // The first of them waited in quarantine for nine hours.
        hear(order.map { [60, 68, 69][$0] }, at: 69)
        let settled = TurnContext(programme: programme, workspace: shared).settling(since: noon + 69 * Milliseconds.hour)
        #expect(settled == noon + 69 * Milliseconds.hour + 30 * Milliseconds.minute)
        #expect(shared.lastHeard("login") == noon + 69 * Milliseconds.hour)
        #expect(try WorkspaceState(bytes: shared.bytes) == shared)
        // An hour later nothing has changed: that was no silence.
        let before = shared
        hear([70], at: 70)
        #expect(TurnContext(programme: programme, workspace: shared).settling(since: noon + 70 * Milliseconds.hour) == nil)
        #expect(shared != before)
    }

    @Test func `what an earlier version saved is read`() throws {
        var shared = WorkspaceState()
        shared.liveSince = noon
        shared.lastActivity = noon
        // An empty list of what spoke again.
        #expect(shared.bytes.suffix(1) == [0])
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
        CompiledProgramme(try makeProgramme(folder), zones: ZoneTable(text: "version t"))
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

    /// Both speak, a day passes, then two; a sends what it kept in two requests, a source settles, and an hour passes.
    ///
    /// - Parameter isAwake: false: nobody is woken while nothing is heard.
    func live(_ writer: inout Writer, isAwake: Bool = true, _ after: (inout Writer) throws -> Void) throws {
        let back = noon + 60 * Milliseconds.hour + 17
        try tell(first, at: noon, &writer)
        try after(&writer)
        if isAwake { try pass(until: noon + Milliseconds.day, &writer) }
        try after(&writer)
        if isAwake { try pass(until: back + -1, &writer) }
        try after(&writer)
        try tell((0..<3).map { login("a", "a-back-\($0)") }, at: back, &writer)
        try after(&writer)
        try pass(until: back + 60_000, &writer)
        try tell((3..<7).map { login("a", "a-back-\($0)") }, at: back + 60_000, &writer)
        try pass(until: back + 30 * Milliseconds.minute + -1, &writer)
        try after(&writer)
        try pass(until: back + 30 * Milliseconds.minute, &writer)
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

    func decisions(_ store: any StateStore) throws -> [Decision] {
        try store.decisions(after: nil, limit: 1000).map { try Decision(bytes: $0.bytes) }
    }
}
