package import TenureAuthoring
package import TenureCore
import TenureEngine
import TenureProgramme

/// Deletes every part of a programme in turn and asks whether its tests notice.
package struct MutationCheck: Sendable {
    private let draft: ProgrammeDraft
    private let zones: ZoneTable
    /// How often parts that mention what is gone may lead to further ones.
    private static let roundsMax = 20

    package init(_ draft: ProgrammeDraft, zones: ZoneTable) {
        self.draft = draft
        self.zones = zones
    }

    /// One for each removal, in their order; `tell` hears of each as soon as it is known. `width` run side by side.
    package func mutants(
        of removals: [Removal], width: Int, tell: (Int) -> Void
    ) async -> [Mutant] {
        await withTaskGroup(of: (Int, Mutant).self) { group in
            var found: [Mutant?] = Array(repeating: nil, count: removals.count)
            var next = 0
            while next < min(width, removals.count) {
                add(next, removals, &group)
                next += 1
            }
            var done = 0
            while let (index, mutant) = await group.next() {
                found[index] = mutant
                done += 1
                tell(done)
                if next < removals.count { add(next, removals, &group) }
                next += 1
            }
            return found.compactMap { $0 }
        }
    }

    private func add(_ index: Int, _ removals: [Removal], _ group: inout TaskGroup<(Int, Mutant)>) {
        group.addTask { (index, mutant(removals[index])) }
    }

    package func mutant(_ removal: Removal) -> Mutant {
        Mutant(removal: removal, outcome: outcome(removal))
    }

    private func outcome(_ removal: Removal) -> Mutant.Outcome {
        let first = draft.read(without: [removal])
        var (gone, remainder) = ([removal], first)
        for _ in 0..<Self.roundsMax where remainder.programme == nil {
            guard let more = draft.referring(remainder.mistakes, without: gone), !more.isEmpty else { break }
            gone += more
            remainder = draft.read(without: gone)
        }
        let also = Array(gone.dropFirst())
        if let failure = remainder.programme.flatMap({ failure(of: $0, removal) }) { return .failed(failure, also: also) }
        if let (test, mistake) = first.unreadable { return .failed(.unreadable(test, mistake), also: []) }
        if let mistake = first.mistakes.first { return .refused(mistake) }
        return first.programme?.saysTheSame(as: draft.whole) == true ? .same : .survived
    }

    private func failure(of programme: Programme, _ removal: Removal) -> ScenarioFailure? {
        let compiled = CompiledProgramme(programme, zones: zones)
        for scenario in draft.whole.scenarios(nearestTo: removal) {
            if let failure = ScenarioCheck.failures(scenario, compiled).first { return failure }
        }
        return nil
    }
}

extension Programme {
    /// Tests that mention the part's owner first: most mutants fall at the first one.
    fileprivate func scenarios(nearestTo removal: Removal) -> [Scenario] {
        let owner = String(removal.id.prefix { $0 != "/" && $0 != " " })
        let near = Set(scenarios.indices.filter { scenarios[$0].mentions(owner) })
        return near.sorted().map { scenarios[$0] } + scenarios.indices.filter { !near.contains($0) }.map { scenarios[$0] }
    }

    /// Everything but the tests, compared as text: a programme is made of plain values only.
    fileprivate func saysTheSame(as other: Programme) -> Bool {
        var (mine, others) = (self, other)
        (mine.scenarios, others.scenarios) = ([], [])
        return String(reflecting: mine) == String(reflecting: others)
    }
}

extension ScenarioFailure {
    fileprivate static func unreadable(_ test: String, _ mistake: Diagnostic) -> ScenarioFailure {
        ScenarioFailure(
            scenario: test, expected: "the test can be read", found: "\(mistake.code.rawValue): \(mistake.title)")
    }
}

extension Scenario {
    fileprivate func mentions(_ id: String) -> Bool {
        expectations.contains { $0.text.contains(id) } || facts.contains { $0.type == id }
    }
}
