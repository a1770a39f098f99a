import HTTPTypes
import TenureCore
import TenureRuntime
import TenureStore
import Testing

@testable import TenureWeb

/// The demo's companies go at their owner's word, and nothing else does.
struct SampleDataTests {
    /// A house whose first workspace is simulated, with its owner signed in; and how another one is made.
    private func bed() async throws -> (house: TestHouse, owner: Browser) {
        let house = try await TestHouse()
        house.house.founding.take(SetUpTests.Maker(house.house))
        let owner = Teammate(id: Teammate.ownerID, name: "Olga", email: "o@v.example")
        try await house.workspace.write {
            $0.settings += [(name: owner.setting, value: owner.text), (name: SampleData.seedSetting, value: "42")]
        }
        try await house.fill(accounts: 2)
        return (house, try await Browser(house, as: Teammate.ownerID))
    }

    private static let removal = Links.sampleData + "/removal"
    private static let sure = ["workspaces": "acme", "sure": "yes"]

    @Test func `what goes is named, and goes only once there is somewhere else to be`() async throws {
        let (house, owner) = try await bed()
        let page = await owner.read(Links.sampleData)
        #expect(page.contains("Acme Vendor") && page.contains("2 accounts") && page.contains("workspaces/acme"))
        #expect(page.contains("make a workspace of your own") && !page.contains("They may go for good"))
        #expect(try await owner.send(Self.removal, Self.sure).status.code == 422)
        #expect(house.house.workspaces.count == 1)
    }

    @Test func `they are gone in one step: no page, no key, no session, and the owner is in what stays`() async throws {
        let (house, owner) = try await bed()
        let teammate = try await Browser(house)
        _ = try await owner.follow(Links.newWorkspace, ["title": "Own", "programme": "acme"])
        #expect(await owner.read(Links.sampleData).contains("<bdi>Own</bdi> stays."))
        #expect(try await owner.send(Self.removal, ["workspaces": "acme"]).status.code == 422)
        #expect(try await owner.send(Self.removal, ["workspaces": "own", "sure": "yes"]).status.code == 422)
        #expect(house.house.workspaces.count == 2)
        #expect(await house.api(.get, "/accounts").status == .ok)
        #expect(try await owner.send(Self.removal, Self.sure).fields[.location] == Links.settings)
        #expect(house.house.workspaces.map(\.id.text) == ["own"])
        #expect(await house.api(.get, "/accounts").status == .unauthorized)
        #expect(await house.send("/v1/events", "[]").status == .unauthorized)
        #expect(await house.ask(.get, Links.home, teammate.session).status == .seeOther)
        #expect(await owner.read(Links.sampleData).contains("There is no sample data here"))
        #expect(await owner.read(Links.home).contains("Own"))
    }

    @Test func `nobody reads, writes or ticks what is gone, and nothing ends for it`() async throws {
        let (house, _) = try await bed()
        #expect(house.house.remove(house.workspace))
        #expect(!house.house.remove(house.workspace))
        await house.workspace.retire()
        await #expect(throws: WriterRefusal.shuttingDown) { try await house.workspace.read { try $0.setting("a") } }
        await #expect(throws: WriterRefusal.shuttingDown) { try await house.workspace.write { $0.settings = [("a", "b")] } }
        await #expect(throws: WriterRefusal.shuttingDown) { try await house.workspace.submit([]) }
        #expect(await house.workspace.tick() == nil)
        #expect(await !house.workspace.tidy())
    }

    @Test func `a teammate who is not the owner neither sees nor does it`() async throws {
        let (house, _) = try await bed()
        let teammate = try await Browser(house)
        #expect(await house.ask(.get, Links.sampleData, teammate.session).status == .forbidden)
        #expect(try await teammate.send(Self.removal, Self.sure).status == .forbidden)
        #expect(house.house.workspaces.count == 1)
    }

    @Test func `a workspace of one's own is never among them`() async throws {
        let (house, owner) = try await bed()
        try await house.workspace.write { $0.settings = [(name: SampleData.seedSetting, value: nil)] }
        #expect(await owner.read(Links.sampleData).contains("There is no sample data here"))
        #expect(try await owner.send(Self.removal, Self.sure).status.code == 422)
        #expect(house.house.workspaces.count == 1)
    }
}
