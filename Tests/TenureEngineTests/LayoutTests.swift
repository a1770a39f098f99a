import TenureCore
import TenureFixtures
import TenureProgramme
import Testing

@testable import TenureEngine

/// States outlive the programme that laid them out: what is measured keeps its value, wherever it stands.
@Suite struct LayoutTests {
    private func reordered() throws -> CompiledProgramme {
        var programme = try workshop()
        programme.metrics.reverse()
        programme.health.groups.reverse()
        programme.features.reverse()
        programme.entities[0].fields.reverse()
        return CompiledProgramme(programme, zones: zones)
    }

    private func values(_ state: AccountState, _ programme: CompiledProgramme) -> [String: Double] {
        let snapshot = Snapshot(
            programme: programme, workspace: WorkspaceState(), state: state, now: instant("2026-06-20T00:00:00Z"))
        return zip(programme.metrics, snapshot.readings).reduce(into: [:]) { values, pair in
            values[pair.0.reference.text] = pair.1.value
        }
    }

    @Test func `every metric has its value after its accumulator moved, and a wrong one where it did not`() throws {
        let other = try reordered()
        var lost = 0
        for seed in 0..<50 {
            var ledger = Ledger(try workshop())
            #expect(ledger.programme.layout != other.layout)
            let facts = RandomFacts(seed: seed).facts
            ledger.turn(facts.map(\.recorded).max() ?? instant("2026-06-01T00:00:00Z"), facts, history: [])
            let expected = values(ledger.state, ledger.programme)
            var moved = ledger.state
            moved.observations.move(from: ledger.programme.layout, to: other.layout)
            #expect(values(moved, other) == expected, "seed \(seed)")
            if values(ledger.state, other) != expected { lost += 1 }
        }
        #expect(lost > 25, "states that were not moved should tell another story")
    }

    @Test func `what only the new layout has starts empty, and a layout survives its text`() throws {
        var smaller = try workshop()
        smaller.features.removeLast()
        let old = CompiledProgramme(smaller, zones: zones).layout
        let new = CompiledProgramme(try workshop(), zones: zones).layout
        var ledger = Ledger(smaller)
        ledger.take("2026-06-01T10:00:00Z", "feature.used", ["feature": "boards"], member: "m")
        var observations = ledger.state.observations
        observations.move(from: old, to: new)
        #expect(observations.features.count == 3)
        #expect(observations.features[0] == ledger.state.observations.features[0])
        #expect(observations.features[2] == DailySums())
        #expect(Layout(text: new.text) == new)
        #expect(Layout(text: "[]") == nil)
    }
}
