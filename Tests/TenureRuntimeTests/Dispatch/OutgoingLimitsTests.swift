import Logging
import Synchronization
import TenureCore
import TenureFixtures
import TenureRuntime
import TenureStore
import Testing

/// The dispatcher on a clock of the test's own, in UTC. `noon` is Monday, 9 March 2026, 12:00.
private struct Limited {
    let workspace: Workspace
    let dispatcher: Dispatcher
    let channel = ScriptedChannel()
    let clock: SettableClock

    /// - Parameter count: of messages, after which the process wants to end.
    init(_ settings: [(String, String)] = [], stopsAfter count: Int = .max) async throws {
        let clock = SettableClock(noon)
        self.clock = clock
        workspace = try await RoomyWorkspace(clock: { clock.now }).workspace
        dispatcher = Dispatcher(
            workspace: workspace, channels: [.mail: channel, .chat: channel], policy: RetryPolicy(waits: [60_000], jitterPercent: 0),
            logger: Logger(label: "test"), isStopping: { [channel] in channel.sent.count >= count })
        try await workspace.write { $0.settings = settings.map { (name: "outgoing." + $0.0, value: $0.1) } }
    }

    /// A message that is due now.
    func add(
        _ name: String, to address: String = "ann@b.example", account: AccountID = "acc",
        from whom: String = "contact:sponsor", chat: Bool = false
    ) async throws {
        let now = workspace.now
        let row = OutboxRow(
            key: Self.key(name, account, whom), account: account, channel: chat ? "chat" : "mail", address: address,
            recipientName: "A", template: "t", subject: "S", messageID: "<\(name)@b.example>", sender: "c@d.example", body: [1],
            state: .queued, due: now, created: now)
        try await workspace.write { $0.outbox = [row] }
    }

    static func key(_ name: String, _ account: AccountID = "acc", _ whom: String = "contact:sponsor") -> String {
        "\(account)/1/ask/1/do0/\(whom)/\(name)"
    }

    /// The names of what leaves, round by round until nothing is due.
    func sent() async throws -> [String] {
        let before = channel.sent.count
        while try await dispatcher.turn() > 0 {}
        return channel.sent.dropFirst(before).map { String($0.split(separator: "/").last ?? "") }
    }

    func row(_ name: String) async throws -> OutboxRow? { try await workspace.read { try $0.outbox(key: Self.key(name)) } }
    func at(_ time: String) { clock.set(Self.instant(time)) }
    private static func instant(_ time: String) -> Instant { (try? Instant.parse(rfc3339: "2026-03-" + time + "Z").get()) ?? noon }
}

/// Takes messages unless the test says what comes of the next ones.
private final class ScriptedChannel: Channel {
    let name = "scripted"
    private let taken = Mutex<[String]>([])
    private let outcomes = Mutex<[DeliveryOutcome]>([])

    /// Keys of everything that was handed over, in order.
    var sent: [String] { taken.withLock { $0 } }
    func script(_ next: DeliveryOutcome...) { outcomes.withLock { $0 = next } }

    func send(_ delivery: Delivery) async -> DeliveryOutcome {
        taken.withLock { $0.append(delivery.key) }
        return outcomes.withLock { $0.isEmpty ? .accepted(detail: "250") : $0.removeFirst() }
    }
}

struct OutgoingLimitsTests {
    @Test func `a process that wants to end hands over no more than the message under way, and the others wait`() async throws {
        let limited = try await Limited(stopsAfter: 1)
        for name in ["a", "b", "c"] { try await limited.add(name, to: name + "@b.example") }
        _ = try await limited.dispatcher.turn()
        #expect(limited.channel.sent == [Limited.key("a")])
        for name in ["b", "c"] {
            let row = try #require(try await limited.row(name))
            #expect(row.state == .queued && row.attempts == 0 && row.due == noon)
        }
    }

    @Test func `mails wait for the end of quiet hours, and say until when and why`() async throws {
        let limited = try await Limited([("contacts.quiet_hours", "11:00-13:30")])
        try await limited.add("a")
        #expect(try await limited.sent() == [])
        let row = try #require(try await limited.row("a"))
        #expect(row.state == .queued && row.attempts == 0)
        #expect(row.detail == "waits until 2026-03-09 13:30 in UTC: quiet hours 11:00-13:30")
        limited.at("09T13:29:59.999")
        #expect(try await limited.sent() == [])
        limited.at("09T13:30:00")
        #expect(try await limited.sent() == ["a"])
    }

