import TenureCore
import TenureEngine
import TenureFixtures
import TenureProgramme
import Testing

/// Whatever the order in which an account's facts arrive, and however blocks cut it: what was observed is the
/// same.
@Suite struct OrderTests {
    private static let casesPerBatch = 1_000

    @Test(arguments: 0..<10)
    func `any order, any blocks and any duplicates observe the same`(batch: Int) throws {
        let programme = CompiledProgramme(try workshop(zone: zoneName(batch)), zones: zones)
        for number in 0..<Self.casesPerBatch {
            let seed = batch * Self.casesPerBatch + number
            let arrivals = Arrivals(seed: seed)
            let expected = arrivals.inOrder(programme)
            for shuffle in 0..<2 {
                let seen = arrivals.shuffled(shuffle, programme)
                let isEqual = seen == expected
                #expect(isEqual, "seed \(seed), shuffle \(shuffle): \(arrivals.facts)")
                if !isEqual { return }
            }
        }
    }

    @Test func `an engine in which the last arrival wins is found within 500 cases`() throws {
        let programme = CompiledProgramme(try workshop(), zones: zones)
        let found = try firstDifference(programme, limit: 500) { $0.lastArrivalWins = true }
        #expect(found)
    }

    @Test func `counting duplicates is found within 500 cases`() throws {
        let programme = CompiledProgramme(try workshop(), zones: zones)
        let found = try firstDifference(programme, limit: 500) { $0.countsDuplicates = true }
        #expect(found)
    }

    @Test func `judging lateness by the time of processing is found within 500 cases`() throws {
        let programme = CompiledProgramme(try workshop(), zones: zones)
        let found = try firstDifference(programme, limit: 500) { $0.forgetsRecordedTime = true }
        #expect(found)
    }

    /// Whether any case shows other readings than the right engine; bytes are not compared, since a planted
    /// bug changes those at once.
    private func firstDifference(
        _ programme: CompiledProgramme, limit: Int, plant: (inout Arrivals) -> Void
    ) throws -> Bool {
        for seed in 0..<limit {
            var arrivals = Arrivals(seed: seed)
            let expected = arrivals.inOrder(programme)
            plant(&arrivals)
            let seen = arrivals.shuffled(0, programme)
            if seen.readings != expected.readings || seen.health != expected.health
                || seen.profile != expected.profile
            {
                return true
            }
        }
        return false
    }

    private func zoneName(_ batch: Int) -> String { ["Europe/Rome", "America/New_York", "UTC"][batch % 3] }
}

/// One case: facts with their recorded times, some of them twice, entered in different orders and blocks.
private struct Arrivals {
    let seed: Int
    let facts: [Fact]
    var lastArrivalWins = false
    var countsDuplicates = false
    var forgetsRecordedTime = false
    /// When the last fact is recorded: the first block is turned then, so that all orders begin alike.
    private let entered: Instant
    private let asked: Instant

    init(seed: Int) {
        self.seed = seed
        facts = RandomFacts(seed: seed).facts
        entered = facts.map(\.recorded).max() ?? instant("2026-06-01T00:00:00Z")
        asked = entered + (seed.isMultiple(of: 2) ? Milliseconds.hour : Int64(seed % 120) * Milliseconds.day)
    }

    struct Seen: Equatable {
        var bytes: [UInt8]
        var readings: [MetricReading]
        var health: HealthReading?
        var profile: [JSON]
    }

    func inOrder(_ programme: CompiledProgramme) -> Seen {
        let ordered = facts.enumerated().sorted {
            ($0.element.recorded, $0.offset) < ($1.element.recorded, $1.offset)
        }
        return enter([ordered.map(\.element)], programme)
    }

    func shuffled(_ number: Int, _ programme: CompiledProgramme) -> Seen {
        var numbers = SeededNumbers(seed * 7 + number + 1)
        var order = facts + facts.filter { _ in numbers.oneIn(3) }
        order.shuffle(using: &numbers)
        var blocks: [[Fact]] = [[]]
        for fact in order {
            if numbers.oneIn(4) { blocks.append([]) }
            blocks[blocks.count - 1].append(fact)
        }
        return enter(blocks, programme)
    }

    private func enter(_ blocks: [[Fact]], _ programme: CompiledProgramme) -> Seen {
        var ledger = Ledger(programme)
        var history: [Fact] = []
        var known: Set<String> = []
        for (number, block) in blocks.enumerated() {
            let now = entered + Int64(number) * Milliseconds.minute
            var accepted: [Fact] = []
            for fact in block where admits(fact, &known) {
                accepted.append(planted(fact, history.count + accepted.count, now))
            }
            ledger.turn(now, accepted, history: history)
            history += accepted
        }
        return seen(ledger)
    }

    /// The intake tells duplicates apart by sender and id; those that cannot count twice may come through.
    private func admits(_ fact: Fact, _ known: inout Set<String>) -> Bool {
        known.insert(fact.source + " " + fact.id).inserted || countsDuplicates || fact.isIdempotent
    }

    private func planted(_ fact: Fact, _ place: Int, _ now: Instant) -> Fact {
        var fact = fact
        if forgetsRecordedTime { fact.recorded = now }
        if lastArrivalWins, fact.isIdempotent { fact.occurred = entered + Int64(place) }
        return fact
    }

    private func seen(_ ledger: Ledger) -> Seen {
        let snapshot = ledger.snapshot(at: asked)
        var writer = ByteWriter()
        writer.write(snapshot.observations)
        // What was kept of promises is concluded: what is over is not judged again by a contract that is told later.
        let observed = zip(ledger.programme.metrics, snapshot.readings).filter { !$0.0.metric.measure.isConcluded }
        return Seen(
            bytes: writer.bytes, readings: observed.map(\.1), health: snapshot.health,
            profile: snapshot.observations.profile.rows.map(\.latest.value))
    }
}

extension Measure {
    fileprivate var isConcluded: Bool { if case .attainment = self { true } else { false } }
}
