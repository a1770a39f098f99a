import Logging
import TenureAuthoring
import TenureCore
import TenureEngine
import TenureFixtures
import TenureRuntime
import TenureStore

/// A process of the product on a disk: started, and started again whenever it is gone.
struct SwarmMachine {
    static let id: WorkspaceID = "swarm"
    static let keys = WorkspaceKeys(secret: Array("swarm-secret-of-32-bytes-is-okay".utf8), workspace: id)
    /// Starts that fail one after the other before it is a mistake: each may meet a fault of its own.
    private static let startsMax = 60

    let disk: SwarmDisk
    let clock: SettableClock
    let post: SwarmPost
    private(set) var workspace: Workspace
    private(set) var rounds: DispatchRounds

    init(disk: SwarmDisk, clock: SettableClock, post: SwarmPost) async throws {
        self.disk = disk
        self.clock = clock
        self.post = post
        try Self.found(in: disk.store, now: clock.now)
        (workspace, rounds) = try Self.started(disk, clock, post)
    }

    private static func found(in store: any StateStore, now: Instant) throws {
        var commit = Commit(position: 0, now: now)
        commit.programmes = [try SwarmProgramme.version(1).row(1, at: now, by: "swarm", reason: "The first version")]
        try store.commit(commit)
    }

    /// A process that is gone is replaced by another one.
    mutating func startIfGone() throws {
        guard !disk.isRunning else { return }
        (workspace, rounds) = try Self.started(disk, clock, post)
    }

    /// Ends in order and starts again.
    mutating func restart() async throws {
        await workspace.close()
        disk.cut()
        try startIfGone()
    }

    private static func started(
        _ disk: SwarmDisk, _ clock: SettableClock, _ post: SwarmPost
    ) throws -> (Workspace, DispatchRounds) {
        for _ in 1..<startsMax {
            do {
                return try start(disk, clock, post)
            } catch is ProcessGone {
                continue
            } catch is StorageFailure {
                disk.cut()
            }
        }
        throw Finding("it does not start any more")
    }

    private static func start(
        _ disk: SwarmDisk, _ clock: SettableClock, _ post: SwarmPost
    ) throws -> (Workspace, DispatchRounds) {
        let process = disk.begin()
        disk.note("process \(process) starts")
        var writer = try writer(SwarmLog(disk, process), SwarmStore(disk, process))
        writer.checkpointBytesPerCommit = [0, 600, 4000, 256 * 1024][disk.below(4)]
        writer.blocksBetweenRestartPoints = [1, 5, 40, 16_384][disk.below(4)]
        writer.idsInMemoryMax = [3, 20, 100, 100_000][disk.below(4)]
        // Another one goes on from what is recorded, and must come to the same.
        writer.build = disk.happens(.otherBuild) ? "build \(process)" : disk.store.setting("build") ?? "build 0"
        do {
            try writer.recover()
        } catch let divergence as Divergence {
            throw Finding("a replay concludes something else at position \(divergence.position)")
        }
        let lag = disk.plant == .wokenLate ? Milliseconds.day : 0
        let workspace = Workspace(
            writer: writer, clock: { clock.now + -lag },
            patience: Patience(
                now: { .milliseconds(clock.now.milliseconds) }, wait: { _ in disk.happens(.factsGather) ? .seconds(60) : .zero }),
            onFatal: { error in
                // Said after the answer: whoever heard that first may have started another process.
                disk.cut(process)
            }, logger: Logger(label: "swarm") { _ in SwiftLogNoOpLogHandler() })
        let dispatcher = Dispatcher(
            workspace: workspace, channels: [.mail: post], logger: Logger(label: "swarm") { _ in SwiftLogNoOpLogHandler() })
        return (workspace, DispatchRounds(dispatcher))
    }

    /// A writer over what is there, not yet recovered.
    static func writer(_ log: any IntakeLog, _ store: any StateStore) throws -> Writer {
        guard try store.committedPosition() <= log.end else { throw Finding("the store is ahead of its log") }
        let number = try store.setting("programme.version").flatMap { Int($0) } ?? 1
        guard let row = try store.programme(number) else { throw Finding("there is no version \(number)") }
        let library = SwarmProgramme.library
        return Writer(
            workspace: id, keys: keys, log: log, store: store, composer: PlainTextComposer(),
            programme: library.compile(try library.load(row), number: number), library: library)
    }

    /// One round of what the dispatcher's service does without end.
    mutating func dispatch() async throws -> Int { try await rounds.next() }
}

/// A promise that was not kept.
package struct Finding: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}
