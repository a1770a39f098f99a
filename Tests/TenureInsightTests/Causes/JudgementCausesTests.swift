import TenureCore
import TenureEngine
import TenureFixtures
import TenureProgramme
import Testing

@testable import TenureInsight

/// A person's judgement stands in for a component until it runs out, and hides those before it even then.
@Suite struct JudgementCausesTests {
    @Test func `the judgement that counted falls out when its days are over`() throws {
        let causes = try causes([judged("first", on: 0, points: 5, days: 4)], from: 2, to: 8)
        #expect(causes == ["first": .fellOut])
    }

    @Test func `a judgement that came and ran out in between is named: it took the place of the one that counted`() throws {
        let facts = [judged("first", on: 0, points: 5), judged("second", on: 3, points: 60, days: 2)]
        #expect(try causes(facts, from: 1, to: 8) == ["second": .cameIn])
    }

    @Test func `a judgement in whose place another was given does not fall out when its days are over`() throws {
        let facts = [judged("first", on: 0, points: 5, days: 6), judged("second", on: 1, points: 70), takenBack("second", on: 4)]
        #expect(try causes(facts, from: 2, to: 8) == ["second": .takenBack])
    }

    @Test func `one that had run out before hides those before it, and moved nothing`() throws {
        let facts = [judged("first", on: 0, points: 5, days: 6), judged("second", on: 1, points: 70, days: 1), measured(0, on: 5)]
        #expect(try causes(facts, from: 3, to: 8) == ["measured-0": .cameIn])
    }
}

extension JudgementCausesTests {
    private func at(_ day: Int) -> Instant { instant("2026-05-04T09:00:00Z") + Int64(day) * Milliseconds.day }

    /// What moved the only component between two days, on top of a measurement before all of them.
    private func causes(_ facts: [Fact], from earlier: Int, to later: Int) throws -> [String: ScoreCauses.Way] {
        let gauges = Gauges(try gauged(weights: [[1]], groups: [1], curves: curves))
        let past = AccountPast([measured(40, on: 0)] + facts, gauges.snapshot)
        let ends = try [earlier, later].map { day in
            let moment = Moment(at(day))
            return ScoreCauses.End(try #require(past.reading(of: past.known(at: moment), at: moment)), moment)
        }
        let line = try #require(ScoreCauses(from: ends[0], to: ends[1], in: past).lines.first { $0.id == "g0.m0" })
        #expect(line.cause == .facts)
        return Dictionary(uniqueKeysWithValues: line.facts.map { ($0.id, $0.way) })
    }

    private func measured(_ value: Double, on day: Int) -> Fact {
        fact("measured-\(Int(value))", on: day, "measured", ["metric": "m0", "value": .double(value)])
    }

    private func judged(_ id: String, on day: Int, points: Int64, days: Int64? = nil) -> Fact {
        var data: JSONObject = ["component": "g0.m0", "points": .int(points)]
        if let days { data["expires_days"] = .int(days) }
        return fact(id, on: day, FactType.gradeGiven, data)
    }

    private func takenBack(_ id: String, on day: Int) -> Fact {
        var taken = fact("back-\(id)", on: day, FactType.gradeGiven, [:])
        taken.operation = .retract(id: id)
        return taken
    }

    private func fact(_ id: String, on day: Int, _ type: String, _ data: JSONObject) -> Fact {
        Fact(occurred: at(day), recorded: at(day), source: "test", id: id, account: "acc_1", type: type, data: data)
    }
}
