import Synchronization
import TenureCore
import TenureRuntime
import TenureStore
import Testing

/// A wall clock that is put where a test wants it.
private final class SteppedClock: Sendable {
    private let instant: Mutex<Instant>

    init(_ instant: Instant) { self.instant = Mutex(instant) }

    var now: Instant { instant.withLock { $0 } }
    func step(_ milliseconds: Int64) { instant.withLock { $0 = $0 + milliseconds } }
}

struct SteppedClockTests {
    private let year = 365 * Milliseconds.day

    private func house(_ clock: SteppedClock) async throws -> (house: House, workspace: Workspace) {
        let acme = try await RoomyWorkspace(clock: { clock.now })
        let house = House(url: "http://localhost", clock: { clock.now })
        try house.add(acme.workspace)
        return (house, acme.workspace)
    }

    @Test func `a session of a clock that was ahead is over once the clock is right`() async throws {
        let clock = SteppedClock(noon)
        let (house, workspace) = try await house(clock)
        clock.step(year)
        let cookie = try await house.startSession(teammate: "ada", in: workspace)
        #expect(house.session(cookie)?.session.teammate == "ada")
        clock.step(-year)
        #expect(house.session(cookie)?.session.teammate == nil)
        #expect(try await !house.move(cookie, to: workspace))
    }

    @Test func `links of a clock that was ahead are over, too`() async throws {
        let clock = SteppedClock(noon)
        let (house, workspace) = try await house(clock)
        clock.step(year)
        let token = String(house.makeLink(teammate: "ada", in: workspace.id).split(separator: "/").last ?? "")
        let first = house.founding.makeToken()
        #expect(house.isValid(link: token) && house.founding.isValid(first))
        clock.step(-year)
        #expect(!house.isValid(link: token) && !house.founding.isValid(first))
        #expect(try await house.signIn(link: token) == nil)
        let isClaimed = house.founding.claim(first) != nil
        #expect(!isClaimed)
    }

    @Test func `a clock that is put right by minutes signs nobody out`() async throws {
        let clock = SteppedClock(noon)
        let (house, workspace) = try await house(clock)
        let cookie = try await house.startSession(teammate: "ada", in: workspace)
        clock.step(-59 * Milliseconds.minute)
        #expect(house.session(cookie)?.session.teammate == "ada")
        clock.step(59 * Milliseconds.minute + House.sessionMilliseconds)
        #expect(house.session(cookie)?.session.teammate == nil)
    }

    @Test func `a workspace's time stands still where the clock was put back, from the last commit on`() async throws {
        let clock = SteppedClock(noon)
        let (_, workspace) = try await house(clock)
        clock.step(Milliseconds.day)
        let ahead = clock.now
        let live = Arrival(id: "live", source: "test", type: FactType.workspaceWentLive, subject: .workspace)
        #expect(try await workspace.perform([live]) == [.accepted])
        clock.step(-Milliseconds.day)
        #expect(workspace.now == ahead)
        clock.step(Milliseconds.day + 5)
        #expect(workspace.now == ahead + 5)
    }
}
