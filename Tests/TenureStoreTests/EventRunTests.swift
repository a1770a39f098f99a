import TenureCore
import TenureFixtures
import TenureSegments
import TenureStore
import Testing

/// Ids of events in files of their own.
@Suite(.temporaryFolders) struct EventRunTests {
    private func record(_ number: Int) -> EventRecord {
        EventRecord(
            key: EventKey(high: hash64("high \(number)"), low: hash64("low \(number)")), content: UInt64(number),
            day: Int32(number % 90 - 30))
    }

    @Test(arguments: [0, 1, 127, 128, 129, 5000]) func `a run has what was put in and nothing else`(count: Int) throws {
        let log = try SegmentLog(directory: try TemporaryFolder().path)
        let run = try #require(try log.spill { (0..<count).map(record) })
        for number in 0..<count { #expect(try run.record(record(number).key) == record(number)) }
        for number in count..<count + 2000 { #expect(try run.record(record(number).key) == nil) }
    }

    @Test func `keys that begin alike are told apart, across pages too`() throws {
        let log = try SegmentLog(directory: try TemporaryFolder().path)
        let keys = (0..<400).map { EventKey(high: UInt64($0 / 300), low: UInt64($0) &* 0x9E37_79B9_7F4A_7C15) }
        let run = try #require(try log.spill { keys.map { EventRecord(key: $0, content: $0.low, day: 1) } })
        for key in keys { #expect(try run.record(key)?.content == key.low) }
        for key in keys { #expect(try run.record(EventKey(high: key.high + 2, low: key.low)) == nil) }
    }

    @Test func `a run leaves no file behind, and what a crash left is removed`() throws {
        let folder = try TemporaryFolder()
        let log = try SegmentLog(directory: folder.path)
        let before = try folder.files()
        let run = try log.spill { [record(1)] }
        #expect(try folder.files() == before)
        try folder.write([1, 2, 3], "1-1.ids")
        _ = try SegmentLog(directory: folder.path)
        #expect(try folder.files() == before)
        #expect(try run?.record(record(1).key) == record(1))
    }
}