    @Test func `limits are of one kind of people, and a channel is none`() async throws {
        let limited = try await Limited([("contacts.quiet_hours", "11:00-13:30"), ("team.day_max", "1")])
        try await limited.add("a")
        try await limited.add("b", from: "role:csm")
        try await limited.add("c", from: "role:csm")
        for name in ["d", "e"] { try await limited.add(name, to: "cs", from: "channel:cs", chat: true) }
        #expect(Set(try await limited.sent()) == ["b", "d", "e"])
    }

    @Test func `a person gets no more than the cap in a local day, the oldest first, at whatever account`() async throws {
        let limited = try await Limited([("contacts.day_max", "2")])
        for (minute, name) in ["z", "y", "x", "w"].enumerated() {
            limited.at("09T12:0\(minute):00")
            try await limited.add(name, to: name == "y" ? "ANN@b.example" : "ann@b.example", account: minute == 1 ? "other" : "acc")
        }
        try await limited.add("bob", to: "bob@b.example")
        #expect(try await limited.sent() == ["z", "y", "bob"])
        #expect(
            try await limited.row("x")?.detail
                == "waits until 2026-03-10 00:00 in UTC: this person got 2 of at most 2 mails in a day")
        limited.at("09T23:59:59")
        #expect(try await limited.sent() == [])
        limited.at("10T00:00:00")
        #expect(try await limited.sent() == ["x", "w"])
    }

    @Test func `of what waits for one instant the older leaves first, whatever it is called`() async throws {
        let limited = try await Limited([("contacts.day_max", "1")])
        var left: [String] = []
        for (day, name) in ["m", "l", "k", "j"].enumerated() {
            limited.at("\(day < 1 ? "09" : "\(9 + day)")T12:00:00")
            try await limited.add(name)
            try await limited.add(name + "2")
            left += try await limited.sent()
        }
        #expect(left == ["m", "m2", "l", "l2"])
    }

    @Test func `a cap of seven days counts seven local days, and the later of two caps holds`() async throws {
        let limited = try await Limited([("contacts.week_max", "2"), ("contacts.day_max", "1"), ("contacts.quiet_hours", "22:00-07:00")])
        for name in ["a", "b", "c"] { try await limited.add(name) }
        #expect(try await limited.sent() == ["a"])
        limited.at("10T07:00:00")
        #expect(try await limited.sent() == ["b"])
        #expect(
            try await limited.row("c")?.detail
                == "waits until 2026-03-16 07:00 in UTC: this person got 2 of at most 2 mails in 7 days, then quiet hours 22:00-07:00")
        limited.at("16T06:59:59")
        #expect(try await limited.sent() == [])
        limited.at("16T07:00:00")
        #expect(try await limited.sent() == ["c"])
    }

    @Test func `what the server refused or put off does not count, what may have arrived does, and once`() async throws {
        let limited = try await Limited([("contacts.day_max", "2")])
        limited.channel.script(.deferred(reason: "451", retryAfterSeconds: nil), .refused(reason: "550"), .unknown(reason: "cut"))
        for name in ["deferred", "refused", "unknown", "x", "y"] { try await limited.add(name) }
        #expect(try await limited.sent() == ["deferred", "refused", "unknown", "x"])
        limited.at("09T12:01:00")
        // A second attempt is the same mail; the one that was put off would be a third.
        #expect(try await limited.sent() == ["unknown"])
    }

    @Test func `what nobody saw the end of counts after a crash`() async throws {
        let limited = try await Limited([("contacts.day_max", "1")])
        try await limited.add("a")
        _ = try await limited.workspace.read { try $0.claimOutbox(due: noon, limit: 1) }
        try await limited.dispatcher.recover()
        try await limited.add("b")
        #expect(try await limited.sent() == ["a"])
        #expect(try await limited.row("b")?.state == .queued)
    }

    @Test func `limits that were changed while nobody served hold from the start`() async throws {
        let limited = try await Limited([("contacts.quiet_hours", "11:00-13:30")])
        try await limited.add("a")
        #expect(try await limited.sent() == [])
        try await limited.workspace.write { $0.settings = [(name: "outgoing.contacts.quiet_hours", value: nil)] }
        try await limited.dispatcher.recover()
        #expect(try await limited.sent() == ["a"])
    }

    @Test func `a limit that cannot be read holds everything`() async throws {
        let limited = try await Limited([("contacts.day_max", "many")])
        try await limited.add("a")
        await #expect(throws: StorageFailure.self) { try await limited.sent() }
        #expect(limited.channel.sent == [])
    }
}
