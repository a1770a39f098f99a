import Synchronization
import TenureCore
import TenureEngine
import TenureProgramme
import TenureStore
import Testing

@testable import TenureRuntime

/// Files beside a log that a test may look into.
private final class Files: RestartFiles {
    private struct Run: EventRun {
        let name: String
        let records: [EventKey: EventRecord]

        func record(_ key: EventKey) throws -> EventRecord? { records[key] }
    }

    private struct State {
        var points: [String: [UInt8]] = [:]
        var runs: [String: Run] = [:]
        var made = 0
    }

    private let state = Mutex(State())

    var points: [String] { state.withLock { $0.points.keys.sorted() } }
    var runs: [String] { state.withLock { $0.runs.keys.sorted() } }
    func keep(_ records: [EventRecord]) throws -> any EventRun {
        state.withLock { state in
            state.made += 1
            let run = Run(name: "\(state.made).ids", records: Dictionary(uniqueKeysWithValues: records.map { ($0.key, $0) }))
            state.runs[run.name] = run
            return run
        }
    }
    func run(named name: String) -> (any EventRun)? { state.withLock { $0.runs[name] } }
    func write(_ bytes: [UInt8], named name: String) { state.withLock { $0.points[name] = bytes } }
    func read(_ name: String) -> [UInt8]? { state.withLock { $0.points[name] } }
    func remove(except names: Set<String>) {
        state.withLock { state in
            state.points = state.points.filter { names.contains($0.key) }
            state.runs = state.runs.filter { names.contains($0.key) }
        }
    }
}

/// A log that tells how much of it is read.
private final class CountedLog: IntakeLog {
    private let log: MemoryLog
    private let files: Files
    private let blocks = Mutex(0)

    init(_ log: MemoryLog, _ files: Files) { (self.log, self.files) = (log, files) }

    var readBlocks: Int { blocks.withLock { $0 } }
    var end: UInt64 { log.end }
    var restartFiles: (any RestartFiles)? { files }
    func append(_ block: LogBlock) throws { try log.append(block) }
    func read(from position: UInt64, _ body: (LogBlock) throws -> Bool) throws {
        try log.read(from: position) { block in
            blocks.withLock { $0 += 1 }
            return try body(block)
        }
    }
}

/// A start reads on from the restart point and knows what one knows that reads everything.
struct RestartPointTests {
    private let log = MemoryLog()
    private let files = Files()
    private let store = MemoryStore()

    private func started() throws -> (writer: Writer, log: CountedLog) {
        let log = CountedLog(log, files)
        var writer = Writer(
            workspace: "acme", keys: WorkspaceKeys(secret: Array(repeating: 7, count: 32), workspace: "acme"), log: log,
            store: store, composer: PlainTextComposer(),
            programme: CompiledProgramme(try makeProgramme(), zones: ZoneTable(text: "version t")))
        writer.blocksBetweenRestartPoints = 10
        writer.idsInMemoryMax = 30
        try writer.recover()
        return (writer, log)
    }

    private func batch(_ number: Int) -> [Arrival] {
        let account = "a\(number % 7)"
        let made = Arrival(
            id: "made-\(account)", source: "crm", type: FactType.accountChanged, subject: .account(account), data: [:])
        let sessions = (0..<3).map {
            Arrival(id: "s-\(number)-\($0)", source: "app", type: "user.session", subject: .account(account), user: "u", data: [:])
        }
        let stray = Arrival(
            id: "stray-\(number)", source: "app", type: "user.session", subject: .account("later"), user: "u", data: [:])
        return [made] + sessions + [stray]
    }

    private func live(_ writer: inout Writer, _ numbers: Range<Int>) throws {
        for number in numbers {
            let now = noon + Int64(number) * Milliseconds.minute
            if let block = try writer.accept(batch(number), now: now).block { try writer.process(block) }
        }
    }

