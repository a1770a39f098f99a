#if DEBUG
    import TenureSegments
    import TenureStore
    import Testing

    private let segment = "00000000000000000001.log"

    /// The disk of the crash tests: it must forget what was not flushed, and nothing else.
    @Suite(.temporaryFolders) struct LossyDiskTests {
        @Test func `what a log has appended is on the disk, what it only wrote is not`() throws {
            let folder = try TemporaryFolder()
            let disk = LossyDisk()
            let log = try SegmentLog(directory: folder.path, calls: disk.calls)
            try log.append(block(1))
            #expect(try SegmentLog(directory: folder.path).blocks() == [block(1)])

            let calls = DiskCalls(write: disk.calls.write, sync: { _ in 0 })
            let careless = try SegmentLog(directory: folder.path, calls: calls)
            let before = try folder.bytes(segment)
            try careless.append(block(2))
            #expect(try folder.bytes(segment) == before)
            #expect(try SegmentLog(directory: folder.path).blocks() == [block(1)])
        }

        @Test func `a log on it seals its segments as on any other`() throws {
            let folder = try TemporaryFolder()
            let log = try SegmentLog(directory: folder.path, segmentBytes: 400, calls: LossyDisk().calls)
            for position: UInt64 in 1...20 { try log.append(block(position)) }
            #expect(try log.blocks() == (1...20).map { block($0) })
            #expect(try SegmentLog(directory: folder.path).blocks() == (1...20).map { block($0) })
        }
    }
#endif
