import TenureCore
import TenureFixtures
import TenureSegments
import TenureStore
import Testing

/// What holds facts of one account is found without the rest of the log.
@Suite(.temporaryFolders) struct AccountReadingTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func account(_ number: Int) -> AccountID { AccountID("acc-\(number)") }

    /// Small segments, so that there are many.
    private func opened() throws -> SegmentLog { try SegmentLog(directory: folder.path, segmentBytes: 4_000) }

    private func append(_ count: Int, to log: SegmentLog, _ numbers: inout SeededNumbers) throws {
        for _ in 0..<count {
            let position = log.end + 1
            let facts = (0..<numbers.below(5)).map { place in
                Fact(
                    occurred: at(0), recorded: at(0), source: "app", id: "\(position)-\(place)",
                    account: account(numbers.below(40)), type: "report.opened", member: "\(numbers.next())")
            }
            try log.append(LogBlock(position: position, now: at(Int64(position)), facts: facts))
        }
    }

    /// Positions of blocks that were handed over in vain are counted, so that the test sees that few are.
    private func requireSame(_ log: SegmentLog, from position: UInt64 = 1) throws {
        for number in 0..<42 {
            var (all, own, handed): ([UInt64], [UInt64], Int) = ([], [], 0)
            try log.read(from: position) { block in
                if block.facts.contains(where: { $0.account == account(number) }) { all.append(block.position) }
                return true
            }
            try log.read(holding: account(number), from: position) { block in
                handed += 1
                if block.facts.contains(where: { $0.account == account(number) }) { own.append(block.position) }
                return true
            }
            #expect(own == all, "account \(number)")
            #expect(handed == all.count)
        }
    }

    private var files: [String] { get throws { try folder.files().filter { $0.hasSuffix(".accounts") } } }

    @Test func `blocks of an account are those that a walk finds, while the log grows and after it was opened again`() throws {
        var numbers = SeededNumbers(11)
        let log = try opened()
        for _ in 0..<6 {
            try append(60, to: log, &numbers)
            try requireSame(log)
            try requireSame(log, from: log.end - 30)
        }
        #expect(try files.count > 5)
        let again = try opened()
        try requireSame(again)
        try append(60, to: again, &numbers)
        try requireSame(again)
        try requireSame(try opened())
    }

    @Test func `without its files, and with damaged ones, the same is found, and they are there again`() throws {
        var numbers = SeededNumbers(12)
        try append(300, to: try opened(), &numbers)
        let sound = try files.map { ($0, try folder.bytes($0)) }
        #expect(sound.count > 5)
        for (place, (name, bytes)) in sound.enumerated() {
            switch place % 4 {
            case 0: try folder.remove(name)
            case 1: try folder.write(Array(bytes.dropLast(place + 1)), name)
            case 2: try folder.write(bytes.enumerated().map { $0 == bytes.count - 20 ? $1 ^ 1 : $1 }, name)
            default: try folder.write([], name)
            }
        }
        try requireSame(try opened())
        for (name, bytes) in sound { #expect(try folder.bytes(name) == bytes, "\(name)") }
    }

    @Test func `what a process knew of the segment that it wrote is kept with a restart point, and read on from there`() throws {
        var numbers = SeededNumbers(15)
        // One segment for all.
        let log = try SegmentLog(directory: folder.path)
        try append(100, to: log, &numbers)
        #expect(try files == [])
        try #require(log.restartFiles).write([1], named: "100.restart")
        let kept = try files
        #expect(kept.count == 1)
        try append(50, to: log, &numbers)
        let again = try SegmentLog(directory: folder.path)
        try append(50, to: again, &numbers)
        let before = try folder.bytes(kept[0])
        try requireSame(again)
        let after = try folder.bytes(kept[0])
        #expect(after.count > before.count)
        try requireSame(try SegmentLog(directory: folder.path))
        // With places of blocks that the file does not tell of.
        try folder.write(before, kept[0])
        try requireSame(try SegmentLog(directory: folder.path))
    }

    @Test func `a file of another segment is not believed`() throws {
        var numbers = SeededNumbers(13)
        try append(200, to: try opened(), &numbers)
        let names = try files
        // Under the checksum that belongs to it: only its header tells.
        try folder.write(try folder.bytes(names[1]), names[0])
        try requireSame(try opened())
    }

    @Test func `the reader stops when it has had enough`() throws {
        var numbers = SeededNumbers(14)
        let log = try opened()
        try append(200, to: log, &numbers)
        var seen = 0
        try log.read(holding: account(3), from: 1) { _ in
            seen += 1
            return seen < 2
        }
        #expect(seen == 2)
    }
}
