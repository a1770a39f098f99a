import Synchronization
import TenureCore
import TenureEngine
import TenureProgramme
import TenureStore
import Testing

@testable import TenureRuntime

/// A log whose disk is full for as long as a test wants it to be.
private final class FullLog: IntakeLog {
    private let log = MemoryLog()
    private let isFull = Mutex(false)

    func set(_ full: Bool) { isFull.withLock { $0 = full } }
    var end: UInt64 { log.end }
    func append(_ block: LogBlock) throws {
        if isFull.withLock({ $0 }) { throw StorageFailure.full(path: "test") }
        try log.append(block)
    }
    func read(from position: UInt64, _ body: (LogBlock) throws -> Bool) throws { try log.read(from: position, body) }
}

/// A batch that the log refused may be sent again, and nothing of it counts twice.
struct RefusedBatchTests {
    private let log = FullLog()

    private func writer() throws -> Writer {
        Writer(
            workspace: "acme", keys: WorkspaceKeys(secret: Array(repeating: 7, count: 32), workspace: "acme"), log: log,
            store: MemoryStore(), composer: PlainTextComposer(),
            programme: CompiledProgramme(try makeProgramme(), zones: ZoneTable(text: "version t")))
    }

    private func made(_ account: String) -> Arrival {
        Arrival(id: "made-\(account)", source: "crm", type: FactType.accountChanged, subject: .account(account), data: [:])
    }

    private func session(_ account: String) -> Arrival {
        Arrival(id: "s-\(account)", source: "app", type: "user.session", subject: .account(account), user: "u", data: [:])
    }

    @Test func `what waits for its account is taken once, though the log had no room for the rest of its batch`() throws {
        var writer = try writer()
        let batch = [session("later"), made("now")]
        log.set(true)
        #expect(throws: StorageFailure.full(path: "test")) { try writer.accept(batch, now: noon) }
        log.set(false)
        #expect(try writer.accept(batch, now: noon).answers == [.duplicate, .accepted])
        #expect(try writer.accept([made("later")], now: noon).answers == [.accepted])
        var taken: [String] = []
        try log.read(from: 1) { block in
            taken += block.facts.map(\.id)
            return true
        }
        #expect(taken == ["made-now", "made-later", "s-later"])
    }

    @Test func `what was not kept may come again`() throws {
        var writer = try writer()
        log.set(true)
        #expect(throws: StorageFailure.full(path: "test")) { try writer.accept([made("now"), session("now")], now: noon) }
        log.set(false)
        #expect(try writer.accept([made("now"), session("now")], now: noon).answers == [.accepted, .accepted])
    }
}
