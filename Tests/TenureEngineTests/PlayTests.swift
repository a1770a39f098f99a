import TenureCore
import TenureFixtures
import TenureProgramme
import Testing

@testable import TenureEngine

/// How plays start, move and end.
@Suite struct PlayTests {
    private func ready(_ ledger: Ledger, step: Int) -> [(at: Instant, attempt: Int32, due: Instant?)] {
        ledger.played.compactMap {
            if case .stepReady(_, step, let attempt, let due) = $0.what { ($0.at, attempt, due) } else { nil }
        }
    }

    private func tick(_ ledger: inout Ledger, _ at: String, _ step: String, _ task: Int64) {
        ledger.take(
            at, FactType.taskCompleted,
            ["play": "rescue", "step": .string(step), "task": .int(task), "by": "p1"])
    }

    @Test func `a signal starts its play, whose first step is due in business hours and writes to its owner`()
        throws
    {
        let ledger = try rescueLedger()
        let play = try #require(ledger.state.conclusions.plays.first)
        #expect(play.cause == "signal:freeze")
        #expect(play.number == 1)
        #expect(ready(ledger, step: 0).map(\.due) == [instant("2026-06-01T16:00:00Z")])
        #expect(ready(ledger, step: 1).isEmpty)
        #expect(ledger.queued.map(\.key) == ["acc_1/1/call/1/do0/role:csm"])
        #expect(ledger.queued.first?.values["account.name"] == "Acme")
    }

    @Test func `overdue steps climb their ladder, each rung once and at its instant`() throws {
        var ledger = try rescueLedger()
        ledger.turn("2026-06-05T00:00:00Z")
        let climbed = ledger.played.compactMap { entry -> (Instant, Int)? in
            if case .stepEscalated(_, 0, let rung) = entry.what { (entry.at, rung) } else { nil }
        }
        #expect(climbed.map(\.0) == [instant("2026-06-01T18:00:00Z"), instant("2026-06-02T16:00:00Z")])
        #expect(climbed.map(\.1) == [0, 1])
        #expect(ledger.queued.map(\.recipient) == [.role("csm"), .role("lead"), .channel("cs")])
    }

