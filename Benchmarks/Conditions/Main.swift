import CAllocations
import CEL
import Foundation
import TenureAuthoring
import TenureCore
import TenurePacks
import TenureProgramme

/// What a compiled condition costs next to the same condition as a Swift closure, over twelve conditions of the packs.
///
/// Exit code 1 when one costs more than ten times its closure, allocates, or differs from it on any account.
@main
struct ConditionBenchmark {
    static let ratioLimit = 10.0
    static let accounts = 4_096
    static let rounds = 400

    static func main() {
        guard countsAllocations() else { fail("allocations are not counted here: another allocator stands in front") }
        var random = Draw(seed: 42)
        let samples = (0..<accounts).map { _ in Sample(&random) }
        print(row("condition", "closure ns", "compiled ns", "ratio", "allocations", "holds", "fails", "unknown"))
        let results = contests().map { contest in
            let result = contest.run(samples, rounds: rounds)
            print(row(contest.name, result))
            return result
        }
        conclude(results)
    }

    private static func conclude(_ results: [Contest.Result]) {
        let worst = results.map(\.ratio).max() ?? .infinity
        let allocations = results.reduce(0) { $0 + $1.allocations }
        let disagreements = results.reduce(0) { $0 + $1.disagreements }
        print(
            "\(results.count) conditions over \(accounts) accounts: worst ratio \(shown(worst)) (at most "
                + "\(Int(ratioLimit))), \(allocations) allocations, \(disagreements) disagreements")
        if !(worst <= ratioLimit) || allocations > 0 || disagreements > 0 { exit(1) }
    }

    private static func contests() -> [Contest] {
        var programmes: [String: Programme] = [:]
        return Pair.all.map { pair in
            let programme = programmes[pair.programme] ?? Packs.programme(pair.programme)
            programmes[pair.programme] = programme
            let signal = programme?.signals.first { $0.id == pair.signal }
            guard let signal else { fail("\(pair.programme) has no signal \(pair.signal)") }
            guard let contest = Contest(pair, signal.when.program) else {
                fail("\(pair.programme)/\(pair.signal) mentions what no sample has: \(signal.when.source)")
            }
            return contest
        }
    }

    /// Whether the counter sees an allocation that certainly happens.
    private static func countsAllocations() -> Bool {
        let before = allocation_count()
        let kept = [Box(number: CommandLine.arguments.count), Box(number: 2)]
        return kept.reduce(0) { $0 + $1.number } > 0 && allocation_count() > before
    }

    private final class Box {
        let number: Int
        init(number: Int) { self.number = number }
    }
}

/// The programmes inside the binary.
enum Packs {
    static func programme(_ name: String) -> Programme? {
        let zones = ZoneTable(text: EmbeddedFiles.all.first { $0.path == "zones.txt" }?.text ?? "")
        let catalogue = folder(ProgrammeReader.cataloguePrefix)
        return ProgrammeReader.read(folder(name), catalogue: catalogue, zones: zones).0?.programme
    }

    private static func folder(_ name: String) -> ProgrammeFolder {
        let prefix = name + "/"
        let files = EmbeddedFiles.all.filter { $0.path.hasPrefix(prefix) }
        return ProgrammeFolder(files: files.map { (String($0.path.dropFirst(prefix.count)), $0.text) })
    }
}

// MARK: - What is printed

private func row(_ name: String, _ result: Contest.Result) -> String {
    row(
        name, shown(result.closure), shown(result.compiled), shown(result.ratio), String(result.allocations),
        String(result.outcomes.holds), String(result.outcomes.fails), String(result.outcomes.unknown))
}

private func row(_ name: String, _ cells: String...) -> String {
    name + String(repeating: " ", count: max(30 - name.count, 1))
        + cells.map { String(repeating: " ", count: max(12 - $0.count, 1)) + $0 }.joined()
}

private func shown(_ number: Double) -> String { String(format: "%.1f", number) }

private func fail(_ what: String) -> Never {
    print("ConditionBenchmark: \(what)")
    exit(1)
}
