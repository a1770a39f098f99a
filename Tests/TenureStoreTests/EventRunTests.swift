import TenureCore
import TenureFixtures
import TenureSegments
import TenureStore
import Testing

/// Ids of events in files of their own.
@Suite(.temporaryFolders) struct EventRunTests {
    private let folder: TemporaryFolder
    private let files: any RestartFiles

    init() throws {
        folder = try TemporaryFolder()
        files = try #require(try SegmentLog(directory: folder.path).restartFiles)
    }

    private func record(_ number: Int) -> EventRecord {
        EventRecord(
            key: EventKey(high: hash64("high \(number)"), low: hash64("low \(number)")), content: UInt64(number),
            day: Int32(number % 90 - 30))
    }

    @Test(arguments: [0, 1, 127, 128, 129, 5000]) func `a run has what was put in and nothing else, opened again too`(
        count: Int
    ) throws {
        let kept = try files.keep((0..<count).map(record))
        for run in [kept, try #require(files.run(named: kept.name))] {
            for number in 0..<count { #expect(try run.record(record(number).key) == record(number)) }
            for number in count..<count + 2000 { #expect(try run.record(record(number).key) == nil) }
        }
    }

    @Test func `keys that begin alike are told apart, across pages too`() throws {
        let keys = (0..<400).map { EventKey(high: UInt64($0 / 300), low: UInt64($0) &* 0x9E37_79B9_7F4A_7C15) }
        let run = try files.keep(keys.map { EventRecord(key: $0, content: $0.low, day: 1) })
        for key in keys { #expect(try run.record(key)?.content == key.low) }
        for key in keys { #expect(try run.record(EventKey(high: key.high + 2, low: key.low)) == nil) }
    }

    @Test func `a run with one wrong bit, or without its end, is none; one that was open says so when it is asked`() throws {
        let open = try files.keep((0..<200).map(record))
        let sound = try folder.bytes(open.name)
        for place in stride(from: 0, to: sound.count, by: 7) {
            var wrong = sound
            wrong[place] ^= 1
            try folder.write(wrong, open.name)
            #expect(files.run(named: open.name) == nil, "\(place)")
        }
        for count in [0, 23, 24, sound.count / 2, sound.count - 1] {
            try folder.write(Array(sound.prefix(count)), open.name)
            #expect(files.run(named: open.name) == nil, "\(count)")
        }
        #expect(throws: StorageFailure.self) { for number in 0..<200 { _ = try open.record(record(number).key) } }
    }

    @Test func `what is not named goes, and nothing else of the folder`() throws {
        let before = try folder.files()
        let runs = try (0..<3).map { _ in try files.keep([record(1)]) }
        try files.write([1, 2, 3], named: "7.restart")
        #expect(files.read("7.restart") == [1, 2, 3])
        files.remove(except: ["7.restart", runs[1].name])
        #expect(Set(try folder.files()) == Set(before + ["7.restart", runs[1].name]))
        #expect(files.run(named: runs[0].name) == nil && files.run(named: runs[1].name) != nil)
        files.remove(except: [])
        #expect(try folder.files() == before)
    }
}
