import Dispatch
import Synchronization
import TenureCore
import TenureSegments
import TenureStore
import Testing

/// A way to make a log; the contract runs over each of them.
struct LogBackend: Sendable, CustomTestStringConvertible {
    let name: String
    let make: @Sendable () throws -> LogBed

    var testDescription: String { name }

    static let all = [
        LogBackend(name: "memory") {
            let log = MemoryLog()
            return LogBed(log) { log }
        },
        segments(of: SegmentLog.segmentBytes), segments(of: 2000), segments(of: 1),
    ]

    static func segments(of bytes: Int) -> LogBackend {
        LogBackend(name: "segments of \(bytes) bytes") {
            let folder = try TemporaryFolder()
            return LogBed(try SegmentLog(directory: folder.path, segmentBytes: bytes)) {
                try SegmentLog(directory: folder.path, segmentBytes: bytes)
            }
        }
    }
}

final class LogBed: Sendable {
    let log: any IntakeLog
    let reopened: @Sendable () throws -> any IntakeLog

    init(_ log: any IntakeLog, reopened: @escaping @Sendable () throws -> any IntakeLog) {
        self.log = log
        self.reopened = reopened
    }
}

extension IntakeLog {
    func blocks(from position: UInt64 = 1) throws -> [LogBlock] {
        var found: [LogBlock] = []
        try read(from: position) {
            found.append($0)
            return true
        }
        return found
    }
}

/// What every intake log promises.
@Suite(.temporaryFolders) struct LogContractTests {
    @Test(arguments: LogBackend.all)
    func `a new log ends at zero and reads nothing`(_ backend: LogBackend) throws {
        let bed = try backend.make()
        #expect(bed.log.end == 0)
        #expect(try bed.log.blocks().isEmpty)
        #expect(try bed.reopened().end == 0)
    }

    @Test(arguments: LogBackend.all)
    func `blocks are read back as they were written, from any position, also after reopening`(
        _ backend: LogBackend
    ) throws {
        let bed = try backend.make()
        let written = (1...40).map {
            block($0, facts: Int($0 % 5), text: String(repeating: "long ", count: Int($0)))
        }
        for block in written { try bed.log.append(block) }
        for log in [bed.log, try bed.reopened()] {
            #expect(log.end == 40)
            for start in 0...41 {
                #expect(try log.blocks(from: UInt64(start)) == Array(written[max(0, start - 1)...]))
            }
            #expect(try log.blocks(from: .max).isEmpty)
        }
    }

    @Test(arguments: LogBackend.all)
    func `reading stops when the reader has had enough`(_ backend: LogBackend) throws {
        let log = try backend.make().log
        for position: UInt64 in 1...9 { try log.append(block(position)) }
        var seen: [UInt64] = []
        try log.read(from: 2) {
            seen.append($0.position)
            return $0.position < 5
        }
        #expect(seen == [2, 3, 4, 5])
    }

    @Test(arguments: LogBackend.all)
    func `gaps, repetitions and a clock that goes back are refused`(_ backend: LogBackend) throws {
        let bed = try backend.make()
        try bed.log.append(block(1))
        for log in [bed.log, try bed.reopened()] {
            #expect(throws: StorageFailure.self) { try log.append(block(1)) }
            #expect(throws: StorageFailure.self) { try log.append(block(3)) }
            #expect(throws: StorageFailure.self) { try log.append(block(0)) }
            var early = block(2)
            early.now = at(99)
            #expect(throws: StorageFailure.self) { try log.append(early) }
            #expect(log.end == 1)
        }
        let log = try bed.reopened()
        try log.append(block(2))
        #expect(try log.blocks() == [block(1), block(2)])
    }

    @Test(arguments: LogBackend.all)
    func `appending goes on after reopening`(_ backend: LogBackend) throws {
        let bed = try backend.make()
        for position: UInt64 in 1...12 {
            let log = try bed.reopened()
            #expect(log.end == position - 1)
            try log.append(block(position))
        }
        #expect(try bed.reopened().blocks() == (1...12).map { block($0) })
    }

    @Test(arguments: LogBackend.all)
    func `readers on other threads see whole prefixes while blocks are appended`(_ backend: LogBackend) throws
    {
        let bed = try backend.make()
        let last: UInt64 = 150
        let problems = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 3) { worker in
            do {
                if worker == 0 {
                    for position in 1...last { try bed.log.append(block(position)) }
                } else {
                    try follow(bed.log, to: last)
                }
            } catch {
                problems.withLock { $0.append("\(error)") }
            }
        }
        #expect(problems.withLock { $0 } == [])
        #expect(bed.log.end == last)
    }

    private func follow(_ log: any IntakeLog, to last: UInt64) throws {
        var rounds = 0
        while log.end < last, rounds < 100_000 {
            let end = log.end
            let found = try log.blocks(from: max(1, end / 2))
            let first = max(1, end / 2)
            let isWhole = found.enumerated().allSatisfy { $0.element == block(first + UInt64($0.offset)) }
            guard isWhole, UInt64(found.count) + first > end else {
                throw StorageFailure.failed(
                    path: "", detail: "\(found.count) blocks from \(first), end \(end)")
            }
            rounds += 1
        }
    }
}