    @Test func `all tasks ticked complete the step, open the next, and its sign-off ends the play`() throws {
        var ledger = try rescueLedger()
        tick(&ledger, "2026-06-01T13:00:00Z", "call", 1)
        #expect(ready(ledger, step: 1).isEmpty)
        tick(&ledger, "2026-06-01T14:00:00Z", "call", 0)
        #expect(ready(ledger, step: 1).map(\.due) == [instant("2026-06-03T14:00:00Z")])
        ledger.take(
            "2026-06-02T09:00:00Z", FactType.stepSignedOff,
            ["play": "rescue", "step": "review", "by": "boss"])
        #expect(
            ledger.state.conclusions.plays.first?.ended
                == .init(at: instant("2026-06-02T09:00:00Z"), outcome: "completed"))
        #expect(
            ledger.played.contains {
                $0.what == .stepDone(number: 1, step: 1, evidence: "signed off by boss")
            })
    }

    @Test func `A14: a pause shifts what is due and silences the ladder`() throws {
        var ledger = try rescueLedger()
        ledger.take(
            "2026-06-01T12:00:00Z", FactType.playPaused, ["play": "rescue", "by": "p1", "reason": "holidays"])
        ledger.turn("2026-06-02T11:00:00Z")
        ledger.take("2026-06-02T12:00:00Z", FactType.playResumed, ["play": "rescue", "by": "p1"])
        #expect(ledger.queued.count == 1)
        #expect(ledger.state.conclusions.plays[0].steps[0].due == instant("2026-06-02T16:00:00Z"))
        ledger.turn("2026-06-02T18:00:00Z")
        #expect(ledger.queued.last?.recipient == .role("lead"))
    }

    @Test func `A14: a step that is bound to a date of the account follows the date and ignores pauses`() throws {
        var ledger = try rescueLedger {
            $0.plays[0].steps[0].window = StepWindow(
                anchor: .account("term_end"), opensAfter: nil, dueAfter: Span(-14, .days))
        }
        #expect(ledger.state.conclusions.plays[0].steps[0].due == instant("2026-06-17T00:00:00Z"))
        ledger.take("2026-06-01T12:00:00Z", FactType.playPaused, ["play": "rescue"])
        ledger.take("2026-06-03T12:00:00Z", FactType.playResumed, ["play": "rescue"])
        #expect(ledger.state.conclusions.plays[0].steps[0].due == instant("2026-06-17T00:00:00Z"))
        ledger.set("2026-06-04T12:00:00Z", ["term_end": "2026-08-01"])
        #expect(ledger.state.conclusions.plays[0].steps[0].due == instant("2026-07-18T00:00:00Z"))
    }

    @Test func `an exit ends the play at once and cancels what has not left`() throws {
        var ledger = try rescueLedger()
        let concluded = ledger.take("2026-06-01T12:00:00Z", FactType.flagCleared, ["flag": "freeze"])
        #expect(concluded.map(\.what.kind) == ["signalCleared", "playEnded", "messagesCancelled"])
        #expect(ledger.state.conclusions.plays[0].ended?.outcome == "recovered")
        #expect(ledger.turn("2026-06-08T00:00:00Z").allSatisfy { $0.what.kind == "dayClosed" })
    }

    @Test(arguments: [
        (Play.Reentry.never, 1, "2026-06-30T00:00:00Z"), (.afterExit, 2, "2026-06-04T08:00:00Z"),
        (.after(Span(10, .days)), 1, "2026-06-11T07:59:59Z"),
        (.after(Span(10, .days)), 2, "2026-06-12T00:00:00Z"),
    ])
    func `a play starts again as its re-entry allows`(reentry: Play.Reentry, count: Int, at: String) throws {
        var ledger = try rescueLedger { $0.plays[0].reentry = reentry }
        ledger.take("2026-06-02T08:00:00Z", FactType.flagCleared, ["flag": "freeze"])
        ledger.take("2026-06-04T08:00:00Z", FactType.flagRaised, ["flag": "freeze"])
        ledger.turn(at)
        #expect(ledger.state.conclusions.plays.count == count)
        #expect(ledger.state.conclusions.plays.map(\.number) == Array(1...Int32(count)))
    }

    @Test func `one opening of a signal starts its play once, even when a person stops it`() throws {
        var ledger = try rescueLedger()
        ledger.take("2026-06-02T08:00:00Z", FactType.playStopped, ["play": "rescue"])
        ledger.turn("2026-06-09T00:00:00Z")
        #expect(ledger.state.conclusions.plays.count == 1)
    }

    @Test func `a repeating step comes back at its rhythm as often as it says`() throws {
        var ledger = try rescueLedger {
            var visit = Step(id: "visit", title: "Visit")
            visit.repeatEvery = Span(1, .weeks)
            visit.repeatCount = 3
            $0.plays[0].steps = [visit]
        }
        ledger.turn("2026-07-15T00:00:00Z")
        let visits = ready(ledger, step: 0)
        #expect(visits.map(\.attempt) == [1, 2, 3])
        #expect(
            visits.map(\.at)
                == ["2026-06-01T08:00:00Z", "2026-06-08T08:00:00Z", "2026-06-15T08:00:00Z"].map {
                    instant($0)
                })
        #expect(ledger.state.conclusions.plays[0].ended?.outcome == "completed")
    }

    @Test func `a branch that is false is skipped, one that is unknown waits`() throws {
        var ledger = try rescueLedger {
            $0.metrics = [Metric(id: "mood", measure: .grade(scale: []))]
            $0.plays[0].steps[0].when = try condition(#"flag("other")"#)
            $0.plays[0].steps[1].when = try condition(#"m("mood") < 50.0"#)
        }
        #expect(ledger.state.conclusions.plays[0].steps.map(\.state) == [.skipped, .pending])
        ledger.take("2026-06-02T08:00:00Z", FactType.gradeGiven, ["metric": "mood", "points": 20])
        #expect(ledger.state.conclusions.plays[0].steps.map(\.state) == [.skipped, .ready])
    }

    @Test func `telemetry completes a step that waits for it`() throws {
        var ledger = try rescueLedger { $0.plays[0].steps[0].doneWhen = try condition(#"flag("called")"#) }
        tick(&ledger, "2026-06-01T13:00:00Z", "call", 0)
        tick(&ledger, "2026-06-01T13:01:00Z", "call", 1)
        #expect(ledger.state.conclusions.plays[0].steps[0].state == .ready)
        ledger.take("2026-06-01T14:00:00Z", FactType.flagRaised, ["flag": "called"])
        #expect(
            ledger.played.contains { $0.what == .stepDone(number: 1, step: 0, evidence: #"flag("called")"#) })
    }

    @Test func `a number that another life gave to another play means the running one of the name`() throws {
        var ledger = try rescueLedger()
        let own = try #require(ledger.state.conclusions.plays.first)
        func complete(_ task: Int64, at: String, _ changes: JSONObject) {
            var data = own.reference
            for member in changes.members { data[member.name] = member.value }
            let asked: JSONObject = ["step": "call", "task": .int(task), "by": "p1"]
            ledger.take(at, FactType.taskCompleted, JSONObject(data.members + asked.members))
        }
        complete(0, at: "2026-06-01T09:00:00Z", ["number": 4])
        complete(1, at: "2026-06-01T09:01:00Z", ["started": 5])
        #expect(ledger.refusals.isEmpty)
        #expect(ledger.state.conclusions.plays.first?.steps.map(\.state) == [.done, .ready])
        complete(0, at: "2026-06-01T09:02:00Z", ["number": 4, "play": "other"])
        #expect(ledger.refusals.map(\.reason) == [.notRunning])
    }

    @Test func `what is meant for an instance that ended is not done to the next one`() throws {
        var ledger = try rescueLedger { $0.plays[0].reentry = .afterExit }
        let first = try #require(ledger.state.conclusions.plays.first)
        ledger.take("2026-06-02T08:00:00Z", FactType.flagCleared, ["flag": "freeze"])
        ledger.take("2026-06-04T08:00:00Z", FactType.flagRaised, ["flag": "freeze"])
        ledger.take("2026-06-04T09:00:00Z", FactType.playStopped, first.reference)
        #expect(ledger.state.conclusions.plays.map(\.isRunning) == [false, true])
    }

    @Test func `commands that fit nothing are refused with their reason and change nothing`() throws {
        var ledger = try rescueLedger()
        let before = ledger.state.conclusions
        ledger.take("2026-06-01T09:00:00Z", FactType.playStarted, ["play": "rescue"])
        ledger.take("2026-06-01T09:01:00Z", FactType.playStarted, ["play": "other"])
        ledger.take("2026-06-01T09:02:00Z", FactType.playStopped, ["number": 7])
        tick(&ledger, "2026-06-01T09:03:00Z", "nowhere", 0)
        tick(&ledger, "2026-06-01T09:04:00Z", "review", 0)
        tick(&ledger, "2026-06-01T09:05:00Z", "call", 9)
        ledger.take("2026-06-01T09:06:00Z", FactType.playResumed, ["play": "rescue"])
        #expect(
            ledger.refusals.map(\.reason) == [
                .alreadyRunning, .noSuchPlay, .notRunning, .noSuchStep, .notReady, .noSuchTask, .alreadyDone,
            ])
        #expect(ledger.state.conclusions == before)
    }

    @Test func `behind the import fence no play starts`() throws {
        var ledger = Ledger(try rescue(), isLive: false)
        ledger.take("2026-06-01T08:00:00Z", FactType.flagRaised, ["flag": "freeze"])
        #expect(ledger.played.isEmpty)
        #expect(ledger.queued.isEmpty)
    }
}
