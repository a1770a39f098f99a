import TenureCore
import TenureEngine
import TenureStore
import Testing

@testable import TenureRuntime

/// Whose a login is is the same before and after a start, wherever the process was ended.
struct LoginTests {
    private let log = MemoryLog()
    private let store = MemoryStore()

    private func writer() throws -> Writer {
        var writer = Writer(
            workspace: "acme", keys: WorkspaceKeys(secret: Array(repeating: 7, count: 32), workspace: "acme"), log: log,
            store: store, composer: PlainTextComposer(),
            programme: CompiledProgramme(try makeProgramme(), zones: ZoneTable(text: "version t")))
        try writer.recover()
        return writer
    }

    /// What becomes of an event that names the login alone.
    private func answer(_ writer: inout Writer, _ login: String, _ id: String) throws -> ArrivalAnswer? {
        let arrival = Arrival(id: id, source: "app", type: "user.session", subject: .member, user: login)
        return try writer.accept([arrival], now: noon).answers.first
    }

    private func made(_ account: String) -> Arrival {
        Arrival(id: "made-" + account, source: "crm", type: FactType.accountChanged, subject: .account(account))
    }

    private func seen(_ login: String, at account: String) -> Arrival {
        Arrival(id: "\(login)@\(account)", source: "app", type: "user.session", subject: .account(account), user: login)
    }

    private func take(_ arrivals: [Arrival], _ writer: inout Writer, isCommitted: Bool = true) throws {
        guard let block = try writer.accept(arrivals, now: noon).block, isCommitted else { return }
        try writer.process(block)
    }

    @Test(arguments: [true, false]) func `a login's account is known after a start`(isCommitted: Bool) throws {
        var first = try writer()
        try take([made("a"), made("b"), seen("ada", at: "a"), seen("cy", at: "b")], &first)
        try take([seen("bo", at: "b"), seen("cy", at: "a")], &first, isCommitted: isCommitted)
        var second = try writer()
        #expect(try answer(&second, "ada", "1") == .accepted)
        #expect(try answer(&second, "bo", "2") == .accepted)
        // Of two accounts: nobody guesses.
        #expect(try answer(&second, "cy", "3") == .quarantined)
        #expect(try answer(&second, "di", "4") == .quarantined)
    }

    @Test func `the newest word counts, a person's and the events'`() throws {
        var first = try writer()
        try take([made("a"), made("b"), seen("cy", at: "a"), seen("cy", at: "b")], &first)
        let keys = first.keys
        try first.adopt("user:" + keys.member(user: "cy"), by: keys.account(external: "b"))
        try take([seen("ada", at: "a")], &first)
        var second = try writer()
        #expect(try answer(&second, "cy", "1") == .accepted)
        var again = seen("cy", at: "a")
        again.id = "again"
        try take([again], &second)
        var third = try writer()
        #expect(try answer(&third, "cy", "2") == .quarantined)
    }

    @Test func `where the rows are lost, the login is unknown`() throws {
        var first = try writer()
        try take([made("a"), seen("ada", at: "a")], &first)
        var lost = Commit(position: first.position, now: noon)
        lost.settings = store.settings(prefix: Directory.rowPrefix).map { (name: $0.name, value: nil) }
        #expect(!lost.settings.isEmpty)
        try store.commit(lost)
        var second = try writer()
        #expect(try answer(&second, "ada", "1") == .quarantined)
    }
}
