import SwarmRig
import Testing

/// A few seeds of what `bin/prove swarm` runs by the thousand, and proof that the rig sees what it must see.
struct SwarmTests {
    @Test(arguments: 1...40) func `whatever goes wrong, promises are kept`(seed: Int) async throws {
        var run = try await SwarmRun(seed: seed)
        let findings = await run.findings()
        #expect(findings == [], "\(run.mix)")
        #expect(run.events > 20)
    }

    @Test func `a seed gives the same run again`() async throws {
        var (first, second) = (try await SwarmRun(seed: 3), try await SwarmRun(seed: 3))
        _ = await (first.findings(), second.findings())
        #expect(first.trace == second.trace)
        #expect(first.trace.count > 10)
    }

    @Test(arguments: Plant.allCases) func `a planted bug is found`(plant: Plant) async throws {
        for seed in 1...200 {
            var run = try await SwarmRun(seed: seed, plant: plant)
            if !(await run.findings()).isEmpty { return }
        }
        Issue.record("200 seeds did not find \(plant.rawValue)")
    }
}