    /// What a start must know, whatever it reads.
    private func known(_ writer: inout Writer) throws -> [String] {
        let answers = try (0..<60).flatMap { number in
            try writer.accept(batch(number), now: noon + Milliseconds.day).answers.map { "\($0)" }
        }
        let states = writer.accounts.keys.sorted().map { "\($0) \(hash64(writer.accounts.kept($0)?.bytes ?? []))" }
        return answers + states + ["\(writer.shared)", "\(writer.position)", "\(writer.merges)"]
    }

    private func readingEverything() throws -> [String] {
        files.remove(except: [])
        var (writer, log) = try started()
        #expect(log.readBlocks >= 50)
        return try known(&writer)
    }

    @Test func `a stop in order leaves nothing to read`() throws {
        var (writer, _) = try started()
        try live(&writer, 0..<60)
        try writer.saveAll()
        var (again, log) = try started()
        // The block of the point itself, to know the log by.
        #expect(log.readBlocks == 1)
        let known = try known(&again)
        #expect(known.filter { $0 == "duplicate" }.count == 300)
        #expect(try readingEverything() == known)
    }

    @Test func `which accounts are parts of others is known where nothing is read`() throws {
        var (writer, _) = try started()
        let wentLive = Arrival(id: "live", source: "operator", type: FactType.workspaceWentLive, subject: .workspace)
        if let block = try writer.accept([wentLive], now: noon).block { try writer.process(block) }
        try live(&writer, 0..<20)
        let (part, survivor) = (writer.keys.account(external: "a1"), writer.keys.account(external: "a2"))
        let terms = MergeTerms(taken: ["tier"], kept: ["name"])
        try writer.process(try writer.merge(part, into: survivor, terms, by: "ada", reason: "one", now: noon))
        try live(&writer, 20..<60)
        try writer.saveAll()
        var (again, log) = try started()
        #expect(log.readBlocks == 1 && again.merges == writer.merges && again.merges.count == 1)
        let known = try known(&again)
        #expect(try readingEverything() == known)
    }

    @Test func `after a sudden end what is behind the point is read, and no more`() throws {
        var (writer, _) = try started()
        try live(&writer, 0..<60)
        var (again, log) = try started()
        #expect((1..<25).contains(log.readBlocks), "\(log.readBlocks)")
        let known = try known(&again)
        #expect(known.filter { $0 == "duplicate" }.count == 300)
        #expect(try readingEverything() == known)
    }

    @Test func `a point is not in force while an account that it is ahead of is not saved`() throws {
        var (writer, _) = try started()
        writer.checkpointBytesPerCommit = 0
        try live(&writer, 0..<60)
        #expect(!files.points.isEmpty)
        #expect(store.setting(RestartPoint.setting) == nil)
        writer.checkpointBytesPerCommit = 256 * 1024
        try live(&writer, 60..<61)
        #expect(store.setting(RestartPoint.setting) != nil)
    }

    @Test func `without a file of the point, with a damaged one, or with that of another log everything is read`() throws {
        var (writer, _) = try started()
        try live(&writer, 0..<60)
        try writer.saveAll()
        let position = try #require(store.setting(RestartPoint.setting).flatMap { UInt64($0) })
        let name = RestartPoint.name(position)
        let sound = try #require(files.read(name))
        let point = try #require(RestartPoint(bytes: sound))
        var other = point
        other.now = point.now + 1
        for bytes in [[], Array(sound.dropLast()), sound.dropLast(20) + [1] + sound.suffix(19), other.bytes] {
            files.write(bytes, named: name)
            #expect(try started().log.readBlocks >= 50)
        }
        var lacking = point
        lacking.ids.runs.append(.init(name: "no.ids", newest: 0))
        files.write(lacking.bytes, named: name)
        #expect(try started().log.readBlocks >= 50)
    }

    @Test func `points and ids that nobody needs any more are removed`() throws {
        var (writer, _) = try started()
        try live(&writer, 0..<200)
        try writer.saveAll()
        let point = try #require(store.setting(RestartPoint.setting))
        #expect(files.points == ["\(point).restart"])
        #expect(files.runs.count > 5 && files.runs == writer.index.runNames.sorted())
    }
}
