import Synchronization
import TenureCore
import TenureSegments
import TenureStore
import Testing

private let noSpace = 28
private let inputOutput: Int32 = 5
private let segment = "00000000000000000001.log"

/// A disk with so much room, whose flushes can be made to fail.
private final class SmallDisk: Sendable {
    private let room: Mutex<Int>
    private let failsFlush = Atomic(false)

    init(room: Int) { self.room = Mutex(room) }

    func add(room more: Int) { room.withLock { $0 += more } }
    func setFlushFails(_ fails: Bool) { failsFlush.store(fails, ordering: .relaxed) }

    var calls: DiskCalls {
        DiskCalls(
            write: { [self] descriptor, bytes, offset in
                let taken = room.withLock { room in
                    defer { room -= min(room, bytes.count) }
                    return min(room, bytes.count)
                }
                guard taken > 0 else { return -noSpace }
                return DiskCalls.system.write(descriptor, bytes.prefix(taken), offset)
            },
            sync: { [self] descriptor in
                failsFlush.load(ordering: .relaxed) ? inputOutput : DiskCalls.system.sync(descriptor)
            })
    }
}

@Suite(.temporaryFolders) struct FailingDiskTests {
    @Test func `a full disk refuses the block whole, wherever the room ends, and takes it later`() throws {
        for room in stride(from: 0, to: 220, by: 3) {
            let folder = try TemporaryFolder()
            let disk = SmallDisk(room: 10_000)
            let log = try SegmentLog(directory: folder.path, calls: disk.calls)
            try log.append(block(1))
            let size = try folder.bytes(segment).count
            disk.add(room: room - (10_000 - size))
            let large = block(2, facts: 40, text: "\(room) of no repetition \(room &* 7919)")
            let failure = #expect(throws: StorageFailure.self) { try log.append(large) }
            #expect(failure == .full(path: folder.path + "/" + segment))
            #expect(try folder.bytes(segment).count == size)
            #expect(log.end == 1)
            #expect(try log.blocks() == [block(1)])
            disk.add(room: 100_000)
            try log.append(large)
            let again = try SegmentLog(directory: folder.path)
            #expect(again.tornTail == nil)
            #expect(try again.blocks() == [block(1), large])
        }
    }

    @Test func `a disk that fills up while a segment is sealed loses nothing`() throws {
        for room in stride(from: 0, to: 160, by: 1) {
            let folder = try TemporaryFolder()
            let disk = SmallDisk(room: 10_000)
            let log = try SegmentLog(directory: folder.path, segmentBytes: 200, calls: disk.calls)
            try log.append(block(1))
            disk.add(room: room - (10_000 - (try folder.bytes(segment).count)))
            let failure = #expect(throws: StorageFailure.self) { try log.append(block(2)) }
            guard case .full = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(try SegmentLog(directory: folder.path, segmentBytes: 200).blocks() == [block(1)])
            disk.add(room: 10_000)
            let retried = try SegmentLog(directory: folder.path, segmentBytes: 200, calls: disk.calls)
            try retried.append(block(2))
            #expect(try SegmentLog(directory: folder.path).blocks() == [block(1), block(2)])
        }
    }

    @Test func `the same log goes on after its disk was full while sealing`() throws {
        let folder = try TemporaryFolder()
        let disk = SmallDisk(room: 10_000)
        let log = try SegmentLog(directory: folder.path, segmentBytes: 200, calls: disk.calls)
        try log.append(block(1))
        disk.add(room: 50 - (10_000 - (try folder.bytes(segment).count)))
        for _ in 0..<3 { #expect(throws: StorageFailure.self) { try log.append(block(2)) } }
        disk.add(room: 10_000)
        for position: UInt64 in 2...6 { try log.append(block(position)) }
        #expect(try log.blocks() == (1...6).map { block($0) })
        #expect(try SegmentLog(directory: folder.path).blocks() == (1...6).map { block($0) })
    }

    @Test func `after a failed flush nothing is appended any more`() throws {
        let folder = try TemporaryFolder()
        let disk = SmallDisk(room: 100_000)
        let log = try SegmentLog(directory: folder.path, calls: disk.calls)
        try log.append(block(1))
        disk.setFlushFails(true)
        let expected = StorageFailure.syncFailed(path: folder.path + "/" + segment, code: inputOutput)
        #expect(throws: expected) { try log.append(block(2)) }
        disk.setFlushFails(false)
        #expect(throws: expected) { try log.append(block(2)) }
        #expect(log.end == 1)
        #expect(try log.blocks() == [block(1)])
    }
}
