import TenureAuthoring
import TenureEngine
import TenureProgramme
import TenureRuntime
import Testing

/// What a test may state instead of leading to it, and what it may then expect.
@Suite struct StatedFactTests {
    private static let health = """

        health:
          id: overall
          version: 1
          groups:
            - id: care
              title: Care
              weight: 30
              components:
                - {id: tickets, title: Tickets, weight: 75, metric: tickets.30d, curve: {linear: [[0, 100], [10, 0]]}}
                - {id: other, title: Other, weight: 25, metric: tickets.30d, curve: identity}
            - id: rest
              title: Rest
              weight: 70
              components:
                - {id: all, title: All, weight: 1, metric: tickets.30d, curve: identity}
          bands:
            - {id: good, title: Good, from: 50, tone: good, review_every_days: 90}
            - {id: bad, title: Bad, from: 0, tone: critical}
        segments:
          - {id: large, title: Large, when: 'account.arr >= 1000.0'}
          - {id: small, title: Small, when: 'true'}
        """

    private func failures(facts: [String], expect: [String]) throws -> [String] {
        let tests = """
            tests:
              - id: stated
                title: Stated
                start: 2026-03-02
                days: 9
                account: {name: Acme, csm: ada, arr: 1000}
                facts: [\(facts.joined(separator: ", "))]
                expect: [\(expect.joined(separator: ", "))]
            """
        let definitions = SmallProgramme.definitions
            .replacing("severity: medium,", with: "severity: medium, respond_within: 2d,") + Self.health
        let draft = try #require(SmallProgramme.draft(definitions, tests))
        let compiled = CompiledProgramme(draft.whole, zones: SmallProgramme.zones)
        return draft.whole.scenarios.flatMap { ScenarioCheck.failures($0, compiled) }.map { "\($0.expected): \($0.found)" }
    }

    @Test func `a stated metric is what conditions, curves and expectations see`() throws {
        let facts = ["{day: 1, metric: tickets, value: 1.5}", "{day: 2, metric: tickets, value: 2, at: \"14:30\"}", "{day: 3, metric: tickets, value: 0}"]
        let expect = [
            "{day: 1, metric: tickets.30d, value: 1.5}", "{day: 1, component: care.tickets, points: 85.0}",
            "{day: 2, raised: tested, at: \"14:30\", respond_within: 2d}", "{day: 3, signal: tested, open: false}",
        ]
        #expect(try failures(facts: facts, expect: expect) == [])
    }

    @Test func `a stated score is every group's points`() throws {
        let expect = [
            "{day: 0, score: null}", "{day: 1, score: 50, band: good, review_every_days: 90}", "{day: 1, group: rest, points: 50.0}",
            "{day: 2, score: 49, band: bad}", "{day: 2, shown_band: bad}", "{day: 2, segment: large}",
        ]
        #expect(try failures(facts: ["{day: 1, score: 50}", "{day: 2, score: 49}"], expect: expect) == [])
    }

    @Test func `stated points add up by their weights`() throws {
        let facts = ["{day: 0, points: {care.tickets: 100, care.other: 0, rest.all: 50}}"]
        let expect = ["{day: 0, weights: {care.tickets: 22.5, care.other: 7.5, rest.all: 70}}", "{day: 0, group: care, points: 75.0}"]
        #expect(try failures(facts: facts, expect: expect) == [])
    }

    @Test func `a second time is a time of its own`() throws {
        let facts = [
            "{day: 1, metric: tickets, value: 2}", "{day: 2, event: play.stop_requested, data: {play: care}}",
            "{day: 3, metric: tickets, value: 0}", "{day: 4, metric: tickets, value: 2}",
        ]
        let expect = ["{day: 1, running: care}", "{day: 4, raised_again: tested}", "{day: 4, started_again: care}"]
        #expect(try failures(facts: facts, expect: expect) == [])
    }

    @Test func `what is not so is told with what was found`() throws {
        let expect = [
            "{day: 1, raised: tested, at: \"09:00\", respond_within: 1d}", "{day: 1, weights: {rest.all: 60}}", "{day: 1, raised_again: tested}",
            "{day: 1, shown_band: bad}", "{day: 1, segment: small}", "{day: 1, score: null}", "{day: 1, group: care, points: 1}",
            "{day: 1, score: 60, band: good, review_every_days: 30}", "{day: 2, running: care}",
        ]
        let facts = ["{day: 1, score: 60}", "{day: 1, metric: tickets, value: 2}", "{day: 2, event: play.stop_requested, data: {play: care}}"]
        let found = try failures(facts: facts, expect: expect)
        #expect(found == [
            "day 1: signal tested raised at 09:00: at 10:00", "day 1: component rest.all weighs 60.0 %: 0.0 %",
            "day 1: signal tested raised again: only on day 1", "day 1: band bad is shown: good", "day 1: segment small: large",
            "day 1: no score: score 60", "day 1: group care = 1.0: 60.0", "day 2: play care runs: it ended as stopped",
            "signal tested is answered within 1d: 2d", "band good is reviewed every 30 days: every 90 days",
        ])
    }

    @Test func `golden values are checked, and what stands in their place is known with its place`() throws {
        let tests = """
            tests:
              - id: stated
                title: Stated
                start: 2026-03-02
                days: 3
                account: {name: Acme, csm: ada}
                facts: [{day: 1, metric: tickets, value: 2}, {day: 1, points: {care.tickets: 33.3333, care.other: 50, rest.all: 50}}]
                expect: [{day: 1, raised: tested}]
                golden:
                  - {day: 0, score: 1}
                  - {day: 1, component: care.tickets, points: 1}
                  - {day: 1, group: care, points: 37.5}
                  - {day: 2, metric: tickets.30d, value: 1}
                  - {day: 2, step: care/call, state: ready, due: "2026-01-01T00:00:00Z"}
            """
        let folder = ProgrammeFolder(files: [("small.yaml", SmallProgramme.definitions + Self.health), ("tests/tests.yaml", tests)])
        let loaded = try #require(ProgrammeReader.read(folder, catalogue: nil, zones: SmallProgramme.zones).0)
        let scenario = try #require(loaded.programme.scenarios.first)
        let compiled = CompiledProgramme(loaded.programme, zones: SmallProgramme.zones)
        #expect(ScenarioCheck.goldenValues(scenario, compiled) == ["null", "33.333", "37.5", "2", nil])
        #expect(loaded.sources.goldens["stated"]?.map { [$0.line, $0.column, $0.length] } == [
            [10, 25, 1], [11, 51, 1], [12, 39, 4], [13, 46, 1], [14, 54, 22],
        ])
        #expect(ScenarioCheck.failures(scenario, compiled).map(\.expected) == [
            "day 0: score 1..1", "day 1: component care.tickets = 1.0", "day 2: tickets.30d = 1.0",
            "day 2: step care/call ready, due 2026-01-01T00:00:00Z",
        ])
    }
}
