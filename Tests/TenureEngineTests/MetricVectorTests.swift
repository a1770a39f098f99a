import TenureCore
import TenureFixtures
import TenureProgramme
import Testing

@testable import TenureEngine

/// Every metric of a day: kept whole, exact to the millionth, and in few bytes.
@Suite struct MetricVectorTests {
    @Test func `any vector reads back as it was written`() throws {
        for seed in 0..<200 {
            var numbers = SeededNumbers(seed)
            let readings = (0..<numbers.below(60)).map { _ in reading(&numbers) }
            let vector = MetricVector(readings)
            #expect(try vector.values(count: readings.count) == readings.map { MetricValue($0) })
        }
    }

    private func reading(_ numbers: inout SeededNumbers) -> MetricReading {
        var reading = MetricReading(value: nil, sample: Int64(numbers.below(3)) * 700, unknown: nil)
        switch numbers.below(6) {
        case 0: reading.unknown = UnknownReason.allCases[numbers.below(UnknownReason.allCases.count)]
        case 1: reading.unknown = .noData
        case 2: reading.value = Double(reading.sample)
        case 3: reading.value = numbers.pick([0, -3, 1e300, -1e300, 9.2e12, .infinity])
        case 4: reading.value = Double(numbers.below(1_000_000)) / 7
        case _: reading.value = Double(numbers.below(2_000_000) - 1_000_000) / 64
        }
        return reading
    }

    @Test func `damaged bytes are refused or read as something, and never more than was asked for`() throws {
        var numbers = SeededNumbers(5)
        let bytes = MetricVector((0..<40).map { _ in reading(&numbers) }).bytes
        for place in bytes.indices {
            for value in [0, 1, 2, 3, 127, 128, 255] as [UInt8] {
                var damaged = bytes
                damaged[place] = value
                let read = try? MetricVector(bytes: damaged).values(count: 40)
                #expect(read == nil || read?.count == 40)
            }
        }
        #expect(throws: CorruptBytes.self) { try MetricVector(bytes: bytes).values(count: 39) }
        #expect(throws: CorruptBytes.self) { try MetricVector(bytes: []).values(count: 1) }
    }

    @Test func `unknown metrics in a row take one byte, counts two`() {
        let unknown = MetricReading(value: nil, sample: 0, unknown: .noData)
        let count = MetricReading(value: 200, sample: 200, unknown: nil)
        #expect(MetricVector(Array(repeating: unknown, count: 100)).bytes.count == 2)
        #expect(MetricVector([unknown, count, unknown]).bytes.count == 4)
    }

    @Test(arguments: 0..<6)
    func `a closed day keeps what a look at its midnight measures`(seed: Int) throws {
        let programme = CompiledProgramme(try workshop(), zones: zones)
        var ledger = Ledger(programme)
        var numbers = SeededNumbers(seed)
        ledger.turn(instant("2026-06-01T00:00:00Z"))
        var closed = 0
        for hour in 0..<400 {
            let now = instant("2026-06-01T00:00:00Z") + Int64(hour) * 5 * Milliseconds.hour
            let count = ledger.decisions.count
            let before = ledger.state
            let facts = numbers.oneIn(2) ? [randomEvent(at: now, hour, &numbers)] : []
            ledger.turn(now, facts)
            for decision in ledger.decisions[count...] {
                guard case .health(.dayClosed(let day, _, _, let vector)) = decision.what else { continue }
                let look = Snapshot(programme: programme, workspace: ledger.workspace, state: before, now: decision.at)
                #expect(look.today == day + 1)
                let measured = programme.dayMetrics.map { MetricValue(look.readings[$0]) }
                #expect(try vector.values(count: measured.count) == measured)
                closed += 1
            }
        }
        #expect(closed >= 80)
        #expect(programme.dayMetricNames.count > programme.componentIDs.count)
    }

    private func randomEvent(at now: Instant, _ number: Int, _ numbers: inout SeededNumbers) -> Fact {
        let kinds: [(type: String, data: JSONObject)] = [
            ("session.started", ["minutes": 5]), ("feature.used", ["feature": "boards"]),
            ("error.logged", ["latency": .double(Double(numbers.below(900))), "severity": "high"]),
            ("invoice.updated", ["invoice": .string("i\(numbers.below(4))"), "amount": 70, "status": "open"]),
            ("invoice.updated", ["invoice": .string("i\(numbers.below(4))"), "amount": 30, "status": "paid"]),
            (FactType.gradeGiven, ["metric": "relationship", "grade": .string(numbers.pick(["poor", "strong"]))]),
        ]
        let (type, data) = numbers.pick(kinds)
        return Fact(
            occurred: now, recorded: now, source: "app", id: "e\(number)", account: "acc_1", type: type,
            member: numbers.pick(["ann", "bob"]), data: data)
    }
}
