import TenureCore
import TenureEngine
import TenureFixtures
import TenureProgramme
import Testing

@testable import TenureInsight

/// Scores over random histories under every programme: changes are exact, and their causes are the real ones.
@Suite struct ScoreHistoryTests {
    private static let days = 70

    @Test(arguments: Packs.names)
    func `the deltas of the days between any two sum to the change`(pack: String) throws {
        let programme = try Packs.compiled(pack)
        var (pairs, moved) = (0, 0)
        for seed in 0..<6 {
            let history = RandomHistory(programme, seed: seed, days: Self.days)
            let days = history.lived(history.facts).days
                .map { HealthExplanation($0.reading, programme.programme.health) }
                .filter { $0.score != nil }
            var numbers = SeededNumbers(seed + 100)
            for _ in 0..<40 where days.count > 2 {
                let first = numbers.below(days.count - 1)
                let last = first + 1 + numbers.below(days.count - first - 1)
                pairs += 1
                if try isExact(days[first...last]) { moved += 1 }
            }
        }
        #expect(pairs >= 40 && moved * 4 >= pairs, "\(pairs) pairs, \(moved) with a change")
    }

    /// Whether anything moved; the whole, and every line of it, are checked.
    private func isExact(_ days: ArraySlice<HealthExplanation>) throws -> Bool {
        let (first, last) = (try #require(days.first), try #require(days.last))
        var (sum, lines): (Int64, [String: Int64]) = (0, [:])
        for (earlier, later) in zip(days, days.dropFirst()) {
            let change = try #require(ScoreChange(from: earlier, to: later))
            sum += change.sumNano
            for line in change.lines { lines[line.id, default: 0] += line.valueNano + line.coverageNano }
        }
        #expect(sum == last.sumNano - first.sumNano)
        for line in first.lines + last.lines {
            let change = last.contribution(of: line.id) - first.contribution(of: line.id)
            #expect(lines[line.id, default: 0] == change, "\(line.id)")
        }
        return lines.values.contains { $0 != 0 }
    }

    @Test(arguments: Packs.names)
    func `without the facts that are named a component would not have moved as it did`(pack: String) throws {
        let programme = try Packs.compiled(pack)
        var tally = Tally()
        // Where a pack's model reads little of what random events tell, more lives are needed.
        for seed in 0..<20 where seed < 5 || tally.facts < 25 || tally.checked < 10 || tally.planted < 10 {
            let history = RandomHistory(programme, seed: seed, days: Self.days, perDay: 9)
            let life = history.lived(history.facts)
            var numbers = SeededNumbers(seed + 500)
            for _ in 0..<4 where life.days.count > 20 {
                let last = 15 + numbers.below(life.days.count - 15)
                let pair = (life.days[last - 1 - numbers.below(14)], life.days[last])
                try CauseCheck(history, life, from: pair.0, to: pair.1).run(&tally, &numbers)
            }
        }
        #expect(tally.facts >= 25 && tally.checked >= 10, "\(tally)")
        if pack == "workshop" || pack == "starter" { #expect(tally.time >= 3, "\(tally)") }
        #expect(tally.other * 20 <= tally.facts + tally.time, "\(tally)")
        #expect(tally.planted >= 10 && tally.caught == tally.planted, "\(tally)")
    }

    @Test func `at most twenty facts are named, the newest, and the rest is counted`() throws {
        let history = RandomHistory(try Packs.compiled("workshop"), seed: 1, days: Self.days, perDay: 20)
        let life = history.lived(history.facts)
        let check = CauseCheck(history, life, from: life.days[20], to: life.days[60])
        let lines = check.causes.lines.filter { $0.cause == .facts }
        let long = try #require(lines.first { $0.others > 0 })
        #expect(long.facts.count == ScoreCauses.namedMax)
        #expect(zip(long.facts, long.facts.dropFirst()).allSatisfy { $0.occurred >= $1.occurred })
        #expect(lines.allSatisfy { $0.facts.count <= ScoreCauses.namedMax })
    }
}

extension HealthExplanation {
    fileprivate func contribution(of id: String) -> Int64 {
        lines.first { $0.id == id }?.contributionNano ?? 0
    }
}

/// How often each cause was found.
struct Tally {
    var facts = 0
    var time = 0
    var other = 0
    /// Lived again without some of the facts.
    var checked = 0
    var planted = 0
    var caught = 0
}

/// Two closed days of one life, and lives without some of its facts.
private struct CauseCheck {
    let history: RandomHistory
    let ends: [(day: Day, reading: HealthReading)]
    let search: CauseSearch
    let causes: ScoreCauses

    init(
        _ history: RandomHistory, _ life: Life, from earlier: (day: Day, reading: HealthReading),
        to later: (day: Day, reading: HealthReading)
    ) {
        self.history = history
        ends = [earlier, later]
        let past = AccountPast(history.facts, life.snapshot)
        let pair = [earlier, later].map { day, reading in
            ScoreCauses.End(reading, Moment(endOf: day, in: life.snapshot.zone))
        }
        causes = ScoreCauses(from: pair[0], to: pair[1], in: past)
        search = CauseSearch(pair[0], pair[1], past)
    }

    func run(_ tally: inout Tally, _ numbers: inout SeededNumbers) throws {
        for line in causes.lines {
            let part = try #require(search.parts.first { $0.id == line.id })
            switch line.cause {
            case .facts:
                tally.facts += 1
                if numbers.oneIn(3) { try check(part, line, &tally) }
            case .time:
                tally.time += 1
                if numbers.oneIn(3) { try checkTime(part) }
            case .other: tally.other += 1
            }
        }
    }

    private func check(_ part: CauseSearch.Part, _ line: ScoreCauses.Line, _ tally: inout Tally) throws {
        let facts = search.movedFacts(part)
        let (moved, stayed) = (Set(facts.moved.map(\.fact.id)), Set(facts.stayed.map(\.id)))
        #expect(line.facts.count + line.others == moved.count)
        #expect(line.facts.allSatisfy { moved.contains($0.id) })
        let isTrue = try isCause(moved, stayed, of: part)
        #expect(isTrue, "\(line)")
        tally.checked += 1
        // Planted: as many facts are named, but others.
        let others = history.facts.map(\.id).filter { !moved.contains($0) && !stayed.contains($0) }
        guard others.count >= moved.count else { return }
        tally.planted += 1
        tally.caught += try isCause(Set(others.suffix(moved.count)), stayed, of: part) ? 0 : 1
    }

    /// Lived again without the facts that moved it the component reads otherwise; without all that neither moved it nor
    /// stayed in it, it reads the same.
    private func isCause(_ moved: Set<String>, _ stayed: Set<String>, of part: CauseSearch.Part) throws -> Bool {
        let read = ends.map { part.points($0.reading) }
        let without = try lived { !moved.contains($0.id) }.map(part.points)
        let alone = try lived {
            moved.contains($0.id) || stayed.contains($0.id) || $0.operation != .append
        }
        return without != read && alone.map(part.points) == read
    }

    /// Had nothing come after the earlier day, the later would read the same.
    private func checkTime(_ part: CauseSearch.Part) throws {
        let earlier = search.ends[0].moment
        let known = try lived { earlier.knows($0) }
        #expect(part.points(known[1]) == part.points(ends[1].reading), "\(part.id)")
    }

    /// Both days of a life with only some of the facts.
    private func lived(_ isKept: (Fact) -> Bool) throws -> [HealthReading] {
        let life = history.lived(history.facts.filter(isKept))
        return try ends.map { end in try #require(life.days.first { $0.day == end.day }).reading }
    }
}
