import HTTPTypes
import Synchronization
import TenureCore
import TenureRuntime
import Testing

@testable import TenureWeb

/// What a page that stays open was told so far.
private final class Heard: Sendable {
    private let state = Mutex<(texts: [String], isOver: Bool)>(([], false))

    var texts: [String] { state.withLock { $0.texts } }
    var parts: [String] { texts.filter { $0.hasPrefix("event: part\n") } }
    var isOver: Bool { state.withLock { $0.isOver } }

    func listen(_ answer: Answer) throws {
        let stream = try #require(answer.stream)
        Task {
            try? await stream.run { text in state.withLock { $0.texts.append(text) } }
            state.withLock { $0.isOver = true }
        }
    }

    /// Whether a page says line by line what was told last.
    func isTold(_ page: String) -> Bool {
        let lines = (parts.last ?? "").split(separator: "\n").filter { $0.hasPrefix("data: ") }.map { $0.dropFirst(6) }
        return lines.contains { $0.contains("<li>") } && lines.allSatisfy { $0.isEmpty || page.contains($0) }
    }

    /// False when it did not come within five seconds.
    func waits(until isSo: (Heard) -> Bool) async throws -> Bool {
        for _ in 0..<500 {
            if isSo(self) { return true }
            try await Task.sleep(for: .milliseconds(10))
        }
        return false
    }
}

/// Pages that stay open are told how things are, in the words in which they are drawn.
@Suite struct LiveTests {
    private func bed() async throws -> (house: TestHouse, session: HTTPFields) {
        let house = try await TestHouse()
        try await house.fill(accounts: 2)
        return (house, try await house.signIn())
    }

    /// Where a page says that it is told more.
    private func address(_ path: String, _ house: TestHouse, _ session: HTTPFields) async throws -> String {
        let page = await house.ask(.get, path, session).text
        let start = try #require(page.firstRange(of: "data-live=\"")).upperBound
        return String(page[start...].prefix { $0 != "\"" }).replacing("&amp;", with: "&")
    }

    private func use(_ house: TestHouse, _ account: String, _ user: String) async throws {
        _ = try await house.workspace.perform([
            Arrival(id: "u-\(user)", source: "t", type: "user.session", subject: .account(account), user: user)
        ])
    }

