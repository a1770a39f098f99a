import TenureCore
import TenureRuntime
import Testing

struct UpkeepTests {
    @Test func `it is due once a day of the wall clock, and never because the clock was put back`() {
        var upkeep = Upkeep(started: noon)
        #expect(!upkeep.isDue(noon))
        #expect(!upkeep.isDue(noon + (12 * Milliseconds.hour - 1)))
        let midnight = noon + 12 * Milliseconds.hour
        #expect(upkeep.isDue(midnight))
        upkeep.note(midnight)
        #expect(!upkeep.isDue(midnight + 23 * Milliseconds.hour))
        #expect(!upkeep.isDue(noon))
        upkeep.note(noon)
        #expect(!upkeep.isDue(midnight))
        #expect(upkeep.isDue(midnight + 24 * Milliseconds.hour))
    }

    @Test func `a workspace is tidied unless its disk is full`() async throws {
        #expect(await (try RoomyWorkspace()).workspace.tidy())
        #expect(await (try RoomyWorkspace(hasRoom: false)).workspace.tidy() == false)
    }
}
