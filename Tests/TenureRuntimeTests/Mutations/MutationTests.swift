import TenureAuthoring
import TenureRuntime
import Testing

@Suite struct MutationTests {
    private func outcomes() async throws -> [String: Mutant.Outcome] {
        let draft = try #require(SmallProgramme.draft())
        let check = MutationCheck(draft, zones: SmallProgramme.zones)
        let mutants = await check.mutants(of: draft.removals, width: 2) { _ in }
        return Dictionary(uniqueKeysWithValues: mutants.map { ($0.removal.title, $0.outcome) })
    }

    @Test func `a definition that a test looks at is missed by that test`() async throws {
        guard case .failed(let failure, let also) = try await outcomes()["signal tested"] else {
            Issue.record("the tested signal was deleted and nobody noticed")
            return
        }
        #expect(failure.scenario == "two_tickets")
        #expect(failure.expected == "day 1: play care starts, owner csm")
        #expect(failure.found == "never")
        #expect(also.map(\.title) == ["start tested of care"])
    }

    @Test func `a definition that no test looks at survives`() async throws {
        let outcomes = try await outcomes()
        let survivors = outcomes.filter { if case .survived = $0.value { true } else { false } }.keys.sorted()
        #expect(survivors == ["Segment call 2 of ticket.created", "signal untested", "step care/note"])
    }

    @Test func `a default that is written out says nothing`() async throws {
        let outcomes = try await outcomes()
        let same = outcomes.filter { if case .same = $0.value { true } else { false } }.keys.sorted()
        #expect(same == ["day_one", "reentry of care"])
    }

    @Test func `what mentions a deleted definition goes with it`() async throws {
        guard case .failed(_, let also) = try await outcomes()["event ticket.created"] else {
            Issue.record("the event was deleted and nobody noticed")
            return
        }
        #expect(also.map(\.title) == ["metric tickets", "shown metric tickets.30d", "signal tested", "signal untested", "start tested of care"])
    }

    @Test func `a programme with mistakes is no draft`() {
        #expect(SmallProgramme.draft(SmallProgramme.definitions + "\nnonsense: []\n") == nil)
    }

    @Test func `a test may not name a Segment call that no event claims`() {
        let wrong = SmallProgramme.tests.replacing("Ticket Created", with: "Ticket Crated")
        #expect(SmallProgramme.draft(SmallProgramme.definitions, wrong) == nil)
    }
}
