import Synchronization
import TenureCore
import TenureSegments
import TenureStore
import Testing

private let first = "00000000000000000001.log"

/// What segment files do under damage.
@Suite(.temporaryFolders) struct SegmentLogTests {
    /// A log of three blocks in one segment, and where the third begins.
    private func threeBlocks() throws -> (folder: TemporaryFolder, bytes: [UInt8], last: Int) {
        let folder = try TemporaryFolder()
        let log = try SegmentLog(directory: folder.path)
        try log.append(block(1))
        try log.append(block(2, facts: 0))
        let last = try folder.bytes(first).count
        try log.append(block(3, facts: 9))
        return (folder, try folder.bytes(first), last)
    }

    private func open(_ folder: TemporaryFolder) throws -> SegmentLog {
        try SegmentLog(directory: folder.path)
    }

    @Test func `a tail torn at any byte is cut off, reported, and written over`() throws {
        let (folder, bytes, last) = try threeBlocks()
        for length in last..<bytes.count {
            try folder.write(Array(bytes[..<length]), first)
            let log = try open(folder)
            #expect(log.end == 2)
            #expect(log.tornTail?.droppedBytes == (length == last ? nil : length - last))
            #expect(try folder.bytes(first).count == last)
            try log.append(block(3, facts: 1))
            let again = try open(folder)
            #expect(again.tornTail == nil)
            #expect(try again.blocks() == [block(1), block(2, facts: 0), block(3, facts: 1)])
        }
    }

    @Test func `a last block with a wrong byte is a torn tail`() throws {
        let (folder, bytes, last) = try threeBlocks()
        for index in last..<bytes.count {
            var damaged = bytes
            damaged[index] ^= 0x10
            try folder.write(damaged, first)
            let log = try open(folder)
            #expect(log.end == 2)
            #expect(log.tornTail?.droppedBytes == bytes.count - last)
        }
    }

    @Test func `a flipped bit before the last block is found at opening`() throws {
        let (folder, bytes, last) = try threeBlocks()
        for index in 0..<last {
            for bit in [0, 7] {
                var damaged = bytes
                damaged[index] ^= 1 << UInt8(bit)
                try folder.write(damaged, first)
                let failure = #expect(throws: StorageFailure.self) { try open(folder) }
                guard case .corrupt = failure else {
                    Issue.record("byte \(index), bit \(bit): \(String(describing: failure))")
                    return
                }
            }
        }
    }

    @Test func `a flipped bit under an open log is found by reading`() throws {
        let (folder, bytes, last) = try threeBlocks()
        let log = try open(folder)
        for index in 0..<bytes.count {
            var damaged = bytes
            damaged[index] ^= 4
            try folder.write(damaged, first)
            let failure = #expect(throws: StorageFailure.self) { _ = try log.blocks() }
            guard case .corrupt = failure else {
                Issue.record("byte \(index) of \(last): \(String(describing: failure))")
                return
            }
        }
    }

    @Test(arguments: [1, 31, 32, 33, 5000])
    func `zeros and foreign blocks behind the end are a torn tail`(_ count: Int) throws {
        let (folder, bytes, last) = try threeBlocks()
        let (_, foreign, foreignLast) = try threeBlocks()
        for tail in [
            Array(repeating: 0, count: count),
            Array(foreign[foreignLast...]) + Array(repeating: 0, count: count),
        ] {
            try folder.write(Array(bytes[..<last]) + tail, first)
            let log = try open(folder)
            #expect(log.end == 2)
            #expect(log.tornTail?.droppedBytes == tail.count)
        }
    }

    @Test func `a block that is too large is refused and harms nothing`() throws {
        let folder = try TemporaryFolder()
        let log = try open(folder)
        let large = block(1, facts: 1, text: String(repeating: "x", count: 33 << 20))
        #expect(throws: StorageFailure.self) { try log.append(large) }
        try log.append(block(1))
        #expect(try open(folder).blocks() == [block(1)])
    }

