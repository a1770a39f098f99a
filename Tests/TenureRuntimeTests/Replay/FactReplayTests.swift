import TenureAuthoring
import TenureCore
import TenureEngine
import TenureRuntime
import Testing

private let folder = ProgrammeFolder(files: [
    (
        "programme.yaml",
        """
        programme: {id: replayed, title: Replayed, version: 1, day_one: 0, time_zone: Europe/Rome, currency: EUR}
        events:
          - {type: login, title: Login, activity: true}
        metrics:
          - {id: logins, title: Logins, unit: count, better: up, sum: {event: login}, windows: [7d]}
        show: [logins.7d]
        health:
          id: overall
          version: 1
          groups:
            - id: use
              title: Use
              weight: 100
              components:
                - {id: logins, title: Logins, weight: 1, metric: logins.7d, curve: {linear: [[0, 0], [9, 100]]}}
          bands:
            - {id: good, title: Good, from: 50, tone: good, action: Grow}
            - {id: bad, title: Bad, from: 0, tone: critical, action: Call}
        """
    )
])

private let zones = ZoneTable(
    text: """
        version 2026-test
        America/New_York -18000 1772953200:-14400 20559600:-18000
        Europe/Rome 3600 1774746000:7200 18144000:3600
        """)

private func at(_ text: String) throws -> Instant { try Instant.parse(rfc3339: text).get() }

private func fact(
    _ id: String, _ type: String, _ occurred: String, recorded: String, _ data: JSONObject = JSONObject(),
    account: String = "acme", takingBack: String? = nil
) throws -> PastFact {
    var arrival = Arrival(id: id, source: "test", type: type, subject: .account(account), occurred: try at(occurred), data: data)
    if let takingBack { arrival.operation = .retract(id: takingBack) }
    return PastFact(recorded: try at(recorded), arrival: arrival)
}

/// What was known at each moment of a past, and nothing else.
@Suite struct FactReplayTests {
    private func readings(_ facts: [PastFact], _ days: ClosedRange<String>, at timeOfDay: Int64? = nil) throws -> [String: Double?] {
        let (loaded, mistakes) = ProgrammeReader.read(folder, catalogue: nil, zones: zones)
        #expect(mistakes.filter { $0.severity == .error }.map(\.title) == [])
        let programme = CompiledProgramme(try #require(loaded).programme, zones: zones)
        var replay = FactReplay(facts, on: programme)
        var found: [String: Double?] = [:]
        let first = try #require(Day(text: days.lowerBound))
        let last = try #require(Day(text: days.upperBound))
        try replay.run(first...last, timeOfDay: timeOfDay) { standing in
            found["\(standing.external) \(standing.day.text)"] = standing.readings.first?.value
        }
        return found
    }

    @Test func `a day's end knows what was recorded before it, whenever it occurred`() throws {
        let found = try readings(
            [
                fact("a", "account.changed", "2026-03-01T08:00:00Z", recorded: "2026-03-01T08:00:00Z", ["name": "Acme"]),
                fact("1", "login", "2026-03-02T10:00:00Z", recorded: "2026-03-02T10:00:00Z"),
                fact("2", "login", "2026-03-02T11:00:00Z", recorded: "2026-03-04T22:59:59Z"),
                fact("3", "login", "2026-03-02T12:00:00Z", recorded: "2026-03-04T23:00:00Z"),
                fact("4", "noted", "2026-03-06T12:00:00Z", recorded: "2026-03-06T12:00:00Z", takingBack: "1"),
            ], "2026-03-01"..."2026-03-06")
        #expect(
            found == [
                "acme 2026-03-01": nil, "acme 2026-03-02": 1, "acme 2026-03-03": 1, "acme 2026-03-04": 2,
                "acme 2026-03-05": 3, "acme 2026-03-06": 2,
            ])
    }

    @Test func `a day ends by the clocks of the account, and can be looked at before`() throws {
        let facts = [
            try fact("a", "account.changed", "2026-03-01T08:00:00Z", recorded: "2026-03-01T08:00:00Z", ["time_zone": "America/New_York"]),
            try fact("1", "login", "2026-03-03T03:59:00Z", recorded: "2026-03-03T03:59:00Z"),
        ]
        #expect(try readings(facts, "2026-03-02"..."2026-03-02") == ["acme 2026-03-02": 1])
        let evening = 22 * Milliseconds.hour
        #expect(try readings(facts, "2026-03-02"..."2026-03-03", at: evening) == ["acme 2026-03-02": nil, "acme 2026-03-03": 1])
    }
}
