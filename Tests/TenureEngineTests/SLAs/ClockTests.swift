import TenureCore
import TenureFixtures
import TenureProgramme
import Testing

@testable import TenureEngine

/// When clocks start, wait, are judged and end.
@Suite struct ClockTests {
    @Test func `A6: a ticket raised to P1 after 20 minutes is due at minute 30, counted from its start`() throws {
        var ledger = try Ledger.ofTicket("P2")
        #expect(ledger.clock("first_reply")?.due == minute(120))
        ledger.tell(20, "changed", ["priority": "P1"])
        #expect(ledger.clock("first_reply")?.due == minute(30))
        #expect(ledger.due == minute(30))
        ledger.turn(minute(29))
        #expect(ledger.clock("first_reply")?.isBreached == false)
        ledger.turn(minute(45))
        #expect(ledger.replies == ["clockStarted 0", "clockRetargeted 20", "clockBreached 30"])
        #expect(ledger.clock("first_reply")?.breachedAt == minute(30))
    }

    @Test func `A6: a ticket raised to P1 after 40 minutes has missed it at once`() throws {
        var ledger = try Ledger.ofTicket("P2")
        ledger.tell(40, "changed", ["priority": "P1"])
        #expect(ledger.replies == ["clockStarted 0", "clockRetargeted 40", "clockBreached 40"])
        #expect(ledger.clock("first_reply")?.breachedAt == minute(40))
        #expect(ledger.clock("first_reply")?.due == minute(30))
    }

    @Test func `A5: a ticket that waits for the customer is due by as much business time later`() throws {
        var ledger = try Ledger.ofTicket("P3")
        ledger.set("2026-06-01T08:00:01Z", ["tier": "enterprise"])
        #expect(ledger.clock("resolution")?.due == instant("2026-06-01T14:00:00+02:00"))
        ledger.tell(60, "changed", ["status": "pending"])
        #expect(ledger.clock("resolution")?.pausedSince == minute(60))
        ledger.turn("2026-06-02T07:00:00Z")
        #expect(ledger.clock("resolution")?.isBreached == false)
        // Tuesday at 09:30.
        ledger.tell(1_410, "changed", ["status": "open"])
        let due = instant("2026-06-02T12:30:00+02:00")
        #expect(ledger.clock("resolution")?.due == due)
        ledger.turn("2026-06-03T00:00:00Z")
        #expect(ledger.clock("resolution")?.breachedAt == due)
    }

    @Test func `what ends by its due instant is in time, what ends behind it is not`() throws {
        for (at, isMet) in [(29, true), (30, true), (31, false)] as [(Int64, Bool)] {
            var ledger = try Ledger.ofTicket("P1")
            ledger.tell(10, "replied", ["by": "customer"])
            ledger.tell(at, "replied", ["by": "agent"])
            #expect(ledger.clock("first_reply")?.isMet == isMet, "minute \(at)")
            #expect(ledger.clock("first_reply")?.ended == minute(at))
            ledger.tell(at + 1, "replied", ["by": "agent"])
            #expect(ledger.clock("first_reply")?.ended == minute(at), "only the first reply counts")
        }
    }

