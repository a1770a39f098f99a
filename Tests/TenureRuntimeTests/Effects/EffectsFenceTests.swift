import Logging
import Synchronization
import TenureCore
import TenureRuntime
import TenureStore
import Testing

private let hour = Milliseconds.hour

/// Takes whatever it is given and says so.
private final class OpenChannel: Channel {
    let name = "open"
    private let taken = Mutex<[String]>([])

    var keys: [String] { taken.withLock { $0.sorted() } }

    func send(_ delivery: Delivery) async -> DeliveryOutcome {
        taken.withLock { $0.append(delivery.key) }
        return .accepted(detail: "250")
    }
}

/// A workspace that was restored an hour before noon from a backup of two hours before.
private struct Restored {
    let workspace: Workspace
    let dispatcher: Dispatcher
    let channel = OpenChannel()

    /// `old` was decided before the restoration, `new` since, `later` is not due, `sending` was on its way.
    init() async throws {
        let store = try await RoomyWorkspace()
        workspace = store.workspace
        var rows = [
            Self.message("old", created: noon + -3 * hour), Self.message("new", created: noon + -1000),
            Self.message("sending", created: noon + -3 * hour),
        ]
        rows[2].state = .sending
        var later = Self.message("later", created: noon + -3 * hour)
        later.due = noon + hour
        rows.append(later)
        let messages = rows
        try await workspace.write { $0.outbox = messages }
        dispatcher = Dispatcher(
            workspace: workspace, channels: [.mail: channel], logger: Logger(label: "test"))
        try EffectsFence(backedUp: noon + -2 * hour, restored: noon + -hour).raise(in: workspace.store)
    }

    private static func message(_ key: String, created: Instant) -> OutboxRow {
        OutboxRow(
            key: key, account: "acc", channel: "mail", address: "a@b.example", recipientName: "A", template: "t",
            subject: "S", messageID: "<\(key)@b.example>", sender: "c@d.example", body: [1], state: .queued, due: created,
            created: created)
    }

    /// What left after a round.
    func sent() async throws -> [String] {
        try await dispatcher.recover()
        _ = try await dispatcher.turn()
        return channel.keys
    }
}

struct EffectsFenceTests {
    @Test func `behind the fence nothing leaves, and what was being sent waits again`() async throws {
        let restored = try await Restored()
        #expect(try await restored.sent() == [])
        let waiting = try #require(try await restored.workspace.waitingEffects())
        #expect(waiting.fence.restored == noon + -hour && waiting.fence.backedUp == noon + -2 * hour)
        #expect(waiting.older == 2 && waiting.newer == 1 && waiting.later == 1)
    }

    @Test(arguments: [
        (WaitingMessages.withhold, [] as [String], 3), (.sendNew, ["new"], 2), (.sendAll, ["new", "old", "sending"], 0),
    ])
    func `each choice lets leave what it says, and keeps the others for good`(
        _ choice: WaitingMessages, _ left: [String], _ withheld: Int
    ) async throws {
        let restored = try await Restored()
        let release = try await restored.workspace.releaseEffects(choice, by: "ana")
        #expect(release.withheld == withheld && release.sent == 4 - withheld)
        #expect(try await restored.workspace.waitingEffects() == nil)
        #expect(try await restored.sent() == left)
        let kept = try await restored.workspace.read { store in
            try ["old", "new", "sending"].filter { try store.outbox(key: $0)?.state == .withheld }
        }
        #expect(kept.sorted() == ["new", "old", "sending"].filter { !left.contains($0) })
        #expect(try await restored.workspace.read { try $0.outbox(key: "later")?.state } == .queued)
    }

    @Test func `what is known to have been sent never leaves again, whatever is chosen`() async throws {
        let restored = try await Restored()
        _ = try await restored.workspace.releaseEffects(.sendAll, sent: ["<old@b.example>", "later"], by: "ana")
        #expect(try await restored.sent() == ["new", "sending"])
        #expect(try await restored.workspace.read { try $0.outbox(key: "later")?.state } == .withheld)
    }

    @Test func `there is one fence to release, and somebody releases it`() async throws {
        let restored = try await Restored()
        await #expect(throws: EffectsRefusal.nobody) { try await restored.workspace.releaseEffects(.sendAll, by: " ") }
        _ = try await restored.workspace.releaseEffects(.sendAll, by: "ana")
        await #expect(throws: EffectsRefusal.noFence) { try await restored.workspace.releaseEffects(.sendAll, by: "ana") }
    }

    @Test func `a fence that cannot be read holds`() async throws {
        let restored = try await Restored()
        try await restored.workspace.write { $0.settings = [(name: "effects.fence", value: "?")] }
        await #expect(throws: StorageFailure.self) { try await restored.sent() }
        #expect(restored.channel.keys == [])
    }
}
