import TenureCore
import TenureEngine
import TenureFixtures
import TenureProgramme
import Testing

/// What clocks show in the end follows from the facts, not from the order in which they came or how blocks cut them.
@Suite struct ClockOrderTests {
    @Test func `any order and any blocks lead to the same clocks`() throws {
        let programme = CompiledProgramme(try desk(), zones: zones)
        var (judged, missed) = (0, 0)
        for seed in 0..<300 {
            var numbers = SeededNumbers(seed)
            let facts = Self.facts(&numbers)
            let expected = Self.clocks(programme, [facts])
            judged += expected.count { $0.ended != nil }
            missed += expected.count { $0.isBreached }
            for _ in 0..<2 {
                let shuffled = facts.shuffled(using: &numbers)
                let seen = Self.clocks(programme, shuffled.map { [$0] })
                #expect(seen == expected, "seed \(seed): \(facts)")
                if seen != expected { return }
            }
        }
        #expect(judged > 300 && missed > 100, "\(judged) judged, \(missed) missed")
    }

    @Test func `a turn that knows nothing of earlier ones concludes the same`() throws {
        let programme = CompiledProgramme(try desk(), zones: zones)
        for seed in 0..<100 {
            var numbers = SeededNumbers(seed)
            let facts = Self.facts(&numbers).sorted { $0.recorded < $1.recorded }
            var (kept, forgetful) = (Ledger(programme), Ledger(programme))
            forgetful.memo = nil
            for fact in facts {
                kept.turn(fact.recorded, [fact])
                forgetful.turn(fact.recorded, [fact])
            }
            #expect(kept.decisions == forgetful.decisions, "seed \(seed)")
        }
    }

    /// When a miss was seen depends on when what was told; that there was one does not.
    private static func clocks(_ programme: CompiledProgramme, _ blocks: [[Fact]]) -> [ClockState] {
        var ledger = Ledger(programme)
        // What the account promises is known before: what is over is not judged again by another contract.
        ledger.turn(minute(1_999), [.ofAccount(1_999, ["tier": "enterprise"])])
        for (number, block) in blocks.enumerated() { ledger.turn(minute(2_000 + Int64(number)), block) }
        ledger.turn(minute(5_000))
        let clocks = ledger.state.conclusions.clocks
        return (clocks.running + clocks.ended).map { clock in
            var clock = clock
            clock.evidence = 0
            if clock.isBreached { clock.breachedAt = minute(0) }
            return clock
        }
    }

    private static func facts(_ numbers: inout SeededNumbers) -> [Fact] {
        var facts: [Fact] = []
        for ticket in ["T1", "T2", "T3"] {
            let opened = Int64(numbers.below(600))
            facts.append(
                .ofTicket(opened, "opened", ["ticket": .string(ticket), "priority": priority(&numbers), "status": "new"]))
            for _ in 0..<numbers.below(7) {
                let at = opened + Int64(numbers.below(10)) * Int64(numbers.pick([1, 5, 60, 100]))
                let data: JSONObject = numbers.oneIn(3) ? ["priority": priority(&numbers)] : ["status": status(&numbers)]
                let isReply = numbers.oneIn(3)
                var whole: JSONObject = isReply ? ["by": numbers.pick(["agent", "customer"])] : data
                whole["ticket"] = .string(ticket)
                let fact = Fact.ofTicket(at, isReply ? "replied" : "changed", whole)
                if !facts.contains(where: { $0.id == fact.id }) { facts.append(fact) }
            }
        }
        return facts
    }

    private static func priority(_ numbers: inout SeededNumbers) -> JSON { numbers.pick(["P1", "P2", "P3"]) }
    private static func status(_ numbers: inout SeededNumbers) -> JSON { numbers.pick(["open", "pending", "solved"]) }
}
