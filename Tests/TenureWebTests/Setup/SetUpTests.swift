import HTTPTypes
import Logging
import TenureAuthoring
import TenureCore
import TenureRuntime
import TenureStore
import Testing

@testable import TenureWeb

/// From nothing to a workspace, by one link.
struct SetUpTests {
    /// Workspaces in memory.
    final class Maker: WorkspaceMaker {
        let house: House

        init(_ house: House) { self.house = house }

        func offers() async throws -> [OfferedProgramme] {
            [
                OfferedProgramme(id: "acme", title: "Acme Vendor", sentence: "For tests."),
                .init(id: "b", title: "B", sentence: "B."),
            ]
        }

        func remove(_ workspaces: [Workspace]) async throws {
            for workspace in workspaces where house.remove(workspace) { await workspace.retire() }
        }

        func make(_ plan: WorkspacePlan) async throws -> Workspace {
            let id = WorkspaceID(
                WorkspacePlan.slug(plan.title) { self.house.workspace(WorkspaceID($0)) != nil })
            let library = ProgrammeLibrary(files: [("zones.txt", "version t")])
            let loaded = try #require(library.read(testProgramme.titled(plan.title)).0)
            let writer = Writer(
                workspace: id, keys: WorkspaceKeys(secret: Array(repeating: 7, count: 32), workspace: id),
                log: MemoryLog(),
                store: MemoryStore(), composer: PlainTextComposer(), programme: library.compile(loaded),
                library: library)
            let workspace = Workspace(
                writer: writer, clock: house.clock, patience: .none, onFatal: { _ in }, logger: Logger(label: "test"))
            try await workspace.write {
                $0.settings.append((name: plan.owner.setting, value: plan.owner.text))
            }
            try house.add(workspace)
            return workspace
        }
    }

    private static let answers = [
        "title": "Nord & Licht", "programme": "acme", "name": "Ada Berg", "email": "ada@nord.example",
    ]

    private func post(
        _ house: TestHouse, _ path: String, _ fields: [String: String] = answers
    ) async -> Answer {
        let body = fields.sorted { $0.key < $1.key }.map { "\($0.key)=\(PercentCoding.encode($0.value))" }
            .joined(separator: "&")
        return await house.ask(
            .post, path, [.contentType: "application/x-www-form-urlencoded"], body: Array(body.utf8))
    }

    private func newHouse() async throws -> (house: TestHouse, path: String) {
        let house = try await TestHouse()
        house.house.founding.take(Maker(house.house))
        return (house, Links.setUp + "/" + house.house.founding.makeToken())
    }

    @Test func `the link asks, makes a workspace and signs its owner in`() async throws {
        let (house, path) = try await newHouse()
        for _ in 0..<3 {
            let page = await house.ask(.get, path).text
            #expect(page.contains("Name of your company"))
            #expect(page.contains("For tests."))
        }
        let answer = await post(house, path)
        #expect(answer.fields[.location] == Links.imports)
        let cookie = try #require(answer.fields[.setCookie]?.split(separator: ";").first)
        let first = await house.ask(.get, Links.imports, [.cookie: String(cookie)]).text
        #expect(first.contains("Nord &amp; Licht"))
        #expect(first.contains("Ada Berg"))
        #expect(house.house.workspaces.map(\.id.text) == ["acme", "nord-licht"])
    }

    @Test func `of fifty who use the link at once one gets in, and nobody later`() async throws {
        let (house, path) = try await newHouse()
        let statuses = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<50 { group.addTask { await post(house, path).status.code } }
            return await group.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
        }
        #expect(statuses == [303: 1, 404: 49])
        #expect(await house.ask(.get, path).status == .notFound)
        #expect(await post(house, path).status == .notFound)
        #expect(house.house.workspaces.count == 2)
    }

    @Test func `a form that is filled in wrongly is given back, and the link still works`() async throws {
        let (house, path) = try await newHouse()
        for (field, value, words) in [
            ("email", "nobody", "An address is due"), ("title", "  ", "The name of your company is needed"),
            ("name", "a\u{7}", "no control characters"), ("programme", "c", "There is no such programme"),
            ("title", String(repeating: "x", count: 101), "at most 100 bytes"),
        ] {
            let answer = await post(house, path, Self.answers.merging([field: value]) { $1 })
            #expect(answer.status.code == 422, "\(field)")
            #expect(answer.text.contains(words), "\(answer.text)")
        }
        #expect(house.house.workspaces.count == 1)
        #expect(await post(house, path).status.code == 303)
    }

    @Test func `the link is void after an hour, after a newer one, and from another site`() async throws {
        let (house, path) = try await newHouse()
        let foreign: HTTPFields = [
            .contentType: "application/x-www-form-urlencoded", .secFetchSite: "cross-site",
        ]
        #expect(await house.ask(.post, path, foreign, body: Array("title=a".utf8)).status == .forbidden)
        house.advance(minutes: 61)
        #expect(await house.ask(.get, path).status == .notFound)
        #expect(await post(house, path).status == .notFound)
        let newer = Links.setUp + "/" + house.house.founding.makeToken()
        let newest = Links.setUp + "/" + house.house.founding.makeToken()
        #expect(await post(house, newer).status == .notFound)
        #expect(await house.ask(.get, newest).status == .ok)
    }

    @Test func `only an owner makes a workspace beside theirs, and is there afterwards`() async throws {
        let (house, _) = try await newHouse()
        let teammate = try await Browser(house)
        #expect(try await teammate.send(Links.newWorkspace, Self.answers).status == .forbidden)
        #expect(await teammate.read(Links.newWorkspace).contains("Only the owner makes workspaces."))
        try await house.workspace.write {
            $0.settings.append(
                (
                    name: "teammate:owner",
                    value: Teammate(id: "owner", name: "Olga", email: "o@v.example").text
                ))
        }
        let owner = try await Browser(house, as: Teammate.ownerID)
        let page = try await owner.follow(Links.newWorkspace, ["title": "Own", "programme": "acme"])
        #expect(page.contains("<option value=\"own\" selected>Own</option>"))
        #expect(page.contains("Olga"))
        #expect(await teammate.read(Links.home).contains("Acme Vendor"))
    }

    @Test func `without a workspace the sign-in page says where the way in is`() async throws {
        let site = Site(house: House(url: "http://x", clock: { TestHouse.now }), logger: Logger(label: "t"))
        let answer = await site.answer(
            Incoming(method: .get, target: Links.signIn, fields: [:], authority: "x", isLoopback: true) { _ in
                []
            })
        #expect(answer.text.contains("Nothing is set up here yet."))
    }

    @Test(arguments: [
        ("Ada's Tools & Co.", "adas-tools-co"), ("Nordlicht", "nordlicht"), ("日本", "workspace"),
        ("--", "workspace"),
        ("Émile 2", "mile-2"),
        (String(repeating: "ab ", count: 30), "ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-a"),
    ])
    func `a workspace's folder is named after the company`(title: String, slug: String) {
        #expect(WorkspacePlan.slug(title) == slug)
        #expect(WorkspacePlan.slug(title) { $0 == slug } == slug + "-2")
    }
}