    @Test func `large blocks are compressed and small ones are not`() throws {
        let folder = try TemporaryFolder()
        let log = try open(folder)
        try log.append(block(1, facts: 2000))
        let compressed = try folder.bytes(first).count
        #expect(compressed < 40_000)
        try log.append(LogBlock(position: 2, now: at(200), facts: []))
        #expect(try folder.bytes(first).count == compressed + 32 + 4)
    }
}

/// Segments that are full.
extension SegmentLogTests {
    private func manySegments() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let log = try SegmentLog(directory: folder.path, segmentBytes: 400)
        for position: UInt64 in 1...20 { try log.append(block(position)) }
        return folder
    }

    private func reopened(_ folder: TemporaryFolder) throws -> SegmentLog {
        try SegmentLog(directory: folder.path, segmentBytes: 400)
    }

    @Test func `a full segment is sealed with an index beside it, and none grows past its size`() throws {
        let folder = try manySegments()
        let logs = try folder.files().filter { $0.hasSuffix(".log") }
        let indexes = try folder.files().filter { $0.hasSuffix(".idx") }
        #expect(logs.count > 3)
        #expect(indexes.count == logs.count - 1)
        for log in logs { #expect(try folder.bytes(log).count <= 400) }
    }

    @Test func `a missing or damaged index is rebuilt`() throws {
        let folder = try manySegments()
        let indexes = try folder.files().filter { $0.hasSuffix(".idx") }
        let good = try indexes.map { try folder.bytes($0) }
        for (index, name) in indexes.enumerated() {
            switch index % 3 {
            case 0: try folder.remove(name)
            case 1: try folder.write([], name)
            default: try folder.write(good[index].map { $0 ^ 1 }, name)
            }
        }
        #expect(try reopened(folder).blocks() == (1...20).map { block($0) })
        #expect(try indexes.map { try folder.bytes($0) } == good)
    }

    @Test func `an index removed under an open log costs time, not blocks`() throws {
        let folder = try manySegments()
        let log = try reopened(folder)
        for name in try folder.files() where name.hasSuffix(".idx") { try folder.remove(name) }
        #expect(try log.blocks(from: 2) == (2...20).map { block($0) })
    }

    @Test func `a missing segment is corruption, at the start and in the middle`() throws {
        for missing in [0, 1, 2] {
            let folder = try manySegments()
            let logs = try folder.files().filter { $0.hasSuffix(".log") }
            try folder.remove(logs[missing])
            let failure = #expect(throws: StorageFailure.self) { _ = try reopened(folder) }
            guard case .corrupt = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
        }
    }

    @Test func `a sealed segment that was cut short is corruption`() throws {
        let folder = try manySegments()
        let bytes = try folder.bytes(first)
        for removesIndex in [false, true] {
            try folder.write(Array(bytes.dropLast(3)), first)
            if removesIndex { try folder.remove("00000000000000000001.idx") }
            let failure = #expect(throws: StorageFailure.self) { _ = try reopened(folder) }
            guard case .corrupt = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
        }
    }

    @Test func `a segment whose creation was cut short is begun again`() throws {
        let folder = try manySegments()
        let log = try reopened(folder)
        let next = "00000000000000000021.log"
        let header = try folder.bytes(first).prefix(32)
        for length in 0..<32 {
            try folder.write(Array(header.prefix(length)), next)
            let again = try reopened(folder)
            #expect(again.end == log.end)
            try again.append(block(21))
            #expect(try reopened(folder).blocks(from: 20) == [block(20), block(21)])
            try folder.remove(next)
            for name in try folder.files() where name > next { try folder.remove(name) }
        }
    }

    @Test func `reading begins in the middle of a large segment`() throws {
        let folder = try TemporaryFolder()
        let log = try open(folder)
        let written = (1...60).map { (position: Int) -> LogBlock in
            let words = (0..<1600).map { "\(position &* 2_654_435_761 % 97_777 &+ $0 &* 7_919)" }
            return block(UInt64(position), facts: 4, text: words.joined(separator: " "))
        }
        for block in written { try log.append(block) }
        #expect(try folder.bytes(first).count > 200_000)
        for reader in [log, try open(folder)] {
            for start in [1, 2, 29, 30, 59, 60] {
                #expect(try reader.blocks(from: UInt64(start)) == Array(written[(start - 1)...]))
            }
        }
    }
}
