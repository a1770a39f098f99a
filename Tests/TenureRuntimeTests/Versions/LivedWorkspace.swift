import TenureAuthoring
import TenureCore
import TenureEngine
import TenurePacks
import TenureProgramme
import TenureRuntime
import TenureSimulator
import TenureStore
import Testing

/// A workspace with the starter programme that has lived through some months, in memory.
struct LivedWorkspace {
    static let firstDay = Day(CivilDate(year: 2025, month: 1, day: 6))
    static let library = ProgrammeLibrary(files: EmbeddedFiles.all)
    static let keys = WorkspaceKeys(secret: Array("versions-secret-of-32-bytes-okay".utf8), workspace: "lived")

    let loaded: LoadedProgramme
    let log: any IntakeLog
    let store: any StateStore
    var writer: Writer

    /// - Parameters:
    ///   - accounts: customers of the simulated world.
    ///   - checkpointBytes: of states that are saved with each commit; 0: none ever is.
    static func make(accounts: Int = 10, days: Int = 80, checkpointBytes: Int = 256 * 1024) throws -> LivedWorkspace {
        var lived = try empty()
        lived.writer.checkpointBytesPerCommit = checkpointBytes
        let world = World(
            programme: lived.writer.programme, accounts: 0..<accounts, days: days, seed: 7, firstDay: firstDay,
            intensity: 0.4)
        var simulation = Simulation(world: world, writer: lived.writer, stepHours: 24)
        _ = try simulation.run()
        lived.writer = simulation.writer
        return lived
    }

    static func empty(_ edits: [(file: String, from: String, to: String)] = []) throws -> LivedWorkspace {
        let loaded = try starter(edits)
        let (log, store) = (MemoryLog(), MemoryStore())
        var commit = Commit(position: 0, now: start(of: 0))
        commit.programmes = [loaded.row(1, at: start(of: 0), by: "test", reason: "The first version")]
        try store.commit(commit)
        return LivedWorkspace(loaded: loaded, log: log, store: store, writer: writer(loaded, log, store))
    }

    static func writer(_ loaded: LoadedProgramme, _ log: any IntakeLog, _ store: any StateStore) -> Writer {
        Writer(
            workspace: "lived", keys: keys, log: log, store: store, composer: PlainTextComposer(),
            programme: library.compile(loaded, number: 1), library: library)
    }

    static func start(of day: Int) -> Instant {
        Instant(milliseconds: Int64(firstDay.number + Int32(day)) * Milliseconds.day)
    }

    /// The starter programme with lines changed: each text must be there once at least.
    static func starter(_ edits: [(file: String, from: String, to: String)] = []) throws -> LoadedProgramme {
        var files = library.folder("starter").files
        for edit in edits {
            let index = try #require(files.firstIndex { $0.path == edit.file })
            try #require(files[index].text.contains(edit.from), "\(edit.file) holds no \(edit.from)")
            files[index].text = files[index].text.replacing(edit.from, with: edit.to, maxReplacements: 1)
        }
        let (loaded, mistakes) = library.read(ProgrammeFolder(files: files))
        #expect(mistakes.filter { $0.severity == .error }.map(\.title) == [])
        return try #require(loaded)
    }

    /// Everything that was recorded for the accounts from an instant on.
    func courses(from start: Instant, bandIDs: [String]) throws -> [AccountID: Course] {
        var courses: [AccountID: Course] = [:]
        for row in try store.decisions(after: nil, limit: .max) where row.at >= start {
            courses[row.account, default: Course()].take(try Decision(bytes: row.bytes), bandIDs: bandIDs)
        }
        return courses
    }
}
