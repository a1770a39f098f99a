import TenureCore
import TenureFixtures
import TenureProgramme
import Testing

@testable import TenureEngine

/// Starts by a person that heed the play's own rules, and starts that are taken back.
@Suite struct StartRuleTests {
    /// The account of the rescue programme before its flag is raised: nothing runs, and the exit does not hold.
    private func calmLedger(_ change: (inout Play) throws -> Void = { _ in }, isLive: Bool = true) throws -> Ledger {
        var programme = try rescue()
        programme.plays[0].exits = [PlayExit(when: try condition(#"flag("gone")"#), outcome: "churned")]
        try change(&programme.plays[0])
        var ledger = Ledger(programme, isLive: isLive)
        ledger.set("2026-06-01T07:00:00Z", ["name": "Acme", "tier": "basic"])
        return ledger
    }

    private func start(_ ledger: inout Ledger, _ at: String) {
        ledger.take(at, FactType.playStarted, ["play": "rescue", "by": "ada", "heeds_rules": true])
    }

    /// What a preview would say, at the instant of the command and before it.
    private func foreseen(_ ledger: Ledger, _ at: String) -> Refusal.Reason? {
        ledger.snapshot(at: instant(at)).refusal(toStart: ledger.programme.plays[0])
    }

    /// Starts the play; what was foreseen, and what the command was told.
    private func tryStart(_ ledger: inout Ledger, _ at: String) -> [Refusal.Reason?] {
        let foreseen = foreseen(ledger, at)
        let count = ledger.refusals.count
        start(&ledger, at)
        return [foreseen, ledger.refusals.dropFirst(count).last?.reason]
    }

    @Test func `a start that nothing forbids is foreseen and taken, and a second is refused`() throws {
        var ledger = try calmLedger()
        let first = tryStart(&ledger, "2026-06-01T08:00:00Z")
        #expect(first == [nil, nil])
        #expect(ledger.state.conclusions.plays.first?.cause == "person:ada")
        let second = tryStart(&ledger, "2026-06-01T09:00:00Z")
        #expect(second == [.alreadyRunning, .alreadyRunning])
    }

    @Test func `what narrows the play beside its signal is heeded, what is unknown too`() throws {
        var other = try calmLedger { $0.when = try condition(#"account.tier == "enterprise""#) }
        let refused = tryStart(&other, "2026-06-01T08:00:00Z")
        #expect(refused == [.conditionMissing, .conditionMissing])
        other.set("2026-06-01T09:00:00Z", ["tier": "enterprise"])
        let taken = tryStart(&other, "2026-06-01T10:00:00Z")
        #expect(taken == [nil, nil])
        // Without a signal, the person who starts the play stands in the condition's place.
        var alone = try calmLedger {
            $0.startsOn = []
            $0.when = try condition(#"flag("never")"#)
        }
        let started = tryStart(&alone, "2026-06-01T08:00:00Z")
        #expect(started == [nil, nil])
    }

    @Test func `a play that would end at once is not started`() throws {
        var ledger = try calmLedger()
        ledger.take("2026-06-01T08:00:00Z", FactType.flagRaised, ["flag": "gone"])
        let told = tryStart(&ledger, "2026-06-01T09:00:00Z")
        #expect(told == [.wouldEndAtOnce, .wouldEndAtOnce])
        let standing = ledger.snapshot(at: instant("2026-06-01T10:00:00Z")).standingExit(of: ledger.programme.plays[0])
        #expect(standing?.outcome == "churned")
    }

    @Test func `a flag of the very block is heeded`() throws {
        var ledger = try calmLedger()
        let at = instant("2026-06-01T08:00:00Z")
        let facts = [
            Fact(
                occurred: at, recorded: at, source: "t", id: "a", account: ledger.state.id, type: FactType.flagRaised,
                data: ["flag": "gone"]),
            Fact(
                occurred: at, recorded: at, source: "t", id: "b", account: ledger.state.id, type: FactType.playStarted,
                data: ["play": "rescue", "heeds_rules": true]),
        ]
        ledger.turn(at, facts)
        #expect(ledger.refusals == [Refusal(factID: "b", reason: .wouldEndAtOnce)])
        #expect(ledger.played.isEmpty)
    }

    @Test(arguments: [
        (Play.Reentry.never, "2027-06-01T08:00:00Z", Refusal.Reason.mayNotReenter as Refusal.Reason?),
        (.after(Span(10, .days)), "2026-06-11T07:59:59Z", .mayNotReenter), (.after(Span(10, .days)), "2026-06-11T08:00:00Z", nil),
        (.afterExit, "2026-06-03T08:00:00Z", nil),
    ])
    func `the re-entry rule is heeded`(reentry: Play.Reentry, at: String, reason: Refusal.Reason?) throws {
        var ledger = try calmLedger { $0.reentry = reentry }
        start(&ledger, "2026-06-01T08:00:00Z")
        ledger.take("2026-06-02T08:00:00Z", FactType.playStopped, ["play": "rescue"])
        let told = tryStart(&ledger, at)
        #expect(told == [reason, reason])
    }

    @Test func `behind the import fence nothing is started by the rules`() throws {
        var ledger = try calmLedger(isLive: false)
        let told = tryStart(&ledger, "2026-06-01T08:00:00Z")
        #expect(told.first == .notLive)
        #expect(ledger.played.isEmpty)
    }

    @Test func `without heeding the rules a person has the last word`() throws {
        var ledger = try calmLedger { $0.reentry = .never }
        start(&ledger, "2026-06-01T08:00:00Z")
        ledger.take("2026-06-02T08:00:00Z", FactType.playStopped, ["play": "rescue"])
        ledger.take("2026-06-03T08:00:00Z", FactType.playStarted, ["play": "rescue", "by": "ada"])
        #expect(ledger.state.conclusions.plays.map(\.isRunning) == [false, true])
    }

    @Test func `a start that was undone is none: for re-entry, for conditions and for the signal`() throws {
        var ledger = try calmLedger { $0.reentry = .never }
        start(&ledger, "2026-06-01T08:00:00Z")
        let undone = ledger.take(
            "2026-06-01T08:05:00Z", FactType.playStopped, ["play": "rescue", "outcome": .string(PlayInstance.startUndone)])
        #expect(undone.map(\.what.kind) == ["playEnded", "messagesCancelled"])
        #expect(ledger.state.conclusions.plays.first?.isUndone == true && ledger.state.conclusions.lastRun(of: "rescue") == nil)
        #expect(foreseen(ledger, "2026-06-01T08:06:00Z") == nil)
        ledger.take("2026-06-02T08:00:00Z", FactType.flagRaised, ["flag": "freeze"])
        #expect(ledger.state.conclusions.plays.map(\.cause) == ["person:ada", "signal:freeze"])
        #expect(ledger.state.conclusions.plays.map(\.number) == [1, 2])
    }

    @Test func `what an undone start leaves is read back as it was written`() throws {
        var ledger = try calmLedger()
        start(&ledger, "2026-06-01T08:00:00Z")
        ledger.take("2026-06-01T08:05:00Z", FactType.playStopped, ["number": 1, "outcome": .string(PlayInstance.startUndone)])
        let read = try AccountState(bytes: ledger.state.bytes)
        #expect(read == ledger.state && read.conclusions.plays.first?.isUndone == true)
        for decision in ledger.decisions { #expect(try Decision(bytes: decision.bytes) == decision) }
    }
}