    @Test(arguments: ["/", "/accounts/co-1"]) func `what is concluded shows on an open page`(_ path: String) async throws {
        let (house, session) = try await bed()
        let heard = Heard()
        try heard.listen(await house.ask(.get, try await address(path, house, session), session))
        #expect(try await heard.waits { !$0.texts.isEmpty })
        #expect(heard.parts.isEmpty)
        try await use(house, "co-1", "new")
        #expect(try await heard.waits { !$0.parts.isEmpty })
        // What followed from it in a later commit may be on the page before it is told.
        for _ in 0..<20 where !heard.isTold(await house.ask(.get, path, session).text) {
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(heard.isTold(await house.ask(.get, path, session).text))
    }

    @Test func `a page hears of its own account alone, and the number of tasks only when it changes`() async throws {
        let (house, session) = try await bed()
        let (timeline, tasks) = (Heard(), Heard())
        try timeline.listen(await house.ask(.get, try await address("/accounts/co-2", house, session), session))
        try tasks.listen(await house.ask(.get, try await address("/today", house, session), session))
        for heard in [timeline, tasks] { #expect(try await heard.waits { !$0.texts.isEmpty }) }
        // What is committed while a page is told how things are counts as missed, and is told once more: however long that
        // takes, there comes a commit that neither of them hears of.
        var told = (timeline.parts.count, tasks.parts.count)
        for number in 0..<20 {
            told = (timeline.parts.count, tasks.parts.count)
            try await use(house, "co-1", "new-\(number)")
            try await Task.sleep(for: .milliseconds(400))
            if told == (timeline.parts.count, tasks.parts.count) { break }
        }
        #expect(told == (timeline.parts.count, tasks.parts.count))
        try await use(house, "co-2", "newer")
        #expect(try await timeline.waits { $0.parts.count == told.0 + 1 })
        try await Task.sleep(for: .milliseconds(400))
        #expect(timeline.parts.count == told.0 + 1)
        #expect(tasks.parts.count == told.1)
    }

    @Test func `a page that was cut off is told at once what it missed, and nothing when it missed nothing`() async throws {
        let (house, session) = try await bed()
        let path = try await address("/", house, session)
        let before = String(house.workspace.position)
        try await use(house, "co-1", "new")
        var fields = session
        for (known, count) in [(before, 1), (String(house.workspace.position), 0), ("no number", 1)] {
            fields[.lastEventID] = known
            let heard = Heard()
            try heard.listen(await house.ask(.get, path, fields))
            #expect(try await heard.waits { !$0.texts.isEmpty && $0.parts.count == count })
            try await Task.sleep(for: .milliseconds(500))
            #expect(heard.parts.count == count, "\(known)")
            #expect(heard.parts.allSatisfy { $0.contains("\nid: \(house.workspace.position)\n") })
        }
    }

    @Test func `signing out ends it, stopping ends it, and neither lets anybody listen again`() async throws {
        let (house, session) = try await bed()
        let path = try await address("/", house, session)
        let (first, second) = (Heard(), Heard())
        try first.listen(await house.ask(.get, path, session))
        try await house.house.signOut(String(try #require(session[.cookie]).split(separator: "=")[1]))
        #expect(try await first.waits { $0.isOver })
        #expect(await house.ask(.get, path, session).status == .seeOther)
        let other = try await house.signIn()
        try second.listen(await house.ask(.get, path, other))
        house.house.listeners.close()
        #expect(try await second.waits { $0.isOver })
        #expect(await house.ask(.get, path, other).status == .serviceUnavailable)
        #expect(house.house.listeners.count == 0)
    }

    @Test func `a peer that goes gives its place back, a session has few, and all together have a bound`() async throws {
        let (house, session) = try await bed()
        let path = try await address("/", house, session)
        let answers = [await house.ask(.get, path, session), await house.ask(.get, path, session)]
        #expect(house.house.listeners.count == 2)
        for answer in answers { try #require(answer.stream).end() }
        #expect(house.house.listeners.count == 0)
        let oldest = Heard()
        try oldest.listen(await house.ask(.get, path, session))
        #expect(try await oldest.waits { !$0.texts.isEmpty })
        var kept: [Answer] = []
        for _ in 0..<Listeners.perSessionMax { kept.append(await house.ask(.get, path, session)) }
        #expect(kept.allSatisfy { $0.status == .ok })
        #expect(try await oldest.waits { $0.isOver })
        #expect(house.house.listeners.count == Listeners.perSessionMax)
        var refused = 0
        for _ in 0..<Listeners.countMax / Listeners.perSessionMax {
            let another = try await house.signIn()
            for _ in 0..<Listeners.perSessionMax {
                let answer = await house.ask(.get, path, another)
                kept.append(answer)
                if answer.status == .ok { continue }
                refused += 1
                #expect(answer.status == .serviceUnavailable && answer.fields[.retryAfter] != nil)
            }
        }
        #expect(refused == Listeners.perSessionMax && house.house.listeners.count == Listeners.countMax)
        #expect(await house.ask(.get, Links.home, session).status == .ok)
        // Nobody has to say that it goes: a connection that breaks before it listens gives its place back too.
        kept = []
        #expect(house.house.listeners.count == 0)
    }

    @Test(arguments: ["/live", "/live?part=all", "/live?part=timeline", "/live?part=timeline&account=none", "/live?part=happened&x=1"])
    func `what cannot be heard is refused`(_ path: String) async throws {
        let (house, session) = try await bed()
        let status = await house.ask(.get, path, session).status.code
        #expect(status == 400 || status == 404)
        #expect(await house.ask(.get, path).status == .seeOther)
        #expect(house.house.listeners.count == 0)
    }

    @Test func `looking at the head of a stream takes no place`() async throws {
        let (house, session) = try await bed()
        let answer = await house.ask(.head, "/live?part=happened", session)
        #expect(answer.stream == nil && answer.fields[.contentType] == "text/event-stream")
        #expect(house.house.listeners.count == 0)
    }

    @Test func `no text can end an event or begin another`() {
        #expect(LiveStream.event("a\r\nid: 9\rb\n\nevent: x", 7) == "event: part\nid: 7\ndata: a\ndata: id: 9\ndata: b\ndata: \ndata: event: x\n\n")
    }
}