    @Test func `lowered again, a target that was missed stays missed; one that was not is due later`() throws {
        var ledger = try Ledger.ofTicket("P2")
        ledger.tell(10, "changed", ["priority": "P1"])
        ledger.tell(20, "changed", ["priority": "P2"])
        #expect(ledger.clock("first_reply")?.due == minute(120))
        ledger.tell(40, "changed", ["priority": "P1"])
        ledger.tell(50, "changed", ["priority": "P2"])
        ledger.tell(60, "replied", ["by": "agent"])
        #expect(ledger.clock("first_reply")?.isMet == false)
        #expect(
            ledger.replies == [
                "clockStarted 0", "clockRetargeted 10", "clockRetargeted 20", "clockRetargeted 40", "clockBreached 40",
                "clockRetargeted 50", "clockEnded 60",
            ])
    }

    @Test func `where no target holds nothing is promised, and never missed; a field of the account may change that`() throws {
        var ledger = try Ledger.ofTicket("P3")
        ledger.turn(minute(10_000))
        #expect(ledger.clock("first_reply")?.target == nil)
        #expect(ledger.clock("resolution")?.due == nil)
        ledger.tell(10_001, "replied", ["by": "agent"])
        #expect(ledger.clock("first_reply")?.ended == minute(10_001))
        #expect(ledger.clock("first_reply")?.isMet == nil)
        ledger.turn(minute(10_002), [Fact.ofAccount(10_002, ["tier": "enterprise"])])
        #expect(ledger.clock("resolution")?.due == instant("2026-06-01T14:00:00+02:00"))
        #expect(ledger.clock("resolution")?.breachedAt == minute(10_002))
        #expect(ledger.clock("first_reply")?.isMet == nil, "what is over is not judged again")
    }

    @Test func `what is promised for the first days holds to the end of what began in them`() throws {
        var ledger = try Ledger.ofTicket("P2") { programme in
            let early = try condition(#"account.tenure_days <= 30 && entity.priority == "P2""#)
            programme.slas[0].clocks[0].targets = [SLATarget(when: early, within: Span(40, .days))]
        }
        ledger.turn(minute(60), [Fact.ofAccount(60, ["term_start": "2026-05-02"])])
        #expect(ledger.clock("first_reply")?.target?.rule == 0)
        ledger.turn(minute(0) + 35 * Milliseconds.day)
        ledger.tell(36 * 1_440, "opened", ["ticket": "T2", "priority": "P2"])
        #expect(ledger.clock("first_reply")?.target?.rule == 0)
        #expect(ledger.clock("first_reply", of: "T2")?.target == nil)
    }

    @Test func `a reopened ticket has what was left of its time`() throws {
        var ledger = try Ledger.ofTicket("P3")
        ledger.set("2026-06-01T08:00:01Z", ["tier": "enterprise"])
        ledger.tell(60, "changed", ["status": "solved"])
        #expect(ledger.clock("resolution")?.isMet == true)
        ledger.tell(180, "changed", ["status": "open"])
        #expect(ledger.clock("resolution")?.isRunning == true)
        #expect(ledger.clock("resolution")?.due == minute(4 * 60 + 120))
        ledger.tell(200, "changed", ["status": "solved"])
        #expect(ledger.clock("resolution")?.ended == minute(200))
        #expect(ledger.clock("resolution")?.isMet == true)
    }

    @Test func `a night in which clocks go forward is no hour, and a day all the same`() throws {
        for (span, due) in [(Span(24, .hours), "2026-03-29T13:00:00+02:00"), (Span(1, .days), "2026-03-29T12:00:00+02:00")] {
            var programme = try desk()
            programme.slas[0].clocks[0].targets = [SLATarget(when: nil, within: span)]
            var ledger = Ledger(programme)
            ledger.take("2026-03-28T11:00:00Z", "opened", ["ticket": "T1", "priority": "P1"])
            #expect(ledger.clock("first_reply")?.due == instant(due))
        }
    }

    @Test func `a missed target raises what asks for it in the same instant, and what is mended clears it`() throws {
        var ledger = try Ledger.ofTicket("P1")
        ledger.turn(minute(31))
        #expect(ledger.signalled.map(\.at) == [minute(30)])
        #expect(ledger.signalled.map(\.what) == [.raised(signal: "late")])
        ledger.tell(32, "replied", ["by": "agent"])
        #expect(ledger.signalled.last?.what == .cleared(signal: "late"))
    }

    @Test func `an open clock that is late counts as missed, and without any clock attainment is unknown`() throws {
        var ledger = try Ledger.ofTicket("P1")
        #expect(ledger.kept(at: 5) == nil)
        ledger.tell(10, "replied", ["by": "agent"])
        #expect(ledger.kept(at: 11) == 100)
        ledger.tell(12, "opened", ["ticket": "T2", "priority": "P1"])
        #expect(ledger.kept(at: 13) == 100)
        ledger.turn(minute(50))
        #expect(ledger.kept(at: 50) == 50)
        ledger.tell(60, "replied", ["ticket": "T2", "by": "agent"])
        #expect(ledger.kept(at: 61) == 50)
        ledger.turn(minute(0) + 31 * Milliseconds.day)
        #expect(ledger.kept(at: 31 * 1_440) == nil)
    }
}

extension Fact {
    static func ofAccount(_ at: Int64, _ data: JSONObject) -> Fact {
        Fact(
            occurred: minute(at), recorded: minute(at), source: "crm", id: "account-\(at)", account: "acc_1",
            type: FactType.accountChanged, member: nil, data: data)
    }
}

extension Ledger {
    fileprivate func kept(at count: Int64) -> Double? {
        let snapshot = snapshot(at: minute(count))
        return snapshot.programme.metrics.firstIndex { $0.reference.text == "kept.30d" }.flatMap { snapshot.readings[$0].value }
    }
}
