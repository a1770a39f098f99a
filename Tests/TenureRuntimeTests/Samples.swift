import Logging
import Synchronization
import TenureAuthoring
import TenureCore
import TenureEngine
import TenureProgramme
import TenureRuntime
import TenureStore
import Testing

let noon = Instant(milliseconds: 1_773_057_600_000)

/// A programme with one event that asks for something, and next to nothing else.
private let folder = ProgrammeFolder(files: [
    (
        "programme.yaml",
        """
        programme: {id: acme, title: Acme Vendor, version: 1, day_one: 0, time_zone: UTC, currency: USD}
        events:
          - {type: user.session, title: Session, activity: true}
          - {type: report.exported, title: Export, fields: {format: {type: choice, choices: [pdf, csv], required: true}}}
        metrics:
          - {id: users.active, title: Active users, unit: count, better: up, active_members: true, windows: [7d]}
        health:
          id: overall
          version: 1
          coverage_floor: 10
          group_coverage_floor: 10
          hysteresis: 0
          dwell_days: 0
          groups:
            - id: usage
              title: Usage
              weight: 100
              components:
                - {id: active, title: Active users, weight: 1, metric: users.active.7d, curve: {linear: [[0, 0], [3, 100]]}}
          bands:
            - {id: healthy, title: Healthy, from: 70, tone: good, action: Grow}
            - {id: critical, title: Critical, from: 0, tone: critical, action: Call}
        """
    )
])

/// - Parameter folder: of another programme than the usual one.
func makeProgramme(_ folder: ProgrammeFolder = folder) throws -> Programme {
    let (loaded, mistakes) = ProgrammeReader.read(folder, catalogue: nil, zones: ZoneTable(text: "version t"))
    #expect(mistakes.map(\.title) == [])
    return try #require(loaded).programme
}

/// A live workspace in memory whose disk a test fills and frees.
struct RoomyWorkspace: Sendable {
    let workspace: Workspace
    let room: Room

    init(
        hasRoom: Bool = true, clock: @escaping @Sendable () -> Instant = { noon },
        onFatal: @escaping @Sendable (any Error) -> Void = { Issue.record("ended by \($0)") }
    ) async throws {
        let room = Room(hasRoom)
        let writer = Writer(
            workspace: "acme", keys: WorkspaceKeys(secret: Array(repeating: 7, count: 32), workspace: "acme"),
            log: MemoryLog(), store: MemoryStore(), composer: PlainTextComposer(),
            programme: CompiledProgramme(try makeProgramme(), zones: ZoneTable(text: "version t")))
        self.room = room
        workspace = Workspace(
            writer: writer, clock: clock, patience: .none, hasRoom: { room.isThere }, onFatal: onFatal,
            logger: Logger(label: "test"))
    }
}

final class Room: Sendable {
    private let state: Mutex<Bool>

    init(_ isThere: Bool) { state = Mutex(isThere) }

    var isThere: Bool { state.withLock { $0 } }
    func set(_ isThere: Bool) { state.withLock { $0 = isThere } }
}
