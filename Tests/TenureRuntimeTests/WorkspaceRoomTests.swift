import TenureCore
import TenureRuntime
import TenureStore
import Testing

struct WorkspaceRoomTests {
    private let live = Arrival(id: "live", source: "test", type: FactType.workspaceWentLive, subject: .workspace)

    @Test func `a start without room reads, refuses by name, and goes on by itself`() async throws {
        let acme = try await RoomyWorkspace(hasRoom: false)
        #expect(acme.workspace.isFull)
        await #expect(throws: WriterRefusal.storageFull) { try await acme.workspace.perform([live]) }
        await #expect(throws: WriterRefusal.storageFull) {
            try await acme.workspace.write { $0.settings.append((name: "a", value: "b")) }
        }
        #expect(try await acme.workspace.read { try $0.setting("a") } == nil)
        _ = await acme.workspace.tick()
        #expect(acme.workspace.isFull)
        acme.room.set(true)
        _ = await acme.workspace.tick()
        #expect(!acme.workspace.isFull)
        #expect(try await acme.workspace.perform([live]) == [.accepted])
    }

    @Test func `people sign in while there is no room`() async throws {
        let acme = try await RoomyWorkspace(hasRoom: false)
        let house = House(url: "http://localhost", clock: { noon })
        try house.add(acme.workspace)
        #expect(house.isFull)
        let cookie = try await house.startSession(teammate: "ada", in: acme.workspace)
        #expect(house.session(cookie)?.session.teammate == "ada")
    }
}
