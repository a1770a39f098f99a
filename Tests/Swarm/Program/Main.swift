import SwarmRig

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Runs seeds, and tells of each promise that was not kept how to see it again: `Swarm [--from N] [--seeds N] [--plant NAME]
/// [--trace]`, or `--plants`, which looks for every planted bug in the first seeds.
@main
struct Main {
    static func main() async throws {
        var (from, count, plant, isTraced, looksForPlants) = (1, 200, Plant?.none, false, false)
        var words = CommandLine.arguments.dropFirst()
        while let word = words.popFirst() {
            switch word {
            case "--from": from = words.popFirst().flatMap { Int($0) } ?? from
            case "--seeds": count = words.popFirst().flatMap { Int($0) } ?? count
            case "--plant": plant = words.popFirst().flatMap { Plant(rawValue: $0) }
            case "--trace": isTraced = true
            case "--plants": looksForPlants = true
            default: fail("unknown option \(word)")
            }
        }
        let isGood = looksForPlants
            ? try await findPlants(seeds: from..<(from + count)) : try await run(from..<(from + count), plant, isTraced)
        exit(isGood ? 0 : 1)
    }

    /// At once, also into a file: who waits for thousands of seeds wants to see them pass.
    private static func say(_ text: String) {
        print(text)
        fflush(nil)
    }

    private static func fail(_ text: String) -> Never {
        print(text)
        exit(2)
    }

    private static func run(_ seeds: Range<Int>, _ plant: Plant?, _ isTraced: Bool) async throws -> Bool {
        var (tally, failed) = (Tally(), 0)
        for seed in seeds {
            var run = try await SwarmRun(seed: seed, plant: plant)
            let findings = await run.findings()
            tally.add(run)
            if isTraced { for line in run.trace { print(line) } }
            if (seed - seeds.lowerBound + 1).isMultiple(of: 200) { say("\(seed - seeds.lowerBound + 1) of \(seeds.count) seeds, \(failed) failed") }
            guard !findings.isEmpty else { continue }
            failed += 1
            try await tell(findings, run, plant)
        }
        tally.tell()
        print("\(seeds.count - failed) passed, \(failed) failed")
        return failed == 0
    }

    private static func tell(_ findings: [Finding], _ run: SwarmRun, _ plant: Plant?) async throws {
        say("seed \(run.seed): \(run.mix)")
        for finding in findings.prefix(5) { say("  " + finding.description) }
        say("  the least that shows it: \(try await FewestFaults(of: run, plant).mix)")
    }

    /// Each bug must be found in as few seeds as the release check runs; without bugs the same seeds are quiet.
    private static func findPlants(seeds: Range<Int>) async throws -> Bool {
        var (found, missed) = (0, 0)
        for plant in Plant.allCases {
            if let (seed, finding) = try await first(of: seeds, showing: plant) {
                found += 1
                say("found    \(plant.rawValue) after \(seed - seeds.lowerBound + 1) seeds: \(finding)")
            } else {
                missed += 1
                say("MISSED   \(plant.rawValue) in \(seeds.count) seeds")
            }
        }
        print("\(found) passed, \(missed) failed")
        return missed == 0
    }

    private static func first(of seeds: Range<Int>, showing plant: Plant) async throws -> (Int, Finding)? {
        for seed in seeds {
            var run = try await SwarmRun(seed: seed, plant: plant)
            if let finding = await run.findings().first { return (seed, finding) }
        }
        return nil
    }
}

/// How much a number of runs has tried.
private struct Tally {
    var (events, messages, processes) = (0, 0, 0)
    var happened: [Fault: Int] = [:]

    mutating func add(_ run: SwarmRun) {
        events += run.events
        messages += run.messages
        processes += run.processes
        happened.merge(run.happened) { $0 + $1 }
    }

    func tell() {
        print("\(events) events, \(messages) messages, \(processes) processes; faults:")
        for fault in Fault.allCases { print("  \(fault.rawValue): \(happened[fault] ?? 0)") }
    }
}
