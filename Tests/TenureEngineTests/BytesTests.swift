import TenureCore
import TenureFixtures
import TenureProgramme
import Testing

@testable import TenureEngine

/// What is saved is what was there: states and decisions survive their bytes.
@Suite struct BytesTests {
    @Test func `a state with everything in it survives its bytes`() throws {
        for seed in 0..<200 {
            var ledger = Ledger(try workshop())
            let facts = RandomFacts(seed: seed).facts
            let entered = facts.map(\.recorded).max() ?? instant("2026-06-01T00:00:00Z")
            ledger.turn(entered, facts, history: [])
            ledger.turn(entered + 3 * Milliseconds.day)
            let read = try AccountState(bytes: ledger.state.bytes)
            #expect(read.bytes == ledger.state.bytes, "seed \(seed)")
            #expect(read.conclusions == ledger.state.conclusions)
        }
    }

    @Test func `a running, a paused and an ended play survive their bytes`() throws {
        var ledger = try rescueLedger()
        ledger.take(
            "2026-06-01T10:00:00Z", FactType.playPaused, ["play": "rescue", "by": "p1", "reason": "holidays"])
        #expect(ledger.state.conclusions.plays.first?.paused != nil)
        #expect(try AccountState(bytes: ledger.state.bytes) == ledger.state)
        ledger.take("2026-06-01T11:00:00Z", FactType.playStopped, ["play": "rescue"])
        #expect(ledger.state.conclusions.plays.first?.ended != nil)
        #expect(try AccountState(bytes: ledger.state.bytes) == ledger.state)
    }

    @Test func `what people said of a signal survives its bytes, and a state of before them is read without it`() throws {
        var ledger = try rescueLedger()
        let said: JSONObject = ["signal": "freeze", "by": "p1", "days": 9, "reason": "maintenance"]
        for type in [
            FactType.signalAcknowledged, FactType.signalSnoozed, FactType.signalConfirmed, FactType.signalMarkedFalse,
        ] {
            ledger.take("2026-06-01T10:00:00Z", type, said)
        }
        let signal = try #require(ledger.state.conclusions.signal("freeze"))
        #expect(signal.falseAlarm?.reason == "maintenance" && signal.snoozedBy == "p1")
        #expect(try AccountState(bytes: ledger.state.bytes) == ledger.state)
        var plain = signal
        (plain.snoozedBy, plain.falseAlarm, plain.confirmedBy) = (nil, nil, nil)
        var writer = ByteWriter()
        writer.write(plain)
        var reader = ByteReader(Array(writer.bytes.dropLast(3)))
        #expect(try reader.readSignalState(format: 2) == plain && reader.isAtEnd)
    }

    @Test func `clocks survive their bytes, and a state of before them is read without`() throws {
        var ledger = try Ledger.ofTicket("P1")
        ledger.tell(1, "opened", ["ticket": "T2", "priority": "P2"])
        ledger.tell(40, "replied", ["by": "agent"])
        #expect(ledger.state.conclusions.clocks.running.count == 3 && ledger.state.conclusions.clocks.ended.count == 1)
        #expect(try AccountState(bytes: ledger.state.bytes) == ledger.state)
        var writer = ByteWriter()
        writer.write(ledger.state.observations.entities)
        var reader = ByteReader(writer.bytes)
        #expect(try reader.readEntityTable(format: 5) == ledger.state.observations.entities && reader.isAtEnd)
        var plain = try rescueLedger().state
        let empty = ClockTable()
        #expect(plain.conclusions.clocks == empty)
        writer = ByteWriter()
        writer.write(plain.conclusions)
        // Two empty lists.
        reader = ByteReader(Array(writer.bytes.dropLast(2)))
        #expect(try reader.readConclusions(format: 4) == plain.conclusions && reader.isAtEnd)
        plain.conclusions.clocks = ledger.state.conclusions.clocks
        #expect(try AccountState(bytes: plain.bytes).conclusions.clocks == plain.conclusions.clocks)
    }

    @Test func `bytes that were cut short or are none of ours are refused`() throws {
        let bytes = try rescueLedger().state.bytes
        for length in 0..<bytes.count {
            #expect(throws: CorruptBytes.self) { try AccountState(bytes: Array(bytes.prefix(length))) }
        }
        #expect(throws: CorruptBytes.self) { try AccountState(bytes: bytes + [0]) }
        #expect(throws: CorruptBytes.self) { try AccountState(bytes: [9] + bytes.dropFirst()) }
    }

    @Test func `every kind of decision survives its bytes`() throws {
        let decisions = try everyConclusion().map {
            Decision(account: "acc_1", at: instant("2026-06-01T08:00:00Z"), what: $0)
        }
        #expect(Set(decisions.map(\.what.kind)).count == 41)
        for decision in decisions {
            #expect(try Decision(bytes: decision.bytes) == decision)
        }
    }

