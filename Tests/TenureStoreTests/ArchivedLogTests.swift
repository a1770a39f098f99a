import TenureSegments
import TenureStore
import Testing

/// A log that is only looked at, and what a backup takes of it.
@Suite(.temporaryFolders) struct ArchivedLogTests {
    /// Twelve blocks, in segments of a few.
    private func twelve() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let log = try SegmentLog(directory: folder.path, segmentBytes: 700)
        for position: UInt64 in 1...12 { try log.append(block(position)) }
        return folder
    }

    private func contents(_ folder: TemporaryFolder) throws -> [String: [UInt8]] {
        Dictionary(uniqueKeysWithValues: try folder.files().map { ($0, try folder.bytes($0)) })
    }

    @Test(arguments: [ArchivedLog.Depth.indexes, .blocks])
    func `it reads what a log reads, and changes nothing`(_ depth: ArchivedLog.Depth) throws {
        let folder = try twelve()
        try folder.write(try folder.bytes("00000000000000000001.log") + [1, 2, 3], "leftover.idx.tmp")
        let before = try contents(folder)
        let log = try ArchivedLog(directory: folder.path, depth: depth)
        #expect(log.end == 12 && log.tornBytes == 0 && log.segmentCount > 2)
        #expect(try log.blocks() == (1...12).map { block($0) })
        #expect(try log.blocks(from: 7) == (7...12).map { block($0) })
        #expect(throws: StorageFailure.self) { try log.append(block(13)) }
        #expect(try contents(folder) == before)
    }

    @Test func `an append that did not finish is counted and left where it is`() throws {
        let folder = try twelve()
        let last = try #require(try folder.files().last { $0.hasSuffix(".log") })
        try folder.write(try folder.bytes(last) + [7, 7, 7], last)
        let before = try contents(folder)
        let log = try ArchivedLog(directory: folder.path, depth: .indexes)
        #expect(log.end == 12 && log.tornBytes == 3)
        #expect(try contents(folder) == before)
    }

    @Test func `the parts up to any block are a log that ends with it`() throws {
        let folder = try twelve()
        let log = try ArchivedLog(directory: folder.path, depth: .indexes)
        for end: UInt64 in 0...12 {
            let copy = try TemporaryFolder()
            for part in try log.parts(upTo: end) {
                try FileCopy.copy(folder.path + "/" + part.name, to: copy.path + "/" + part.name, bytes: part.bytes) { _ in }
            }
            let copied = try ArchivedLog(directory: copy.path, depth: .blocks)
            #expect(copied.end == end && copied.tornBytes == 0)
            #expect(try SegmentLog(directory: copy.path).blocks() == (1...12).prefix(Int(end)).map { block($0) })
        }
    }

    @Test func `a flipped bit anywhere in a full segment is found`() throws {
        let folder = try twelve()
        let first = "00000000000000000001.log"
        let bytes = try folder.bytes(first)
        for place in bytes.indices {
            var damaged = bytes
            damaged[place] ^= 1 << UInt8(place % 8)
            try folder.write(damaged, first)
            #expect(throws: StorageFailure.self, "byte \(place)") { try ArchivedLog(directory: folder.path, depth: .blocks) }
        }
    }
}
