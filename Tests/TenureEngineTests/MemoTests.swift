import TenureCore
import TenureEngine
import TenureFixtures
import TenureProgramme
import Testing

/// A turn that goes on from what the turns before it found out concludes the same as one that measures everything anew.
@Suite struct MemoTests {
    @Test(arguments: 0..<4) func `a kept memo changes nothing that is concluded`(batch: Int) throws {
        let programme = CompiledProgramme(try curious(), zones: zones)
        for seed in batch * 40..<(batch + 1) * 40 {
            let difference = Life(seed: seed).difference(programme)
            #expect(difference == nil, "seed \(seed)")
            if difference != nil { return }
        }
    }

    @Test func `a memo that missed a block is found within 100 cases`() throws {
        let programme = CompiledProgramme(try curious(), zones: zones)
        #expect((0..<100).contains { Life(seed: $0, missesBlocks: true).difference(programme) != nil })
    }

    @Test func `random lives hold all that people say of signals`() throws {
        let programme = CompiledProgramme(try curious(), zones: zones)
        var kinds: [String: Int] = [:]
        for seed in 0..<40 { for kind in Life(seed: seed).kinds(programme) { kinds[kind, default: 0] += 1 } }
        for kind in ["signalAcknowledged", "signalSnoozed", "signalMarkedFalse", "signalConfirmed", "signalTakenBack"] {
            #expect(kinds[kind, default: 0] >= 3, "\(kind): \(kinds[kind, default: 0])")
        }
    }

    @Test(arguments: 0..<4) func `before an account is due nothing follows from time alone`(batch: Int) throws {
        let programme = CompiledProgramme(try curious(), zones: zones)
        for seed in batch * 40..<(batch + 1) * 40 {
            let oversight = Life(seed: seed).oversight(programme)
            #expect(oversight == nil, "seed \(seed)")
            if oversight != nil { return }
        }
    }

    @Test func `of another account or programme it is forgotten`() throws {
        var first = Ledger(CompiledProgramme(try curious(), zones: zones))
        first.take("2026-06-01T08:00:00Z", FactType.flagRaised, ["flag": "freeze"])
        var other = Ledger(CompiledProgramme(try curious(), zones: zones))
        other.memo = first.memo
        var alone = Ledger(other.programme)
        alone.memo = nil
        for now in ["2026-06-01T08:00:00Z", "2026-06-02T08:00:00Z"] {
            other.take(now, "session.started")
            alone.take(now, "session.started")
        }
        #expect(other.state.bytes == alone.state.bytes)
        #expect(other.decisions.map(\.bytes) == alone.decisions.map(\.bytes))
    }
}

