/// A finding with as few kinds of faults as still show one: those are left out, one after the other, without which it stays.
package struct FewestFaults {
    package private(set) var mix: FaultMix

    package init(of run: SwarmRun, _ plant: Plant?) async throws {
        mix = run.mix
        for fault in Fault.allCases where mix.permille[fault] != nil {
            let less = mix.without(fault)
            var again = try await SwarmRun(seed: run.seed, mix: less, plant: plant)
            if !(await again.findings()).isEmpty { mix = less }
        }
    }
}
