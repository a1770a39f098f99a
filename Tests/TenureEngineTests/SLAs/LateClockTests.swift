import TenureCore
import TenureFixtures
import TenureProgramme
import Testing

@testable import TenureEngine

/// What is told late, taken back, imported or merged.
@Suite struct LateClockTests {
    @Test func `a reply in time that is told late was no miss`() throws {
        var ledger = try Ledger.ofTicket("P1")
        ledger.tell(25, "replied", ["by": "agent"], known: 35)
        #expect(ledger.replies == ["clockStarted 0", "clockBreached 30", "clockEnded 35"])
        #expect(ledger.clock("first_reply")?.ended == minute(25))
        #expect(ledger.clock("first_reply")?.isMet == true)
    }

    @Test func `a wait that is told late takes a miss back, and its end sets a later date`() throws {
        var ledger = try Ledger.ofTicket("P1") { $0.slas[0].clocks[0].runsIn = ("status", ["new", "open"]) }
        ledger.turn(minute(31))
        ledger.tell(20, "changed", ["status": "pending"], known: 40)
        ledger.tell(50, "changed", ["status": "open"])
        ledger.turn(minute(70))
        #expect(
            ledger.replies == [
                "clockStarted 0", "clockBreached 30", "clockPaused 40", "clockExcused 40", "clockResumed 50",
                "clockBreached 60",
            ])
        #expect(ledger.clock("first_reply")?.due == minute(60))
    }

    @Test func `a whole wait in one block counts as if it had been told step by step`() throws {
        var ledger = try Ledger.ofTicket("P1") { $0.slas[0].clocks[0].runsIn = ("status", ["new", "open"]) }
        ledger.turn(
            minute(29),
            [.ofTicket(20, "changed", ["status": "open"]), .ofTicket(10, "changed", ["status": "pending"])])
        #expect(ledger.replies == ["clockStarted 0", "clockResumed 29"])
        #expect(ledger.clock("first_reply")?.due == minute(40))
    }

    @Test func `an ended clock that was told wrong is corrected`() throws {
        var ledger = try Ledger.ofTicket("P1")
        ledger.tell(45, "replied", ["by": "agent"])
        #expect(ledger.clock("first_reply")?.isMet == false)
        ledger.tell(15, "replied", ["by": "agent"], known: 90)
        #expect(ledger.replies.last == "clockCorrected 90")
        #expect(ledger.clock("first_reply")?.isMet == true)
        #expect(ledger.clock("first_reply")?.ended == minute(15))
    }

    @Test func `a ticket that was taken back has no clock`() throws {
        var ledger = try Ledger.ofTicket("P1")
        let opened = Fact.ofTicket(0, "opened", ["priority": "P1", "status": "new"])
        var back = opened
        (back.id, back.recorded, back.data, back.operation) = ("back", minute(10), [:], .retract(id: opened.id))
        ledger.turn(minute(10), [back], history: [opened])
        #expect(ledger.replies == ["clockStarted 0", "clockDropped 10"])
        #expect(ledger.state.conclusions.clocks == ClockTable())
    }

    @Test func `behind the import fence clocks run at their own times, and nothing is raised`() throws {
        var ledger = Ledger(try desk(), isLive: false)
        var facts = [
            Fact.ofTicket(0, "opened", ["priority": "P1", "status": "new"]), .ofTicket(45, "replied", ["by": "agent"]),
            .ofTicket(60, "opened", ["ticket": "T2", "priority": "P1"]),
        ]
        for place in facts.indices {
            facts[place].flags = .fenced
            facts[place].recorded = minute(100_000)
        }
        ledger.turn(minute(100_000), facts)
        #expect(ledger.clock("first_reply")?.isMet == false)
        #expect(ledger.clock("first_reply")?.breachedAt == minute(30))
        ledger.workspace.liveSince = minute(100_000)
        ledger.turn(minute(100_001))
        #expect(ledger.clock("first_reply", of: "T2")?.breachedAt == minute(90))
        // Once for each of the two, and never raised.
        #expect(
            ledger.signalled.map(\.what) == [
                .withheld(signal: "late"), .cleared(signal: "late"), .withheld(signal: "late"),
            ])
    }

    @Test func `what ended 91 days ago is forgotten, and not begun again`() throws {
        var ledger = try Ledger.ofTicket("P1")
        ledger.tell(10, "replied", ["by": "agent"])
        ledger.tell(20, "changed", ["status": "solved"])
        let count = ledger.decisions.count { if case .sla = $0.what { true } else { false } }
        for week in 1...20 { ledger.turn(minute(0) + Int64(week) * 7 * Milliseconds.day) }
        ledger.tell(20 * 7 * 1_440 + 1, "opened", ["ticket": "T2", "priority": "P1"])
        ledger.tell(20 * 7 * 1_440 + 2, "replied", ["ticket": "T2", "by": "agent"])
        let later = ledger.decisions.compactMap { if case .sla(let sla) = $0.what { sla.clock.id.key } else { nil } }
        #expect(later[count...].allSatisfy { $0 == "T2" })
        #expect(ledger.clock("first_reply") == nil)
        #expect(ledger.clock("first_reply", of: "T2")?.isMet == true)
    }

    @Test func `an account that becomes part of another one has no running clock`() throws {
        var ledger = try Ledger.ofTicket("P1")
        ledger.take("2026-06-01T08:10:00Z", FactType.accountLeft, [FactField.other: "acc_2", FactField.by: "p1"])
        #expect(ledger.replies == ["clockStarted 0", "clockDropped 10"])
        #expect(ledger.due == nil)
    }

    @Test func `a new version retargets what runs, leaves what ended, and drops what it does not define`() throws {
        var ledger = try Ledger.ofTicket("P2")
        ledger.tell(1, "opened", ["ticket": "T2", "priority": "P2"])
        ledger.tell(60, "replied", ["ticket": "T2", "by": "agent"])
        var tighter = try desk()
        tighter.slas[0].clocks[0].targets[1].within = Span(50, .minutes)
        tighter.slas[0].clocks.removeLast()
        let decided = ledger.adopt(tighter, at: minute(70))
        #expect(decided.contains("clockRetargeted first_reply T1"))
        #expect(decided.contains("clockBreached first_reply T1"))
        #expect(decided.filter { $0.hasPrefix("clockDropped") } == ["clockDropped resolution T1", "clockDropped resolution T2"])
        #expect(ledger.clock("first_reply", of: "T2")?.isMet == true)
        #expect(ledger.clock("first_reply")?.breachedAt == minute(70))
    }
}

extension Ledger {
    /// A version takes effect; what it decided of clocks.
    fileprivate mutating func adopt(_ programme: Programme, at now: Instant) -> [String] {
        let new = CompiledProgramme(programme, zones: zones)
        var observations = state.observations
        observations.move(from: self.programme.layout, to: new.layout)
        let result = Engine.adopt(
            &state, Adoption(from: self.programme, to: new, carried: [:]), observations: observations, now: now,
            TurnContext(programme: new, workspace: workspace))
        return result.decisions.compactMap { decision in
            guard case .sla(let sla) = decision.what else { return nil }
            return "\(decision.what.kind) \(sla.clock.id.clock) \(sla.clock.id.key)"
        }
    }
}
