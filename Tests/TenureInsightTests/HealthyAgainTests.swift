import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import Testing

/// What is promised to make an account healthy again does, and less does not.
@Suite struct HealthyAgainTests {
    private func promise(_ gauges: Gauges, band: Int) throws -> HealthyAgain {
        try #require(HealthyAgain(gauges.snapshot, band: band))
    }

    @Test(arguments: [(0, 1_700), (1, 1_000)])
    func `feeding the promised value gives the promised score`(band: Int, accounts: Int) throws {
        var (kept, alone) = (0, 0)
        for seed in 0..<accounts {
            let gauges = try randomGauges(seed: seed, caps: seed.isMultiple(of: 3))
            let promise = try promise(gauges, band: band)
            for (place, line) in promise.lines.enumerated() {
                guard case .points(let points, let value?, let score) = line.way else {
                    alone += 1
                    continue
                }
                var fed = gauges
                fed.measure("m\(place)", value)
                let reading = fed.snapshot.health
                #expect(reading?.score == score, "seed \(seed), \(line.id)")
                #expect(reading?.components[place].pointsNano == points)
                #expect(score >= promise.target)
                let readable = try #require(line.readable)
                fed.measure("m\(place)", readable.value)
                #expect(fed.snapshot.health?.score == readable.score && readable.score >= promise.target)
                kept += 1
            }
        }
        #expect(kept >= 1_000 && alone > 100, "\(kept) kept")
    }

    @Test func `a little less than promised is not enough`() throws {
        var checked = 0
        for seed in 0..<200 {
            let gauges = try randomGauges(seed: seed)
            let promise = try promise(gauges, band: 0)
            for (place, line) in promise.lines.enumerated() {
                guard place % 4 != 3, case .points(let points, _, _) = line.way, points > 1000 else {
                    continue
                }
                var fed = gauges
                fed.take(
                    FactType.gradeGiven,
                    ["component": .string(line.id), "points": .double(Double(points - 1000) / Double(nano))])
                #expect(
                    fed.snapshot.health?.score.map { $0 < promise.target } ?? true, "seed \(seed), \(line.id)"
                )
                checked += 1
            }
        }
        #expect(checked > 50)
    }

    @Test func `what says it is not enough alone is not, even at its best`() throws {
        var checked = 0
        for seed in 0..<200 {
            let gauges = try randomGauges(seed: seed, caps: true)
            let promise = try promise(gauges, band: 0)
            for line in promise.lines where line.way == .notByOneAlone {
                var fed = gauges
                fed.take(FactType.gradeGiven, ["component": .string(line.id), "points": 100])
                #expect(
                    fed.snapshot.health?.score.map { $0 < promise.target } ?? true, "seed \(seed), \(line.id)"
                )
                checked += 1
            }
        }
        #expect(checked > 100)
    }

    @Test func `a component that a person judged is promised by a judgement, not by its metric`() throws {
        var gauges = Gauges(try gauged(weights: [[1, 1]], groups: [1], curves: [.identity]))
        gauges.measure("m0", 90)
        gauges.measure("m1", 80)
        gauges.take(FactType.gradeGiven, ["component": "g0.m1", "points": 20])
        let promise = try promise(gauges, band: 0)
        #expect(promise.lines[1].way == .points(nano: 49 * nano - 1, value: nil, score: 70))
        #expect(promise.lines[1].readable?.value == 49)
    }

    @Test func `the best band that one change reaches is the nearest`() throws {
        var gauges = Gauges(try gauged(weights: [[1, 1]], groups: [1], curves: [.identity]))
        gauges.measure("m0", 0)
        gauges.measure("m1", 0)
        #expect(HealthyAgain.nearest(gauges.snapshot)?.band.id == "watch")
        gauges.measure("m1", 50)
        #expect(HealthyAgain.nearest(gauges.snapshot)?.band.id == "good")
        gauges.measure("m0", 100)
        #expect(HealthyAgain.nearest(gauges.snapshot)?.isReached == true)
    }

    @Test func `a band that rises only past its edge is promised there, and then shown`() throws {
        var programme = try gauged(weights: [[1, 1]], groups: [1], curves: [.identity])
        programme.health.hysteresisPoints = 3
        var gauges = Gauges(programme)
        gauges.measure("m0", 60)
        gauges.measure("m1", 60)
        let promise = try promise(gauges, band: 0)
        #expect(promise.target == 73)
        #expect(promise.lines[0].readable?.value == 85)
        gauges.measure("m0", 84)
        #expect(gauges.state.conclusions.health.displayedBand == 1)
        #expect(gauges.snapshot.health?.band == 0)
        gauges.measure("m0", 85)
        #expect(gauges.state.conclusions.health.displayedBand == 0)
        #expect(try self.promise(gauges, band: 0).isReached)
    }

    @Test func `a cap below the band is named, and nothing else helps`() throws {
        var gauges = try randomGauges(seed: 4, caps: true)
        gauges.take(FactType.flagRaised, ["flag": "frozen"])
        let promise = try promise(gauges, band: 0)
        #expect(promise.limitedBy == ["frozen"])
        #expect(promise.lines.allSatisfy { $0.way == .notByOneAlone })
    }

    @Test func `in a healthy account there is nothing to promise`() throws {
        var gauges = Gauges(try gauged(weights: [[1]], groups: [1], curves: [.identity]))
        gauges.measure("m0", 70)
        let promise = try promise(gauges, band: 0)
        #expect(promise.isReached)
        #expect(promise.lines.isEmpty)
        #expect(HealthyAgain(gauges.snapshot, band: 7) == nil)
    }

    @Test func `counts are promised whole`() throws {
        var programme = try gauged(weights: [[1]], groups: [1], curves: [curves[0]])
        programme.metrics[0].unit = .count
        var gauges = Gauges(programme)
        gauges.measure("m0", 3)
        let promise = try promise(gauges, band: 0)
        #expect(promise.lines.map(\.way) == [.points(nano: 69_545_454_545, value: 25, score: 70)])
    }
}
