import TenureAuthoring
import TenureRuntime
import Testing

@Suite struct MoveTests {
    private func titles(_ owner: String, _ definitions: String = SmallProgramme.definitions) throws -> [String] {
        try #require(SmallProgramme.draft(definitions)).moves.map(\.title).filter { $0.hasPrefix(owner) }
    }

    private func outcomes(_ definitions: String = SmallProgramme.definitions) async throws -> [String: MovedNumber.Outcome] {
        let draft = try #require(SmallProgramme.draft(definitions))
        let moved = await MutationCheck(draft, zones: SmallProgramme.zones).moved(draft.moves, width: 2) { _ in }
        return Dictionary(uniqueKeysWithValues: moved.map { ($0.move.title, $0.outcome) })
    }

    @Test func `a counted value moves by one, a larger one by a tenth`() throws {
        #expect(try titles("signal") == [
            "signal tested when: 2.0 → 1.0", "signal tested when: 2.0 → 3.0",
            "signal untested when: 20.0 → 18.0", "signal untested when: 20.0 → 22.0",
        ])
    }

    @Test func `versions, titles, ids and tests are not moved`() throws {
        #expect(try titles("") == titles("programme") + titles("metric") + titles("signal"))
        #expect(try titles("programme") == ["programme small day_one: 0 → -1", "programme small day_one: 0 → 1"])
    }

    @Test(arguments: [
        ("curve: {linear: [[0, 0], [0.25, 100]]}", ["0 → -1", "0 → 1", "0 → -1", "0 → 1", "0.25 → 0.225", "0.25 → 0.275", "100 → 90", "100 → 110"]),
        ("curve: {steps: [{id: few, below: 5, points: 92}, {id: many, points: 25}]}", ["5 → 4.5", "5 → 5.5", "92 → 82.8", "92 → 101.2", "25 → 22.5", "25 → 27.5"]),
    ])
    func `curves are moved by exactly a tenth`(curve: String, expected: [String]) throws {
        let health = """

            health:
              id: overall
              groups:
                - id: care
                  title: Care
                  weight: 40
                  components:
                    - {id: share, title: Share, weight: 10, metric: share, \(curve)}
              bands: [{id: good, title: Good, from: 0, tone: good}]
            """
        let share = "metrics:\n  - {id: share, title: S, meaning: S., unit: ratio, better: up, expression: 'm(\"tickets.30d\") / 3.0'}"
        let moves = try titles("health overall.care.share", SmallProgramme.definitions.replacing("metrics:", with: share) + health)
        #expect(moves.dropFirst(2).compactMap { $0.split(separator: ": ").last.map(String.init) } == expected)
        #expect(moves.prefix(2) == ["health overall.care.share weight: 10 → 9", "health overall.care.share weight: 10 → 11"])
    }

    @Test func `durations, hours and holidays move by their own units`() throws {
        let more = """

            calendars:
              - {id: business, time_zone: UTC, hours: {mon: "09:00-12:00 13:00-17:00"}, holidays: ["2027-01-01"]}
            """
        let definitions = SmallProgramme.definitions.replacing("severity: medium,", with: "severity: medium, cooldown: 30d, for: 4h,") + more
        #expect(try titles("signal tested", definitions).suffix(4) == [
            "signal tested for: 4h → 3h", "signal tested for: 4h → 5h",
            "signal tested when: 2.0 → 1.0", "signal tested when: 2.0 → 3.0",
        ])
        #expect(try titles("signal tested cooldown", definitions) == ["signal tested cooldown: 30d → 27d", "signal tested cooldown: 30d → 33d"])
        #expect(try titles("calendar", definitions) == [
            "calendar business mon: 09:00 → 08:59", "calendar business mon: 09:00 → 09:01",
            "calendar business mon: 12:00 → 11:59", "calendar business mon: 12:00 → 12:01",
            "calendar business mon: 13:00 → 12:59", "calendar business mon: 13:00 → 13:01",
            "calendar business mon: 17:00 → 16:59", "calendar business mon: 17:00 → 17:01",
            "calendar business holidays: 2027-01-01 → 2026-12-31", "calendar business holidays: 2027-01-01 → 2027-01-02",
        ])
    }

    @Test func `a window moves with everything that names it`() async throws {
        for (title, outcome) in try await outcomes() where title.hasPrefix("metric tickets windows") {
            guard case .survived = outcome else {
                Issue.record("\(title): no test looks at a ticket of 27 or 33 days ago, and nothing is wrong: \(outcome)")
                continue
            }
        }
    }

    @Test func `a number at whose edge a test stands can not be moved`() async throws {
        let outcomes = try await outcomes()
        guard case .broken(let failure)? = outcomes["signal tested when: 2.0 → 3.0"] else {
            Issue.record("three tickets instead of two, and nobody noticed")
            return
        }
        #expect(failure.scenario == "two_tickets")
        let survivors = outcomes.filter { if case .survived = $0.value { true } else { false } }.keys.sorted()
        #expect(survivors.contains("signal tested when: 2.0 → 1.0"), "no test has a single ticket")
        #expect(survivors.contains("signal untested when: 20.0 → 22.0"))
    }

    @Test func `what the checker refuses is counted apart`() async throws {
        guard case .refused(let mistake)? = try await outcomes()["programme small day_one: 0 → -1"] else {
            Issue.record("a day before the first was accepted")
            return
        }
        #expect(mistake.title == "`day_one` is out of range")
    }
}
