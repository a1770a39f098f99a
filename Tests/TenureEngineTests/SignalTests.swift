import TenureCore
import TenureEngine
import TenureFixtures
import TenureProgramme
import Testing

/// When signals raise, hold and clear.
@Suite struct SignalTests {
    /// One signal over one judged number.
    private func ledger(
        isLive: Bool = true, _ change: (inout Signal) throws -> Void = { _ in }
    ) throws -> Ledger {
        var programme = Programme(id: "watch", title: "Watch")
        programme.metrics = [Metric(id: "mood", measure: .grade(scale: []))]
        var signal = Signal(
            id: "low", title: "Low", severity: .high, when: try condition(#"m("mood") < 50.0"#))
        try change(&signal)
        programme.signals = [signal]
        var ledger = Ledger(programme, isLive: isLive)
        ledger.turn("2026-06-01T00:00:00Z")
        return ledger
    }

    private func judge(_ ledger: inout Ledger, _ at: String, _ points: Int64, days: Int64? = nil) {
        var data: JSONObject = ["metric": "mood", "points": .int(points)]
        if let days { data["expires_days"] = .int(days) }
        ledger.take(at, FactType.gradeGiven, data)
    }

    private func raisings(_ ledger: Ledger) -> [Instant] {
        ledger.signalled.filter { $0.what == .raised(signal: "low") }.map(\.at)
    }

    @Test func `without a dwell a signal is raised at once, and cleared when it no longer holds`() throws {
        var ledger = try ledger()
        judge(&ledger, "2026-06-01T10:00:00Z", 49)
        judge(&ledger, "2026-06-01T11:00:00Z", 48)
        judge(&ledger, "2026-06-01T12:00:00Z", 50)
        #expect(ledger.signalled.map(\.what) == [.raised(signal: "low"), .cleared(signal: "low")])
        #expect(ledger.state.conclusions.signal("low")?.isOpen == false)
    }

    @Test func `a dwell of nothing is at once`() throws {
        var ledger = try ledger { $0.dwell = Span(0, .days) }
        judge(&ledger, "2026-06-01T10:00:00Z", 49)
        #expect(raisings(ledger) == [instant("2026-06-01T10:00:00Z")])
    }

    @Test func `a dwell delays the raising to its exact end`() throws {
        var ledger = try ledger { $0.dwell = Span(2, .days) }
        judge(&ledger, "2026-06-01T10:00:00Z", 49)
        ledger.turn("2026-06-03T09:59:59.999Z")
        #expect(raisings(ledger).isEmpty)
        ledger.turn("2026-06-05T00:00:00Z")
        #expect(raisings(ledger) == [instant("2026-06-03T10:00:00Z")])
    }

    @Test func `a condition that stops holding starts its dwell anew`() throws {
        var ledger = try ledger { $0.dwell = Span(2, .days) }
        judge(&ledger, "2026-06-01T10:00:00Z", 49)
        judge(&ledger, "2026-06-02T10:00:00Z", 90)
        judge(&ledger, "2026-06-02T11:00:00Z", 49)
        ledger.turn("2026-06-09T00:00:00Z")
        #expect(raisings(ledger) == [instant("2026-06-04T11:00:00Z")])
    }

    @Test func `unknown stops the dwell clock, and it goes on where it stood`() throws {
        var ledger = try ledger { $0.dwell = Span(3, .days) }
        judge(&ledger, "2026-06-01T10:00:00Z", 49, days: 1)
        // The judgement expires at 10:00 on the 2nd, after a day of three.
        judge(&ledger, "2026-06-05T00:00:00Z", 49)
        #expect(
            ledger.signalled.contains {
                $0.what == .held(signal: "low", since: instant("2026-06-02T10:00:00Z"))
            })
        ledger.turn("2026-06-09T00:00:00Z")
        #expect(raisings(ledger) == [instant("2026-06-07T00:00:00Z")])
    }

    @Test func `unknown neither raises nor clears`() throws {
        var ledger = try ledger()
        ledger.turn("2026-06-01T09:00:00Z")
        #expect(ledger.signalled.isEmpty)
        judge(&ledger, "2026-06-01T10:00:00Z", 49, days: 1)
        ledger.turn("2026-06-20T00:00:00Z")
        let state = ledger.state.conclusions.signal("low")
        #expect(state?.isOpen == true)
        #expect(state?.heldSince == instant("2026-06-02T10:00:00Z"))
    }

    @Test func `a clearing condition keeps the signal open between both edges`() throws {
        var ledger = try ledger { $0.clear = try condition(#"m("mood") >= 60.0"#) }
        judge(&ledger, "2026-06-01T10:00:00Z", 49)
        judge(&ledger, "2026-06-01T11:00:00Z", 59)
        #expect(ledger.state.conclusions.signal("low")?.isOpen == true)
        judge(&ledger, "2026-06-01T12:00:00Z", 60)
        #expect(ledger.state.conclusions.signal("low")?.isOpen == false)
        judge(&ledger, "2026-06-01T13:00:00Z", 55)
        #expect(raisings(ledger).count == 1)
    }

    @Test func `a cooldown is counted from the last raising and ends at its instant`() throws {
        var ledger = try ledger { $0.cooldown = Span(5, .days) }
        judge(&ledger, "2026-06-01T10:00:00Z", 49)
        judge(&ledger, "2026-06-02T10:00:00Z", 90)
        judge(&ledger, "2026-06-03T10:00:00Z", 49)
        ledger.turn("2026-06-10T00:00:00Z")
        #expect(raisings(ledger) == [instant("2026-06-01T10:00:00Z"), instant("2026-06-06T10:00:00Z")])
    }

    @Test func `a snoozed signal waits for the end of the snooze`() throws {
        var ledger = try ledger()
        ledger.take("2026-06-01T10:00:00Z", FactType.signalSnoozed, ["signal": "low", "by": "p1", "days": 2])
        judge(&ledger, "2026-06-01T11:00:00Z", 49)
        ledger.turn("2026-06-04T00:00:00Z")
        #expect(raisings(ledger) == [instant("2026-06-03T10:00:00Z")])
    }

    @Test func `commands about nothing are refused`() throws {
        var ledger = try ledger()
        ledger.take("2026-06-01T10:00:00Z", FactType.signalSnoozed, ["signal": "other", "days": 2])
        ledger.take("2026-06-01T10:01:00Z", FactType.signalSnoozed, ["signal": "low", "days": 0])
        #expect(ledger.refusals.map(\.reason) == [.noSuchSignal, .malformed])
        #expect(ledger.signalled.isEmpty)
    }

    @Test func `behind the import fence a signal is withheld, once`() throws {
        var ledger = try ledger(isLive: false)
        judge(&ledger, "2026-06-01T10:00:00Z", 49)
        judge(&ledger, "2026-06-01T11:00:00Z", 48)
        #expect(ledger.signalled.map(\.what) == [.withheld(signal: "low")])
        judge(&ledger, "2026-06-01T12:00:00Z", 80)
        #expect(ledger.signalled.map(\.what).last == .cleared(signal: "low"))
        #expect(ledger.state.conclusions.signal("low")?.isWithheld == false)
    }

    @Test func `going live sends nothing of what was withheld, until it has been better once`() throws {
        var ledger = try ledger(isLive: false)
        judge(&ledger, "2026-06-01T10:00:00Z", 49)
        ledger.workspace.liveSince = try Instant.parse(rfc3339: "2026-06-05T00:00:00Z").get()
        judge(&ledger, "2026-06-06T10:00:00Z", 48)
        #expect(!ledger.signalled.map(\.what).contains(.raised(signal: "low")))
        judge(&ledger, "2026-06-06T12:00:00Z", 80)
        judge(&ledger, "2026-06-06T13:00:00Z", 40)
        #expect(ledger.signalled.map(\.what).last == .raised(signal: "low"))
    }

    @Test func `the days between the last imported fact and going live have no effects`() throws {
        var ledger = try ledger(isLive: false)
        judge(&ledger, "2026-06-01T10:00:00Z", 80)
        ledger.workspace.liveSince = try Instant.parse(rfc3339: "2026-06-05T00:00:00Z").get()
        judge(&ledger, "2026-06-06T10:00:00Z", 49)
        #expect(ledger.signalled.map(\.what).filter { $0 == .raised(signal: "low") }.count == 1)
        #expect(ledger.signalled.last?.at == (try Instant.parse(rfc3339: "2026-06-06T10:00:00Z").get()))
    }
}
