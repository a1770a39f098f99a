import TenureCore
import TenureFixtures
import TenureProgramme
import Testing

@testable import TenureEngine

/// Known scores, to the last billionth.
@Suite struct ScoreTests {
    @Test func `five dimensions give 81.8, shown as 82 and Good`() {
        let reading = scored([85, 80, 78, 88, 75], weights: [30, 25, 20, 15, 10]).health
        #expect(reading?.scoreNano == 81_800_000_000)
        #expect(reading?.score == 82)
        #expect(reading?.band == 1)
    }

    @Test func `twelve inputs in four groups give 73.804, shown as 74`() {
        let programme = judgedProgramme(
            groups: [[40, 40, 20], [40, 40, 20], [50, 30, 20], [50, 30, 20]], groupWeights: [40, 30, 20, 10])
        let reading = judged([[72, 60, 50], [99.95, 97, 90], [80, 70, 20], [65, 80, 50]], programme)
            .snapshot(at: instant("2026-06-01T09:00:00Z")).health
        #expect(
            reading?.groups.map(\.pointsNano) == [
                62_800_000_000, 96_780_000_000, 65_000_000_000, 66_500_000_000,
            ])
        #expect(reading?.scoreNano == 73_804_000_000)
        #expect(reading?.score == 74)
    }

    @Test(arguments: [(69.5, 70, 1), (84.5, 85, 0), (49.49, 49, 3), (49.5, 50, 2), (100, 100, 0), (0, 0, 3)])
    func `A9: bands compare the rounded score`(points: Double, score: Int, band: Int) {
        let reading = scored([points], weights: [1]).health
        #expect(reading?.score == score)
        #expect(reading?.band == band)
    }

    @Test func `what is unknown gives its weight to what is known, and coverage says so`() {
        let reading = scored([60, nil, 90], weights: [1, 1, 2]).health
        #expect(reading?.scoreNano == 80_000_000_000)
        #expect(reading?.coverageMicros == 75_000_000)
        #expect(reading?.components[1].contributionNano == 0)
        #expect(reading?.components[1].unknown == .noData)
    }

    @Test func `a group with less than half of its weight known does not count`() {
        let programme = judgedProgramme(groups: [[1, 1, 1], [1]], groupWeights: [1, 1])
        let reading = judged([[100, nil, nil], [40]], programme).snapshot(at: instant("2026-06-01T09:00:00Z"))
            .health
        #expect(reading?.groups[0].pointsNano == nil)
        #expect(reading?.scoreNano == 40_000_000_000)
        #expect(reading?.coverageMicros == 50_000_000)
    }

    @Test func `below the coverage floor there is no score`() {
        var programme = judgedProgramme(groups: [[1], [1]], groupWeights: [59, 41])
        programme.health.coverageFloor = 60
        let reading = judged([[100], [nil]], programme).snapshot(at: instant("2026-06-01T09:00:00Z")).health
        #expect(reading?.score == nil)
        #expect(reading?.band == nil)
        #expect(reading?.coverageMicros == 59_000_000)
    }

    @Test func `contributions and weights sum to the whole to the last billionth`() {
        var numbers = SeededNumbers(5)
        for _ in 0..<500 {
            let weights = (0..<2).map { _ in (0..<3).map { _ in Int64(1 + numbers.below(97)) } }
            let programme = judgedProgramme(groups: weights, groupWeights: [Int64(1 + numbers.below(50)), 7])
            let points = weights.map {
                $0.map { _ in numbers.oneIn(5) ? nil : Double(numbers.below(100_001)) / 1000 }
            }
            guard
                let reading = judged(points, programme).snapshot(at: instant("2026-06-01T09:00:00Z")).health,
                let raw = reading.rawNano
            else { continue }
            #expect(reading.components.reduce(0) { $0 + $1.contributionNano } == raw)
            #expect(reading.components.reduce(0) { $0 + $1.weightNano } == nano)
        }
    }

    @Test func `an applied cap limits the score, an unknown one is only shown`() throws {
        var programme = judgedProgramme(groups: [[1]], groupWeights: [1])
        programme.health.caps = [
            HealthCap(
                id: "escalated", title: "Escalated", when: try condition(#"flag("escalated")"#), pointsMax: 40
            ),
            HealthCap(
                id: "cold", title: "Cold", when: try condition(#"contact("sponsor").days_since_touch > 9"#),
                pointsMax: 10),
        ]
        var ledger = judged([[90]], programme)
        #expect(ledger.snapshot(at: instant("2026-06-01T09:00:00Z")).health?.score == 90)
        ledger.take("2026-06-01T10:00:00Z", FactType.flagRaised, ["flag": "escalated"])
        let reading = ledger.snapshot(at: instant("2026-06-01T11:00:00Z")).health
        #expect(reading?.score == 40)
        #expect(reading?.rawScore == 90)
        #expect(reading?.caps == [CapReading(cap: 0, isApplied: true), CapReading(cap: 1, isApplied: false)])
    }

    @Test func `a better band shows after hysteresis, a worse one at once`() {
        var programme = judgedProgramme(groups: [[1]], groupWeights: [1])
        programme.health.hysteresisPoints = 3
        var ledger = judged([[60]], programme)
        func judge(_ points: Int, _ hour: Int) -> Int? {
            ledger.take(
                "2026-06-01T1\(hour):00:00Z", FactType.gradeGiven,
                ["metric": "g0c0", "points": .int(Int64(points))])
            return ledger.state.conclusions.health.displayedBand
        }
        #expect(judge(70, 1) == 2)
        #expect(judge(72, 2) == 2)
        #expect(judge(73, 3) == 1)
        #expect(judge(69, 4) == 2)
        #expect(judge(86, 5) == 0)
    }

    @Test func `a new band waits for its dwell, and is forgotten when it does not last`() {
        var programme = judgedProgramme(groups: [[1]], groupWeights: [1])
        programme.health.dwellDays = 2
        var ledger = judged([[60]], programme)
        ledger.take("2026-06-01T10:00:00Z", FactType.gradeGiven, ["metric": "g0c0", "points": 90])
        #expect(ledger.state.conclusions.health.displayedBand == 2)
        ledger.take("2026-06-02T10:00:00Z", FactType.gradeGiven, ["metric": "g0c0", "points": 60])
        #expect(ledger.state.conclusions.health.waitingBand == nil)
        ledger.take("2026-06-03T10:00:00Z", FactType.gradeGiven, ["metric": "g0c0", "points": 90])
        ledger.turn("2026-06-04T23:00:00Z")
        #expect(ledger.state.conclusions.health.displayedBand == 2)
        ledger.turn("2026-06-05T00:00:00Z")
        #expect(ledger.state.conclusions.health.displayedBand == 0)
    }
}
