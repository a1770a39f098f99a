import TenureCore
import TenureFixtures
import TenureStore
import Testing

@testable import TenureRuntime

/// Which ids were seen is the same whether they are in memory or have left it.
struct EventIndexTests {
    /// A log whose runs are in memory, or are refused.
    private final class Runs: IntakeLog, RestartFiles {
        struct Run: EventRun {
            let name = "run"
            let records: [EventKey: EventRecord]
            let isBroken: Bool

            func record(_ key: EventKey) throws -> EventRecord? {
                if isBroken { throw StorageFailure.failed(path: "run", detail: "unreadable") }
                return records[key]
            }
        }

        let refusal: StorageFailure?
        let isBroken: Bool
        let end: UInt64 = 0

        init(refusal: StorageFailure? = nil, isBroken: Bool = false) {
            self.refusal = refusal
            self.isBroken = isBroken
        }

        func append(_ block: LogBlock) throws {}
        func read(from position: UInt64, _ body: (LogBlock) throws -> Bool) throws {}
        var restartFiles: (any RestartFiles)? { self }
        func keep(_ records: [EventRecord]) throws -> any EventRun {
            if let refusal { throw refusal }
            return Run(records: Dictionary(uniqueKeysWithValues: records.map { ($0.key, $0) }), isBroken: isBroken)
        }
        func run(named name: String) -> (any EventRun)? { nil }
        func write(_ bytes: [UInt8], named name: String) throws {}
        func read(_ name: String) -> [UInt8]? { nil }
        func remove(except names: Set<String>) {}
    }

    private func key(_ number: Int) -> EventKey { EventKey(high: hash64("high \(number)"), low: hash64("low \(number)")) }
    private func day(_ day: Int) -> Instant { Instant(milliseconds: Int64(20_000 + day) * Milliseconds.day + 5) }

    @Test(arguments: [1, 7, 100, 1_000_000]) func `answers are those of a plain dictionary over days`(recentMax: Int) throws {
        let log = Runs()
        var (index, plain) = (EventIndex(recentMax: recentMax), [Int: (content: UInt64, day: Int)]())
        var numbers = SeededNumbers(5)
        var answers: [EventIndex.Answer: Int] = [:]
        for day in 0..<130 {
            for _ in 0..<20 {
                if numbers.oneIn(4) { try index.settle(in: log) }
                let (number, content) = (numbers.below(700), UInt64(numbers.below(2)))
                let known = plain[number].flatMap { day - $0.day <= 40 ? $0 : nil }
                let wanted: EventIndex.Answer = known.map { $0.content == content ? .duplicate : .conflict } ?? .new
                #expect(try index.answer(key(number), content: content, recorded: self.day(day)) == wanted)
                answers[wanted, default: 0] += 1
                guard wanted == .new else { continue }
                index.remember(key(number), content: content, recorded: self.day(day))
                plain[number] = (content, day)
                // A batch that could not be kept.
                if numbers.oneIn(9) {
                    index.forget(key(number))
                    plain[number] = nil
                }
            }
        }
        #expect(answers.count == 3 && answers.values.allSatisfy { $0 > 100 }, "\(answers)")
    }

    /// Their table grows several times meanwhile, with days in any order.
    @Test func `a start from what was kept knows every id of the window`() throws {
        var index = EventIndex()
        for number in 0..<5_000 { index.remember(key(number), content: 1, recorded: day(number % 30)) }
        let again = try #require(EventIndex(index.kept, Runs(), recentMax: EventIndex.recentMaxStandard))
        let unknown = try (0..<5_000).filter { try again.answer(key($0), content: 1, recorded: day(30)) != .duplicate }
        #expect(unknown == [])
    }

    @Test func `an id is free again on the forty-first day, in memory and out of it`() throws {
        for recentMax in [1, 100] {
            var index = EventIndex(recentMax: recentMax)
            index.remember(key(1), content: 1, recorded: day(0))
            try index.settle(in: Runs())
            #expect(try index.answer(key(1), content: 1, recorded: day(40)) == .duplicate)
            #expect(try index.answer(key(1), content: 1, recorded: day(41)) == .new)
        }
    }

    @Test func `without room ids stay in memory; what cannot be read is no answer`() throws {
        var index = EventIndex(recentMax: 1)
        index.remember(key(1), content: 1, recorded: day(0))
        try index.settle(in: Runs(refusal: .full(path: "run")))
        #expect(try index.answer(key(1), content: 1, recorded: day(0)) == .duplicate)
        try index.settle(in: Runs(isBroken: true))
        #expect(throws: StorageFailure.self) { try index.answer(key(1), content: 1, recorded: day(0)) }
        #expect(throws: StorageFailure.self) { try index.answer(key(2), content: 1, recorded: day(0)) }
    }

    @Test func `after a failed flush nobody goes on`() {
        var index = EventIndex(recentMax: 1)
        index.remember(key(1), content: 1, recorded: day(0))
        let failure = StorageFailure.syncFailed(path: "run", code: 5)
        #expect(throws: failure) { try index.settle(in: Runs(refusal: failure)) }
    }
}
