import TenureCore
import TenureEngine
import TenureFixtures
import TenureProgramme
import Testing

@testable import TenureInsight

/// Why something did, or did not, happen.
@Suite struct ConditionExplanationTests {
    private func gauges(_ change: (inout Programme) throws -> Void = { _ in }) throws -> Gauges {
        var programme = try gauged(weights: [[1, 1]], groups: [1], curves: [.identity])
        let low = try condition(#"m("m0") < 50.0 && (m("m1") < 10.0 || flag("freeze"))"#)
        programme.signals = [Signal(id: "low", title: "Low", severity: .high, when: low)]
        var play = Play(id: "save", title: "Save", owner: "csm")
        play.startsOn = ["low"]
        var step = Step(id: "call", title: "Call")
        step.tasks = ["Ring"]
        play.steps = [step]
        programme.plays = [play]
        try change(&programme)
        var gauges = Gauges(programme)
        gauges.advance(days: 0)
        return gauges
    }

    @Test func `a condition is shown down to its atoms with their values, and what is missing is named`()
        throws
    {
        var gauges = try gauges()
        gauges.measure("m0", 40.25)
        let signal = try #require(gauges.snapshot.explain(signal: "low"))
        #expect(signal.standing == .held(since: nil))
        #expect(signal.condition.truth == .unknown)
        #expect(signal.condition.lines.map(\.depth) == [0, 1, 1, 2, 2])
        #expect(signal.condition.lines.map(\.truth) == [.unknown, .holds, .unknown, .unknown, .fails])
        #expect(signal.condition.lines[1].text == #"m("m0") < 50.0"#)
        #expect(signal.condition.lines[1].values == [.init(name: #"m("m0")"#, value: "40.25", number: 40.25)])
        #expect(signal.condition.missing.map(\.text) == [#"m("m1") < 10.0"#, #"flag("freeze")"#])
        #expect(signal.condition.missing[0].values == [.init(name: #"m("m1")"#, value: "unknown")])
    }

    @Test func `a play that does not run names its closed signal and that signal's failing part`() throws {
        var gauges = try gauges()
        gauges.measure("m0", 90)
        gauges.measure("m1", 0)
        let play = try #require(gauges.snapshot.explain(play: "save"))
        #expect(play.standing == .noSignal)
        #expect(play.signals.map(\.standing) == [.conditionFails])
        #expect(play.signals[0].condition.missing.map(\.text) == [#"m("m0") < 50.0"#])
    }

    @Test func `what fails in a negation is named with the value that it denies`() throws {
        var gauges = try gauges {
            $0.plays[0].when = try condition(#"!(m("m0") < 50.0 && m("m1") < 10.0) || !flag("calm")"#)
        }
        gauges.measure("m0", 20)
        gauges.measure("m1", 0)
        gauges.take(FactType.flagRaised, ["flag": "calm"])
        let missing = try #require(gauges.snapshot.explain(play: "save")?.condition).missing
        #expect(missing.map(\.text) == [#"!(m("m0") < 50.0 && m("m1") < 10.0)"#, #"!flag("calm")"#])
        #expect(missing.map(\.truth) == [.fails, .fails])
        #expect(missing[0].values.map(\.number) == [20, 0])
        #expect(missing[1].values.map(\.value) == ["yes"])
    }

    @Test func `a value is not rounded onto the number that it is compared with`() throws {
        var gauges = try gauges()
        gauges.measure("m0", 49.996)
        gauges.measure("m1", 33.0 + 1.0 / 3.0)
        let lines = try #require(gauges.snapshot.explain(signal: "low")).condition.lines
        #expect(lines[1].values == [.init(name: #"m("m0")"#, value: "49.996", number: 49.996)])
        #expect(lines[3].values[0].value == "33.33")
    }

    @Test func `a play runs, has answered its signal, or waits for its re-entry`() throws {
        var gauges = try gauges()
        gauges.measure("m0", 20)
        gauges.measure("m1", 0)
        #expect(gauges.snapshot.explain(play: "save")?.standing == .running(number: 1, cause: "signal:low"))
        gauges.take(FactType.playStopped, ["play": "save"])
        #expect(gauges.snapshot.explain(play: "save")?.standing == .alreadyAnswered)
        var again = try self.gauges { $0.plays[0].reentry = .after(Span(10, .days)) }
        again.measure("m0", 20)
        again.measure("m1", 0)
        let started = again.now
        again.take(FactType.playStopped, ["play": "save"])
        #expect(
            again.snapshot.explain(play: "save")?.standing
                == .waitingForReentry(until: started + 10 * Milliseconds.day))
    }

    @Test func `a play's own condition, a play by hand, and a play before going live`() throws {
        var gauges = try gauges {
            $0.plays[0].when = try condition(#"flag("allowed")"#)
            $0.plays.append(Play(id: "manual", title: "Manual", owner: "csm"))
        }
        gauges.measure("m0", 20)
        gauges.measure("m1", 0)
        #expect(gauges.snapshot.explain(play: "save")?.standing == .conditionMissing)
        #expect(gauges.snapshot.explain(play: "manual")?.standing == .byHandOnly)
        #expect(gauges.snapshot.explain(play: "none") == nil)
        gauges.workspace.liveSince = nil
        #expect(gauges.snapshot.explain(play: "save")?.standing == .notLive)
    }

    @Test func `a signal waits for its dwell, its cooldown or its snooze`() throws {
        var gauges = try gauges {
            $0.signals[0].dwell = Span(2, .days)
            $0.signals[0].cooldown = Span(9, .days)
        }
        gauges.measure("m0", 20)
        gauges.measure("m1", 0)
        let held = gauges.now
        #expect(
            gauges.snapshot.explain(signal: "low")?.standing
                == .waitingForDwell(until: held + 2 * Milliseconds.day))
        gauges.advance(days: 3)
        #expect(gauges.snapshot.explain(signal: "low")?.standing == .open(since: held + 2 * Milliseconds.day))
        gauges.measure("m0", 90)
        gauges.measure("m0", 20)
        gauges.advance(days: 3)
        #expect(
            gauges.snapshot.explain(signal: "low")?.standing
                == .coolingDown(until: held + 11 * Milliseconds.day))
    }

    @Test func `what an explanation calls due happens with the next turn`() throws {
        var gauges = try gauges()
        gauges.measure("m0", 20)
        gauges.measure("m1", 0)
        for decision in gauges.decisions where decision.what.kind == "signalRaised" {
            #expect(decision.at == gauges.now)
        }
        #expect(gauges.decisions.map(\.what.kind).contains("signalRaised"))
        #expect(gauges.decisions.map(\.what.kind).contains("playStarted"))
    }
}
