import TenureCore
import TenureEngine
import TenureFixtures
import TenureProgramme
import Testing

/// What people say of signals, and what follows from it.
@Suite struct SignalTreatmentTests {
    /// One signal over one judged number, and a play that it starts: a mail at once, a reminder a day after its due day.
    private func ledger(_ change: (inout Programme) throws -> Void = { _ in }) throws -> Ledger {
        var programme = Programme(id: "watch", title: "Watch")
        programme.metrics = [Metric(id: "mood", measure: .grade(scale: []))]
        programme.roles = [Role(id: "csm", title: "CSM", isTeamWide: false)]
        programme.signals = [
            Signal(id: "low", title: "Low", severity: .high, when: try condition(#"m("mood") < 50.0"#))
        ]
        programme.messages = [MessageTemplate(id: "note", channel: .mail, subject: "s", body: "b", audience: .team)]
        var step = Step(id: "call", title: "Call")
        step.tasks = ["Call"]
        step.actions = [.mail(template: "note", to: [.role("csm")])]
        step.window.dueAfter = Span(1, .days)
        step.overdue = [Escalation(after: Span(1, .days), template: "note", to: .role("csm"))]
        var play = Play(id: "save", title: "Save", owner: "csm")
        play.startsOn = ["low"]
        play.reentry = .afterExit
        play.steps = [step]
        programme.plays = [play]
        try change(&programme)
        var ledger = Ledger(programme)
        ledger.turn("2026-06-01T00:00:00Z")
        return ledger
    }

    private func judge(_ ledger: inout Ledger, _ at: String, _ points: Int64) {
        ledger.take(at, FactType.gradeGiven, ["metric": "mood", "points": .int(points)])
    }

    private func say(_ ledger: inout Ledger, _ at: String, _ type: String, _ more: JSONObject = [:]) {
        let named: JSONObject = ["signal": "low", "by": "p1"]
        ledger.take(at, type, JSONObject(named.members + more.members))
    }

    private func raisings(_ ledger: Ledger) -> [Instant] {
        ledger.signalled.filter { $0.what == .raised(signal: "low") }.map(\.at)
    }

    private func isOpen(_ ledger: Ledger) -> Bool { ledger.state.conclusions.signal("low")?.isOpen == true }

    // MARK: False alarms

    @Test func `a false alarm closes the signal, which stays closed while its condition holds`() throws {
        var ledger = try ledger()
        judge(&ledger, "2026-06-01T10:00:00Z", 40)
        say(&ledger, "2026-06-01T11:00:00Z", FactType.signalMarkedFalse, ["reason": "maintenance"])
        judge(&ledger, "2026-06-02T10:00:00Z", 30)
        ledger.turn("2026-09-01T00:00:00Z")
        #expect(!isOpen(ledger) && raisings(ledger).count == 1)
        #expect(ledger.state.conclusions.signal("low")?.falseAlarm?.reason == "maintenance")
        #expect(ledger.decisions.count { $0.what.kind == "signalMarkedFalse" } == 1)
    }

    @Test func `once its condition was false it may be raised again`() throws {
        var ledger = try ledger()
        judge(&ledger, "2026-06-01T10:00:00Z", 40)
        say(&ledger, "2026-06-01T11:00:00Z", FactType.signalMarkedFalse, ["reason": "r"])
        judge(&ledger, "2026-06-02T10:00:00Z", 80)
        #expect(ledger.signalled.last?.what == .cleared(signal: "low"))
        judge(&ledger, "2026-06-03T10:00:00Z", 40)
        #expect(raisings(ledger).last == instant("2026-06-03T10:00:00Z"))
    }

    @Test func `between its two edges a false alarm holds on, as the open signal would`() throws {
        var ledger = try ledger { $0.signals[0].clear = try condition(#"m("mood") >= 60.0"#) }
        judge(&ledger, "2026-06-01T10:00:00Z", 40)
        say(&ledger, "2026-06-01T11:00:00Z", FactType.signalMarkedFalse, ["reason": "r"])
        judge(&ledger, "2026-06-02T10:00:00Z", 55)
        judge(&ledger, "2026-06-03T10:00:00Z", 45)
        #expect(raisings(ledger).count == 1)
        judge(&ledger, "2026-06-04T10:00:00Z", 60)
        judge(&ledger, "2026-06-05T10:00:00Z", 45)
        #expect(raisings(ledger).count == 2)
    }

    @Test func `a false alarm for some days ends at its instant, and the dwell begins then`() throws {
        var ledger = try ledger { $0.signals[0].dwell = Span(2, .days) }
        judge(&ledger, "2026-06-01T10:00:00Z", 40)
        ledger.turn("2026-06-04T00:00:00Z")
        say(&ledger, "2026-06-04T11:00:00Z", FactType.signalMarkedFalse, ["reason": "r", "days": 3])
        ledger.turn("2026-06-30T00:00:00Z")
        #expect(raisings(ledger) == [instant("2026-06-03T10:00:00Z"), instant("2026-06-09T11:00:00Z")])
    }

    @Test func `unknown does not end a false alarm`() throws {
        var ledger = try ledger()
        ledger.take("2026-06-01T10:00:00Z", FactType.gradeGiven, ["metric": "mood", "points": 40, "expires_days": 3])
        say(&ledger, "2026-06-01T11:00:00Z", FactType.signalMarkedFalse, ["reason": "r"])
        ledger.turn("2026-06-10T00:00:00Z")
        judge(&ledger, "2026-06-11T10:00:00Z", 40)
        #expect(raisings(ledger).count == 1)
    }

    @Test func `the play that a false alarm started ends, and what it had not sent is cancelled`() throws {
        var ledger = try ledger()
        judge(&ledger, "2026-06-01T10:00:00Z", 40)
        say(&ledger, "2026-06-01T11:00:00Z", FactType.signalMarkedFalse, ["reason": "r"])
        #expect(ledger.played.last?.what == .ended(number: 1, outcome: "false_alarm"))
        #expect(ledger.decisions.last?.what == .outreach(.messagesCancelled(play: 1, reason: "false_alarm")))
        ledger.turn("2026-06-09T00:00:00Z")
        #expect(ledger.queued.count == 1)
    }

    @Test func `plays go on after a false alarm where somebody wants that, and those that people started always`() throws {
        var ledger = try ledger()
        judge(&ledger, "2026-06-01T10:00:00Z", 40)
        say(&ledger, "2026-06-01T11:00:00Z", FactType.signalMarkedFalse, ["reason": "r", "keep_plays": true])
        #expect(ledger.state.conclusions.plays.first?.isRunning == true)
        var other = try self.ledger()
        other.take("2026-06-01T09:00:00Z", FactType.playStarted, ["play": "save", "by": "p1"])
        judge(&other, "2026-06-01T10:00:00Z", 40)
        say(&other, "2026-06-01T11:00:00Z", FactType.signalMarkedFalse, ["reason": "r"])
        #expect(other.state.conclusions.plays.first?.isRunning == true)
    }

    @Test func `a false alarm that is taken back is open again since it was, and starts nothing twice`() throws {
        var ledger = try ledger()
        judge(&ledger, "2026-06-01T10:00:00Z", 40)
        say(&ledger, "2026-06-01T11:00:00Z", FactType.signalMarkedFalse, ["reason": "r"])
        say(&ledger, "2026-06-01T12:00:00Z", FactType.signalTakenBack, ["what": "false_alarm"])
        ledger.turn("2026-06-03T00:00:00Z")
        #expect(ledger.state.conclusions.signal("low")?.openSince == instant("2026-06-01T10:00:00Z"))
        #expect(raisings(ledger).count == 1 && ledger.state.conclusions.plays.count == 1)
        judge(&ledger, "2026-06-03T10:00:00Z", 70)
        #expect(!isOpen(ledger))
    }

    // MARK: Snoozes

    @Test func `a snooze holds back no reminder of a play that runs already`() throws {
        var ledger = try ledger()
        judge(&ledger, "2026-06-01T10:00:00Z", 40)
        say(&ledger, "2026-06-01T11:00:00Z", FactType.signalSnoozed, ["days": 10])
        ledger.turn("2026-06-04T00:00:00Z")
        #expect(isOpen(ledger) && ledger.queued.count == 2)
        #expect(ledger.played.contains { $0.what == .stepEscalated(number: 1, step: 0, escalation: 0) })
    }

    @Test func `what an open signal did not start while it was snoozed it starts when the snooze ends`() throws {
        var ledger = try ledger { $0.plays[0].when = try condition(#"flag("ready")"#) }
        judge(&ledger, "2026-06-01T10:00:00Z", 40)
        say(&ledger, "2026-06-01T11:00:00Z", FactType.signalSnoozed, ["days": 2])
        ledger.take("2026-06-01T12:00:00Z", FactType.flagRaised, ["flag": "ready"])
        #expect(ledger.played.isEmpty)
        ledger.turn("2026-06-05T00:00:00Z")
        #expect(ledger.played.first?.at == instant("2026-06-03T11:00:00Z"))
    }

    @Test func `a snooze that is taken back starts it at once`() throws {
        var ledger = try ledger()
        say(&ledger, "2026-06-01T09:00:00Z", FactType.signalSnoozed, ["days": 20])
        judge(&ledger, "2026-06-01T10:00:00Z", 40)
        #expect(!isOpen(ledger))
        say(&ledger, "2026-06-01T11:00:00Z", FactType.signalTakenBack, ["what": "snooze"])
        #expect(raisings(ledger) == [instant("2026-06-01T11:00:00Z")] && ledger.played.count > 0)
    }

    // MARK: Acknowledgements and confirmations

    @Test func `an acknowledgement expires, and holds nothing back`() throws {
        var ledger = try ledger()
        judge(&ledger, "2026-06-01T10:00:00Z", 40)
        say(&ledger, "2026-06-01T11:00:00Z", FactType.signalAcknowledged, ["days": 2])
        let signal = try #require(ledger.state.conclusions.signal("low"))
        #expect(signal.isAcknowledged(at: instant("2026-06-03T10:59:59Z")))
        #expect(!signal.isAcknowledged(at: instant("2026-06-03T11:00:00Z")))
        ledger.turn("2026-06-04T00:00:00Z")
        #expect(isOpen(ledger) && ledger.queued.count == 2)
    }

    @Test func `a raised signal has been judged by nobody`() throws {
        var ledger = try ledger()
        judge(&ledger, "2026-06-01T10:00:00Z", 40)
        say(&ledger, "2026-06-01T11:00:00Z", FactType.signalConfirmed)
        #expect(ledger.state.conclusions.signal("low")?.confirmedBy == "p1")
        judge(&ledger, "2026-06-02T10:00:00Z", 80)
        judge(&ledger, "2026-06-03T10:00:00Z", 40)
        #expect(ledger.state.conclusions.signal("low")?.confirmedBy == nil)
    }

    @Test func `what cannot be said is refused with its reason`() throws {
        var ledger = try ledger()
        say(&ledger, "2026-06-01T09:00:00Z", FactType.signalMarkedFalse, ["reason": "r"])
        say(&ledger, "2026-06-01T09:01:00Z", FactType.signalConfirmed)
        say(&ledger, "2026-06-01T09:02:00Z", FactType.signalTakenBack, ["what": "snooze"])
        say(&ledger, "2026-06-01T09:03:00Z", FactType.signalTakenBack, ["what": "words"])
        judge(&ledger, "2026-06-01T10:00:00Z", 40)
        say(&ledger, "2026-06-01T11:00:00Z", FactType.signalMarkedFalse, ["reason": "r"])
        say(&ledger, "2026-06-01T11:01:00Z", FactType.signalMarkedFalse, ["reason": "r"])
        say(&ledger, "2026-06-01T11:02:00Z", FactType.signalConfirmed)
        #expect(
            ledger.refusals.map(\.reason) == [
                .neverRaised, .neverRaised, .nothingToTakeBack, .malformed, .alreadyDone, .alreadyDone,
            ])
    }

    @Test func `of a signal that closed by itself the judgement counts, and holds nothing back`() throws {
        var ledger = try ledger()
        judge(&ledger, "2026-06-01T10:00:00Z", 40)
        judge(&ledger, "2026-06-02T10:00:00Z", 80)
        say(&ledger, "2026-06-02T11:00:00Z", FactType.signalMarkedFalse, ["reason": "r"])
        judge(&ledger, "2026-06-03T10:00:00Z", 40)
        #expect(ledger.refusals.isEmpty && raisings(ledger).count == 2)
    }
}
