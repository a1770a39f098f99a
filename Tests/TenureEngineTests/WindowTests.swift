import TenureCore
import TenureEngine
import TenureFixtures
import TenureProgramme
import Testing

/// Windows are whole local days plus today so far; lateness is judged by the recorded time.
@Suite struct WindowTests {
    private func ledger(_ facts: [(occurred: String, recorded: String)], turn: String) throws -> Ledger {
        var ledger = Ledger(try workshop(zone: "Europe/Rome"))
        let facts = facts.enumerated().map { number, times in
            Fact(
                occurred: instant(times.occurred), recorded: instant(times.recorded), source: "app",
                id: "e\(number)",
                account: "acc_1", type: "session.started", member: "ann", data: ["minutes": 5])
        }
        ledger.turn(instant(turn), facts)
        return ledger
    }

    @Test(arguments: [
        ("2026-06-01T10:00:00Z", "2026-06-08T21:59:59.999Z", "2026-06-08T22:00:00Z"),
        // The last minute of a day, seven days before the day that has only 23 hours.
        ("2026-03-22T22:59:59Z", "2026-03-29T21:59:59Z", "2026-03-29T22:00:00Z"),
        // And before the day that has 25.
        ("2026-10-18T20:00:00Z", "2026-10-25T22:59:59Z", "2026-10-25T23:00:00Z"),
    ])
    func `an event leaves its window at local midnight`(event: String, last: String, first: String) throws {
        let ledger = try ledger([(event, event)], turn: event)
        #expect(ledger.value("logins.7d", at: last) == 1)
        #expect(ledger.value("users.7d", at: last) == 1)
        #expect(ledger.value("logins.7d", at: first) == 0)
        #expect(ledger.value("users.7d", at: first) == 0)
        #expect(ledger.value("logins.lifetime", at: first) == 1)
    }

    @Test func `before the first event use is unknown, after it silence is zero`() throws {
        let ledger = try ledger([], turn: "2026-06-01T10:00:00Z")
        #expect(ledger.value("logins.7d", at: "2026-06-01T10:00:00Z") == nil)
        #expect(ledger.value("quiet", at: "2026-06-01T10:00:00Z") == nil)
        let used = try self.ledger(
            [("2026-06-01T10:00:00Z", "2026-06-01T10:00:00Z")], turn: "2026-06-01T10:00:00Z")
        #expect(used.value("logins.7d", at: "2026-07-20T10:00:00Z") == 0)
        #expect(used.value("quiet", at: "2026-07-20T10:00:00Z") == 49)
    }

    @Test func `35 days late still counts, a millisecond more does not`() throws {
        let ledger = try ledger(
            [
                ("2026-05-01T10:00:00Z", "2026-06-05T10:00:00Z"),
                ("2026-05-01T10:00:00Z", "2026-06-05T10:00:00.001Z"),
            ],
            turn: "2026-06-05T11:00:00Z")
        #expect(ledger.value("logins.lifetime", at: "2026-06-05T11:00:00Z") == 1)
        #expect(ledger.state.observations.lateCount == 1)
    }

    @Test func `a source that is silent for everybody makes its metrics stale, not zero`() throws {
        var programme = try workshop()
        for place in programme.metrics.indices where programme.metrics[place].id == "logins" {
            programme.metrics[place].hoursMax = 48
        }
        var ledger = Ledger(programme)
        ledger.take("2026-06-01T10:00:00Z", "session.started", ["minutes": 1], member: "ann")
        #expect(ledger.value("logins.7d", at: "2026-06-03T10:00:00Z") == 1)
        #expect(ledger.value("logins.7d", at: "2026-06-03T10:00:00.001Z") == nil)
    }

    @Test func `days end with their scores, each at its own midnight, even across clock changes`() throws {
        var ledger = Ledger(try workshop(zone: "Europe/Rome"))
        ledger.take("2026-03-27T10:00:00Z", "session.started", ["minutes": 1], member: "ann")
        ledger.turn("2026-03-31T10:00:00Z")
        let closed = ledger.decisions.filter { $0.what.kind == "dayClosed" }.map(\.at)
        #expect(
            closed
                == [
                    "2026-03-27T23:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z",
                    "2026-03-30T22:00:00Z",
                ]
                .map { instant($0) })
    }

    @Test func `a clock entered hour by hour concludes what one jump concludes`() throws {
        var (slow, fast) = (try rescueLedger(), try rescueLedger())
        for hour in 1...240 { slow.turn(instant("2026-06-01T10:00:00Z") + Int64(hour) * Milliseconds.hour) }
        fast.turn(instant("2026-06-01T10:00:00Z") + 240 * Milliseconds.hour)
        #expect(slow.decisions == fast.decisions)
        #expect(slow.state == fast.state)
    }

    @Test func `sums no number can hold do not stop the engine`() throws {
        var programme = try workshop()
        var ratio = Metric(
            id: "huge",
            measure: .ratio(
                EventSum(
                    filter: EventFilter(event: "session.started"), value: try condition("event.minutes")),
                EventSum(filter: EventFilter(event: "error.logged"), value: try condition("event.latency")),
                scale: 1e9))
        ratio.windows = [7]
        var change = Metric(
            id: "swing",
            measure: .change(
                of: MetricReference(metric: "huge", windowDays: 7),
                guard: ChangeGuard(baseMin: 0, significanceMin: 0, differenceMin: 0)))
        change.windows = [7]
        programme.metrics += [ratio, change]
        var ledger = Ledger(programme)
        for day in 10..<24 {
            ledger.take("2026-06-\(day)T10:00:00Z", "session.started", ["minutes": 8e12])
            ledger.take("2026-06-\(day)T11:00:00Z", "error.logged", ["latency": 0.000001])
        }
        ledger.turn("2026-06-24T10:00:00Z")
        #expect(ledger.value("huge.7d", at: "2026-06-24T10:00:00Z") != nil)
        #expect(ledger.value("swing.7d", at: "2026-06-24T10:00:00Z") == 0)
    }
}