/// The workshop with a signal for each thing that a condition can ask for, and plays that start, wait and end by them.
private func curious() throws -> Programme {
    var programme = try workshop()
    programme.segments = [Segment(id: "big", title: "Big", when: try condition("account.arr > 1500.0"))]
    programme.metrics.append(
        Metric(id: "odd", measure: .expression(try condition(#"account.segment == "big" && flag("freeze") ? 1.0 : 0.0"#))))
    for (metric, hours) in ["logins": 48, "slow": 200, "latency": 200, "relationship": 9] {
        for index in programme.metrics.indices where programme.metrics[index].id == metric {
            programme.metrics[index].hoursMax = hours
        }
    }
    programme.health.caps.append(
        HealthCap(id: "alarmed", title: "Alarmed", when: try condition(#"signal("low").open"#), pointsMax: 60))
    programme.signals = try questions.enumerated().map { number, question in
        var signal = Signal(id: question.id, title: question.id, severity: .high, when: try condition(question.when))
        if number % 3 == 1 { signal.dwell = Span(2, .days) }
        if number % 3 == 2 { signal.cooldown = Span(5, .days) }
        return signal
    }
    programme.plays = try programme.signals.prefix(4).map { try play($0.id, on: $0.id) } + [try play("wake", on: nil)]
    return programme
}

private let questions: [(id: String, when: String)] = [
    ("low", "health.score < 50"), ("falling", "health.change_7d < 0.0"), ("few", #"m("users.7d") < 1.0"#),
    ("frozen", #"flag("freeze")"#), ("dull", #"component("use.users") < 30.0"#), ("meek", #"group("people") < 50.0"#),
    ("judged", #"grade("relationship") == "poor""#), ("twice", #"signal("low").open && signal("few").days_open > 3"#),
    ("busy", #"play("low").running || play("few").ended"#), ("lost", #"contact("sponsor").days_since_touch > 10"#),
    ("known", #"contact("admin").known"#), ("near", #"days_until("term_end") < 20"#), ("old", "account.tenure_days > 30"),
    ("big", #"account.segment == "big""#), ("banded", #"health.band == "risk""#), ("odd", #"m("odd") > 0.0"#),
    ("since", #"days_since("term_end") > 5"#), ("owing", #"m("owed") > 100.0"#), ("stale", #"m("logins.7d") < 2.0"#),
    ("staged", #"account.stage == "a""#), ("worse", "health.below_since_days > 4"),
    ("mixed", #"m("mixed") > 20.0 && m("growth.7d") <= 0.0"#), ("behind", #"sla("payments").breached > 0"#),
    ("dated", #"sla("payments.due").next_due != null"#), ("unpaid", #"m("paid.30d") < 60.0"#),
]

private func play(_ id: String, on signal: String?) throws -> Play {
    var play = Play(id: id, title: id, owner: "csm")
    play.startsOn = signal.map { [$0] } ?? []
    play.when = signal == nil ? try condition(#"m("quiet") > 6.0"#) : nil
    play.reentry = .afterExit
    play.exits = [PlayExit(when: try condition(#"step("look").done && m("users.7d") > 1.0"#), outcome: "woken")]
    if ["few", "wake"].contains(id) {
        play.reentry = .after(Span(50, .hours))
        play.exits.append(PlayExit(when: try condition(#"flag("freeze")"#), outcome: "frozen"))
    }
    var look = Step(id: "look", title: "Look")
    look.doneWhen = try condition(#"m("logins.7d") > 2.0"#)
    var ask = Step(id: "ask", title: "Ask")
    ask.after = ["look"]
    ask.when = try condition(#"account.tenure_days >= 0 && !flag("escalated")"#)
    ask.tasks = ["Ask"]
    play.steps = [look, ask]
    return play
}

/// An account's facts in the order in which they are recorded, with days between them on which only time passes.
private struct Life {
    let facts: [Fact]
    let seed: Int
    /// Every other block is taken with the memo of the block before.
    var missesBlocks = false

    init(seed: Int, missesBlocks: Bool = false) {
        self.seed = seed
        self.missesBlocks = missesBlocks
        var numbers = SeededNumbers(seed + 77)
        let random = RandomFacts(seed: seed).facts + RandomFacts(seed: seed + 10_000).facts
        var facts = random
        for (place, fact) in random.enumerated() where numbers.oneIn(5) {
            var change = fact
            change.id = "change-\(place)"
            change.source = "desk"
            change.type = FactType.accountChanged
            change.operation = .append
            change.data = numbers.pick([
                ["time_zone": "America/New_York"], ["time_zone": "Europe/Rome"], ["term_end": "2026-06-20"],
                ["term_start": "2026-05-01"], ["arr": 1400], ["arr": 1600.5],
            ])
            facts.append(change)
        }
        for (place, fact) in random.enumerated() where numbers.oneIn(3) {
            let said = Self.saying(of: fact, place, &numbers)
            facts.append(said)
            if numbers.oneIn(2) { facts.append(Self.takingBack(said, &numbers)) }
        }
        self.facts = facts.sorted { ($0.recorded, $0.source, $0.id) < ($1.recorded, $1.source, $1.id) }
    }

    /// What a person says of a signal soon after a fact.
    private static func saying(of fact: Fact, _ place: Int, _ numbers: inout SeededNumbers) -> Fact {
        var saying = fact
        saying.id = "said-\(place)"
        saying.source = "desk"
        saying.operation = .append
        saying.recorded = fact.recorded + Int64(numbers.below(50)) * Milliseconds.hour
        saying.type = numbers.pick([
            FactType.signalAcknowledged, FactType.signalSnoozed, FactType.signalMarkedFalse, FactType.signalMarkedFalse,
            FactType.signalConfirmed,
        ])
        saying.data = ["signal": .string(numbers.pick(questions).id), "by": "p1", "reason": "r"]
        if numbers.oneIn(2) || saying.type == FactType.signalSnoozed { saying.data["days"] = numbers.pick([1, 3, 20]) }
        if numbers.oneIn(3) { saying.data["keep_plays"] = true }
        return saying
    }

    private static func takingBack(_ saying: Fact, _ numbers: inout SeededNumbers) -> Fact {
        var back = saying
        back.id = "back-" + saying.id
        back.recorded = saying.recorded + Int64(numbers.below(30)) * Milliseconds.hour
        back.type = FactType.signalTakenBack
        let said: SignalTreatment =
            switch saying.type {
            case FactType.signalAcknowledged: .acknowledgement
            case FactType.signalSnoozed: .snooze
            case FactType.signalConfirmed: .confirmation
            default: .falseAlarm
            }
        back.data["what"] = .string(said.rawValue)
        return back
    }

    /// Where the two ways part, if they do.
    func difference(_ programme: CompiledProgramme) -> Int? {
        var kept = Ledger(programme)
        var anew = Ledger(programme)
        anew.memo = nil
        var numbers = SeededNumbers(seed)
        var history: [Fact] = []
        var block: [Fact] = []
        for (place, fact) in facts.enumerated() {
            block.append(fact)
            guard numbers.oneIn(2) || place == facts.count - 1 else { continue }
            let now = max(fact.recorded, kept.state.clock ?? fact.recorded)
            // The clock stands at the block's instant already, so that nothing but the memo tells the two apart.
            kept.turn(now, [])
            anew.turn(now, [])
            let missed = kept.memo
            kept.turn(now, block, history: history)
            anew.turn(now, block, history: history)
            if missesBlocks { kept.memo = missed }
            history += block
            block = []
            if differ(kept, anew) { return place }
            guard numbers.oneIn(3) else { continue }
            let later = now + Int64(1 + numbers.below(90)) * Milliseconds.hour
            kept.turn(later, [])
            anew.turn(later, [])
            if differ(kept, anew) { return place }
        }
        return nil
    }

    /// What somebody finds who looks between a block and the instant at which the account says that it is due.
    func oversight(_ programme: CompiledProgramme) -> [String]? {
        var ledger = Ledger(programme)
        var numbers = SeededNumbers(seed)
        var history: [Fact] = []
        for fact in facts {
            ledger.turn(max(fact.recorded, ledger.state.clock ?? fact.recorded), [fact], history: history)
            history.append(fact)
            guard let clock = ledger.state.clock, let due = ledger.due, due - clock > 1 else { continue }
            var early = ledger
            early.memo = nil
            let now = numbers.oneIn(2) ? due + -1 : clock + Int64(1 + numbers.below(Int(due - clock) - 1))
            let found = early.turn(now)
            if !found.isEmpty { return ["after \(fact.id) of \(clock)", "at \(now)", "due \(due)"] + found.map(\.what.kind) }
        }
        return nil
    }

    /// Of every decision, with one turn for each fact.
    func kinds(_ programme: CompiledProgramme) -> [String] {
        var ledger = Ledger(programme)
        var history: [Fact] = []
        for fact in facts {
            ledger.turn(max(fact.recorded, ledger.state.clock ?? fact.recorded), [fact], history: history)
            history.append(fact)
        }
        return ledger.kinds
    }

    private func differ(_ kept: Ledger, _ anew: Ledger) -> Bool {
        kept.state.bytes != anew.state.bytes || kept.decisions.map(\.bytes) != anew.decisions.map(\.bytes)
    }
}
