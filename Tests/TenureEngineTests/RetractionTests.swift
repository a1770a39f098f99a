import TenureCore
import TenureEngine
import TenureFixtures
import TenureProgramme
import Testing

/// Facts that their sender takes back.
@Suite struct RetractionTests {
    private func session(_ id: String, from source: String, taking: String? = nil) -> Fact {
        let at = instant("2026-06-01T10:00:00Z")
        return Fact(
            occurred: at, recorded: at, source: source, id: id, account: "acc_1", type: "session.started",
            member: source, data: ["minutes": 10], operation: taking.map { .retract(id: $0) } ?? .append)
    }

    private func logins(_ ledger: Ledger) -> Double? { ledger.value("logins.7d", at: "2026-06-01T12:00:00Z") }

    @Test func `a fact that is taken back counts no more`() throws {
        var ledger = Ledger(try workshop())
        let facts = [session("1", from: "app"), session("2", from: "app")]
        ledger.turn("2026-06-01T10:00:00Z", facts)
        ledger.turn(instant("2026-06-01T11:00:00Z"), [session("3", from: "app", taking: "1")], history: facts)
        #expect(logins(ledger) == 1)
        #expect(ledger.value("minutes.7d", at: "2026-06-01T12:00:00Z") == 10)
    }

    @Test func `a fact that comes after its own retraction does not count`() throws {
        var ledger = Ledger(try workshop())
        ledger.turn(instant("2026-06-01T10:00:00Z"), [session("3", from: "app", taking: "1")], history: [])
        ledger.turn("2026-06-01T11:00:00Z", [session("1", from: "app"), session("2", from: "app")])
        #expect(logins(ledger) == 1)
    }

    @Test func `a sender takes back its own facts only`() throws {
        var ledger = Ledger(try workshop())
        let facts = [session("1", from: "app"), session("1", from: "crm")]
        ledger.turn("2026-06-01T10:00:00Z", facts)
        ledger.turn(instant("2026-06-01T11:00:00Z"), [session("2", from: "crm", taking: "1")], history: facts)
        #expect(logins(ledger) == 1)
        #expect(ledger.value("users.7d", at: "2026-06-01T12:00:00Z") == 1)
    }
}
