import TenureCore
import TenureEngine
import TenureFixtures
import TenureProgramme
import Testing

@testable import TenureInsight

/// Scores and their changes are explained without a rest.
@Suite struct HealthExplanationTests {
    private func explain(_ gauges: Gauges) throws -> HealthExplanation {
        HealthExplanation(try #require(gauges.snapshot.health), gauges.programme.programme.health)
    }

    @Test func `the lines of an explanation sum to the displayed score`() throws {
        var (scores, capped, judged) = (0, 0, 0)
        for seed in 0..<400 {
            let explanation = try explain(try randomGauges(seed: seed, caps: true))
            guard let score = explanation.score else { continue }
            #expect(explanation.sumNano == Int64(score) * nano, "seed \(seed)")
            scores += 1
            if explanation.lines.contains(where: { $0.kind == .cap && $0.contributionNano < 0 }) {
                capped += 1
            }
            if explanation.lines.contains(where: { $0.kind == .judgedGroup }) { judged += 1 }
        }
        #expect(scores > 200 && capped > 50 && judged > 20)
    }

    @Test func `the lowest cap carries the effect, an undecided one is shown without any`() throws {
        var gauges = try randomGauges(seed: 1, caps: true)
        for place in 0..<6 { gauges.measure("m\(place)", place == 1 ? 0 : 100) }
        for flag in ["escalated", "frozen"] { gauges.take(FactType.flagRaised, ["flag": .string(flag)]) }
        let explanation = try explain(gauges)
        let caps = explanation.lines.filter { $0.kind == .cap }
        #expect(explanation.score == 30)
        #expect(caps.map(\.id) == ["cap:escalated", "cap:frozen", "cap:cold"])
        #expect(caps.map(\.isApplied) == [true, true, false])
        #expect(caps.map { $0.contributionNano < 0 } == [false, true, false])
    }

    @Test func `the lines of a change sum to the difference of the displayed scores`() throws {
        var (changes, coverage) = (0, 0)
        for seed in 0..<400 {
            var gauges = try randomGauges(seed: seed, caps: true)
            let before = try explain(gauges)
            var numbers = SeededNumbers(seed + 9_000)
            stir(&gauges, &numbers, caps: true)
            let after = try explain(gauges)
            guard let change = ScoreChange(from: before, to: after),
                let back = ScoreChange(from: after, to: before)
            else { continue }
            #expect(change.sumNano == Int64(change.to - change.from) * nano, "seed \(seed)")
            #expect(back.sumNano == -change.sumNano)
            changes += 1
            if change.coverageNano != 0 { coverage += 1 }
        }
        #expect(changes > 200 && coverage > 50)
    }

    @Test func `what became known counts as coverage only, what moved as value only`() throws {
        var gauges = Gauges(try gauged(weights: [[1, 1]], groups: [1], curves: [.identity]))
        gauges.measure("m0", 80)
        let alone = try explain(gauges)
        gauges.measure("m1", 40)
        let both = try explain(gauges)
        let arrived = try #require(ScoreChange(from: alone, to: both))
        #expect(arrived.valueNano == 0)
        #expect(arrived.coverageNano == -20 * nano)
        gauges.measure("m1", 60)
        let moved = try #require(ScoreChange(from: both, to: try explain(gauges)))
        #expect(
            moved.lines == [
                ScoreChange.Line(id: "g0.m1", title: "Measure 1", valueNano: 10 * nano, coverageNano: 0)
            ])
    }

    @Test func `another version of the model is one line`() throws {
        var programme = try gauged(weights: [[1]], groups: [1], curves: [.identity])
        var old = Gauges(programme)
        old.measure("m0", 80)
        programme.health.version = 2
        var new = Gauges(programme)
        new.measure("m0", 30)
        let change = try #require(ScoreChange(from: try explain(old), to: try explain(new)))
        #expect(change.lines.map(\.id) == ["model"])
        #expect(change.sumNano == -50 * nano)
    }
}
