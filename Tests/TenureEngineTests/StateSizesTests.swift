import TenureCore
import TenureFixtures
import Testing

@testable import TenureEngine

/// What `tenure stats` says of a state.
@Suite struct StateSizesTests {
    @Test func `the parts of a state are the whole, and what came is found in its part`() throws {
        var grown: Set<StateSizes.Part> = []
        for seed in 0..<20 {
            var ledger = Ledger(try workshop())
            let empty = StateSizes(ledger.state)
            let facts = RandomFacts(seed: seed).facts
            ledger.turn(facts.map(\.recorded).max() ?? instant("2026-06-01T00:00:00Z"), facts, history: [])
            let sizes = StateSizes(ledger.state)
            #expect(sizes.total == ledger.state.bytes.count)
            #expect(sizes.byPart.values.reduce(0, +) == sizes.total)
            #expect(sizes.byPart.values.allSatisfy { $0 > 0 })
            grown.formUnion(StateSizes.Part.allCases.filter { sizes.byPart[$0] ?? 0 > empty.byPart[$0] ?? 0 })
        }
        #expect(grown.isSuperset(of: [.members, .entities, .sums, .features, .health, .records]))
    }
}
