package import TenureAuthoring
package import TenureCore
import TenureEngine
import TenureProgramme

/// Deletes every part of a programme in turn, or moves every number, and asks whether its tests notice.
package struct MutationCheck: Sendable {
    let draft: ProgrammeDraft
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
        await sideBySide(removals, width: width, tell: tell) { mutant($0) }
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
        if let failure = remainder.programme.flatMap({ failure(of: $0, draft.whole.scenarios, nearestTo: removal.definition) }) { return .failed(failure, also: also) }
        if let (test, mistake) = first.unreadable { return .failed(.unreadable(test, mistake), also: []) }
        if let mistake = first.mistakes.first { return .refused(mistake) }
        return first.programme?.saysTheSame(as: draft.whole) == true ? .same : .survived
    }

    /// The first failure of a test, those that mention the definition first.
    func failure(of programme: Programme, _ scenarios: [Scenario], nearestTo definition: String) -> ScenarioFailure? {
        let compiled = CompiledProgramme(programme, zones: zones)
        for scenario in scenarios.nearest(to: definition) {
            if let failure = ScenarioCheck.failures(scenario, compiled).first { return failure }
        }
        return nil
    }
}

extension Removal {
    fileprivate var definition: String { String(id.prefix { $0 != "/" && $0 != " " }) }
}

extension [Scenario] {
    /// Tests that mention a definition first: most mutants fall at the first one.
    fileprivate func nearest(to definition: String) -> [Scenario] {
        filter { $0.mentions(definition) } + filter { !$0.mentions(definition) }
    }
}

extension Programme {
    /// Everything but the tests, compared as text: a programme is made of plain values only.
    fileprivate func saysTheSame(as other: Programme) -> Bool {
        var (mine, others) = (self, other)
        (mine.scenarios, others.scenarios) = ([], [])
        return String(reflecting: mine) == String(reflecting: others)
    }
}

extension ScenarioFailure {
    static func unreadable(_ test: String, _ mistake: Diagnostic) -> ScenarioFailure {
        ScenarioFailure(
            scenario: test, expected: "the test can be read", found: "\(mistake.code.rawValue): \(mistake.title)")
    }
}

extension Scenario {
    fileprivate func mentions(_ id: String) -> Bool {
        expectations.contains { $0.text.contains(id) } || facts.contains { $0.type == id }
    }
}
