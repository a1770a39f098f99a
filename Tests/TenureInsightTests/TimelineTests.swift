import TenureCore
import TenureEngine
import TenureFixtures
import TenureInsight
import TenureProgramme
import Testing

/// Decisions in words.
@Suite struct TimelineTests {
    private func story() throws -> Gauges {
        var programme = try gauged(weights: [[1]], groups: [1], curves: [.identity])
        programme.signals = [
            Signal(id: "low", title: "Low mood", severity: .high, when: try condition(#"m("m0") < 50.0"#))
        ]
        programme.roles = [Role(id: "csm", title: "Customer success manager", isTeamWide: false)]
        var play = Play(id: "save", title: "Save the account", owner: "csm")
        play.startsOn = ["low"]
        var call = Step(id: "call", title: "Call the sponsor")
        call.tasks = ["Ring"]
        call.actions = [.mail(template: "hello", to: [.role("csm")])]
        play.steps = [call]
        programme.plays = [play]
        var gauges = Gauges(programme)
        gauges.measure("m0", 90)
        gauges.measure("m0", 20)
        gauges.take(FactType.taskCompleted, ["play": "save", "step": "call", "task": 0, "by": "Ann"])
        gauges.advance(days: 1)
        return gauges
    }

    private func entries(_ gauges: Gauges) -> [TimelineEntry] {
        gauges.decisions.map {
            TimelineEntry($0, plays: gauges.state.conclusions.plays, programme: gauges.programme, zone: .utc)
        }
    }

    @Test func `a save is told with the names of the programme`() throws {
        let titles = entries(try story()).map(\.title)
        for title in [
            "Health score: 90", "Now Good", "Health score: 20", "Now At risk", "Raised: Low mood",
            "Started: Save the account",
            "Open: Call the sponsor", "Message: hello", "Ticked off: Ring", "Done: Call the sponsor",
            "Ended: Save the account",
            "Messages cancelled", "End of 2026-06-01: 20",
        ] {
            #expect(titles.contains(title), "\(title) in \(titles)")
        }
        let details = Dictionary(
            entries(try story()).map { ($0.title, $0.detail) }, uniquingKeysWith: { first, _ in first })
        #expect(details["Started: Save the account"] == "because of: Low mood")
        #expect(details["Now At risk"] == "before: Good")
        #expect(details["Ticked off: Ring"] == "by Ann")
        #expect(details["Message: hello"] == "to Customer success manager")
    }

    @Test func `numbers stand in for names that the programme no longer has`() throws {
        let gauges = try story()
        for decision in gauges.decisions {
            let entry = TimelineEntry(
                decision, plays: [],
                programme: CompiledProgramme(Programme(id: "p", title: "P"), zones: ZoneTable(text: "")),
                zone: .utc)
            #expect(!entry.title.isEmpty)
            #expect(entry.kind == decision.what.kind)
            if entry.kind == "taskCompleted" {
                #expect(entry.title == "Ticked off: task 1 of step 1 of play 1")
            }
        }
    }
}
