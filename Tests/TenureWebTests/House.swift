import HTTPTypes
import Logging
import Synchronization
import TenureAuthoring
import TenureCore
import TenureEngine
import TenureRuntime
import TenureStore
import Testing

@testable import TenureWeb

/// A house with one live workspace, a clock that moves a millisecond at each look, and a site to ask.
struct TestHouse: Sendable {
    let house: House
    let site: Site
    let workspace: Workspace
    let writeKey: String
    let apiKey: String
    private let clock: TestClock

    static let now = instant("2026-03-09T11:00:00Z")

    static func instant(_ text: String) -> Instant {
        (try? Instant.parse(rfc3339: text).get()) ?? Instant(milliseconds: 0)
    }

    /// - Parameters:
    ///   - uploads: the folder for files that people bring; nil: nobody may.
    ///   - isLive: false leaves the import fence shut.
    init(
        url: String = "http://localhost:8080", programme folder: ProgrammeFolder = testProgramme, uploads: String? = nil,
        isLive: Bool = true
    ) async throws {
        let clock = TestClock()
        self.clock = clock
        house = House(url: url, uploads: uploads, clock: { clock.next() })
        let id: WorkspaceID = "acme"
        let library = ProgrammeLibrary(files: [("zones.txt", "version t")])
        let (programme, mistakes) = library.read(folder)
        let titles = mistakes.map(\.title)
        #expect(titles == [])
        let loaded = try #require(programme)
        let compiled = library.compile(loaded)
        let store = MemoryStore()
        var first = Commit(position: 0, now: Self.now)
        first.programmes = [loaded.row(1, at: Self.now, by: "operator", reason: "The first version")]
        try store.commit(first)
        let writer = Writer(
            workspace: id, keys: WorkspaceKeys(secret: Array(repeating: 7, count: 32), workspace: id),
            log: MemoryLog(), store: store, composer: PlainTextComposer(), programme: compiled, library: library)
        workspace = Workspace(
            writer: writer, clock: { clock.next() }, patience: .none, onFatal: { _ in }, logger: Logger(label: "test"))
        try house.add(workspace)
        try await workspace.write {
            $0.settings.append(
                (name: "teammate:ada", value: Teammate(id: "ada", name: "Ada", email: "ada@v.example").text))
        }
        writeKey = try await house.makeKey(.write, source: "web", in: workspace)
        apiKey = try await house.makeKey(.api, source: "tool", in: workspace)
        house.markReady()
        site = Site(house: house, logger: Logger(label: "test"))
        guard isLive else { return }
        _ = try await workspace.perform([
            Arrival(id: "live", source: "test", type: FactType.workspaceWentLive, subject: .workspace)
        ])
    }
}

/// What a person does after another thing is later, however fast the test is.
final class TestClock: Sendable {
    private let now = Mutex(TestHouse.now)

    func advance(days: Int) { now.withLock { $0 = $0 + Int64(days) * Milliseconds.day } }
    func advance(minutes: Int) { now.withLock { $0 = $0 + Int64(minutes) * Milliseconds.minute } }

    func next() -> Instant {
        now.withLock { now in
            now = now + 1
            return now
        }
    }
}

extension TestHouse {
    /// A request as a client sends it.
    func ask(
        _ method: HTTPRequest.Method, _ target: String, _ fields: HTTPFields = HTTPFields(),
        body: [UInt8] = [],
        authority: String? = "localhost:8080", isLoopback: Bool = true, pieceBytes: Int? = nil
    ) async -> Answer {
        var fields = fields
        if !body.isEmpty, fields[.contentLength] == nil { fields[.contentLength] = String(body.count) }
        let pieces = pieceBytes.map { Self.pieces(of: body, $0) }
        return await site.answer(
            Incoming(
                method: method, target: target, fields: fields, authority: authority, isLoopback: isLoopback,
                pieces: pieces
            ) { bytesMax in
                guard body.count <= bytesMax else { throw Problem(.bodyTooLarge, "too large") }
                return body
            })
    }

    private static func pieces(of body: [UInt8], _ size: Int) -> Incoming.Pieces {
        { _, take in
            for start in stride(from: 0, to: body.count, by: size) {
                try await take(Array(body[start..<min(start + size, body.count)]))
            }
        }
    }

    /// Events with the write key.
    func send(
        _ path: String, _ body: String, type: String = "application/json", _ extra: HTTPFields = HTTPFields()
    ) async -> Answer {
        var fields = extra
        fields[.contentType] = type
        if fields[.authorization] == nil { fields[.authorization] = "Bearer " + writeKey }
        return await ask(.post, path, fields, body: Array(body.utf8))
    }

    /// The API with its key.
    func api(
        _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil,
        _ extra: HTTPFields = HTTPFields()
    ) async -> Answer {
        var fields = extra
        fields[.authorization] = "Bearer " + apiKey
        if body != nil { fields[.contentType] = "application/json" }
        return await ask(method, "/api/v1" + path, fields, body: Array((body ?? "").utf8))
    }

    /// A session's cookie.
    func signIn(as teammate: String = "ada") async throws -> HTTPFields {
        let link = house.makeLink(teammate: teammate, in: workspace.id)
        let path = String(link.dropFirst(house.url.utf8.count))
        let answer = await ask(.post, path)
        let cookie = try #require(answer.fields[.setCookie]?.split(separator: ";").first)
        return [.cookie: String(cookie)]
    }

    /// Lets whole days go by, as the server's alarm clock does.
    func pass(days: Int) async {
        clock.advance(days: days)
        while let due = await workspace.tick(), due <= clock.next() {}
    }

    /// Lets a while go by in which nothing is due.
    func advance(minutes: Int) { clock.advance(minutes: minutes) }

    /// Accounts with use, a contact and a judgement, so that every part of a page has something to show.
    func fill(accounts: Int = 1) async throws {
        for number in 1...accounts {
            let name = "co-\(number)"
            let data: JSONObject = [
                "name": .string("Company \(number)"), "arr": .double(Double(1000 * number)), "csm": "ada",
                "tier": "basic",
                "notice_by": "2026-04-01",
            ]
            var arrivals = [
                Arrival(
                    id: "g\(number)", source: "t", type: FactType.accountChanged, subject: .account(name),
                    data: data)
            ]
            for user in 0..<number {
                arrivals.append(
                    Arrival(
                        id: "s\(number)-\(user)", source: "t", type: "user.session", subject: .account(name),
                        user: "u\(number)-\(user)"))
            }
            _ = try await workspace.perform(arrivals)
        }
    }
}

extension Answer {
    /// The body as JSON.
    var json: JSONObject {
        guard case .success(.object(let object)) = JSONReader.read(body) else { return [:] }
        return object
    }

    var code: String? { json["code"]?.string }
}