    @Test func `damaged decisions are refused or read, never trapped on`() throws {
        for what in try everyConclusion() {
            let bytes = Decision(account: "acc_1", at: instant("2026-06-01T08:00:00Z"), what: what).bytes
            for place in bytes.indices {
                for byte in [0, 1, 0x7F, 0x80, 0xFF] as [UInt8] {
                    var damaged = bytes
                    damaged[place] = byte
                    let read = try? Decision(bytes: damaged)
                    #expect(read == nil || read?.bytes.isEmpty == false)
                }
            }
        }
    }

    @Test func `decisions alone rebuild the conclusions`() throws {
        var ledger = try rescueLedger()
        ledger.take(
            "2026-06-02T08:00:00Z", FactType.taskCompleted,
            ["play": "rescue", "step": "call", "task": 0, "by": "p1"])
        ledger.take(
            "2026-06-02T09:00:00Z", FactType.signalSnoozed, ["signal": "freeze", "by": "p1", "days": 2])
        ledger.take("2026-06-03T09:00:00Z", FactType.flagCleared, ["flag": "freeze"])
        ledger.turn("2026-06-20T00:00:00Z")
        var rebuilt = Conclusions()
        for decision in ledger.decisions { try Decision(bytes: decision.bytes).apply(to: &rebuilt) }
        #expect(ledger.decisions.count > 20)
        #expect(rebuilt == ledger.state.conclusions)
    }
}

/// One of each, with unlike values in every place.
private func everyConclusion() throws -> [Conclusion] {
    let at = instant("2026-06-02T07:30:00Z")
    let reading = try #require(scored([30, 70], weights: [1, 2]).health)
    let intent = MessageIntent(
        key: "acc_1/1/call/1/do0/role:csm", template: "hello", programmeVersion: 3, recipient: .role("csm"), play: 1,
        values: ["account.name": "Ünïcode", "step.tasks": ["a", "b"]])
    let health: [HealthDecision] = [
        .scoreMoved(reading), .bandChanged(from: nil, to: 2), .bandWaiting(1, since: day("2026-06-02")),
        .dayClosed(day("2026-06-01"), reading, belowBestSince: day("2026-05-30"), MetricVector(bytes: [9, 1, 6])), .bandsReplaced(shown: 1),
        .bandsReplaced(shown: nil),
    ]
    let signals: [SignalDecision] = [
        .holding(signal: "s", since: at), .held(signal: "s", since: nil), .raised(signal: "s"),
        .cleared(signal: "s"),
        .withheld(signal: "s"), .acknowledged(signal: "s", by: "p", until: at),
        .snoozed(signal: "s", by: "p", until: at), .markedFalse(signal: "s", by: "p", reason: "r", until: at),
        .confirmed(signal: "s", by: "p", reason: "r"), .takenBack(signal: "s", by: "p", .falseAlarm),
    ]
    let plays: [PlayDecision] = [
        .started(play: "p", number: 1, programmeVersion: 3, cause: "signal:s", tasksByStep: [2, 0]),
        .ended(number: 1, outcome: "recovered"), .paused(number: 1, by: "p", reason: "r"),
        .resumed(number: 1, by: "p"),
        .stepReady(number: 1, step: 0, attempt: 2, due: at), .stepDue(number: 1, step: 0, nil),
        .stepDone(number: 1, step: 1, evidence: "e"), .stepSkipped(number: 1, step: 1, reason: "r"),
        .stepEscalated(number: 1, step: 0, escalation: 1),
        .taskCompleted(number: 1, step: 0, task: 1, by: "p"),
        .taskReopened(number: 1, step: 0, task: 1, by: "p"), .signedOff(number: 1, step: 0, by: "p"), .moved(number: 4, programmeVersion: 9),
    ]
    let outreach: [OutreachDecision] = [
        .messageQueued(intent), .messagesCancelled(play: 1, reason: "r"),
        .messageSettled(key: "k", state: "sent", detail: ""),
    ]
    return health.map { .health($0) } + signals.map { .signal($0) } + plays.map { .play($0) }
        + outreach.map { .outreach($0) } + clocks(at).map { .sla($0) }
}

private func clocks(_ at: Instant) -> [SLADecision] {
    var clock = ClockState(id: ClockID(sla: "s", clock: "c", key: "T-1"), started: at)
    let running = clock
    (clock.target, clock.due) = (ClockTarget(rule: 2, within: Span(4, .businessHours)), at + 1)
    (clock.pausedSince, clock.breachedAt, clock.ended, clock.evidence) = (at + 2, at + 3, at + 4, .max - 5)
    return [
        .started(running), .retargeted(clock), .paused(clock), .resumed(clock), .breached(clock), .excused(running),
        .ended(clock), .reopened(clock), .corrected(clock), .dropped(clock),
    ]
}
