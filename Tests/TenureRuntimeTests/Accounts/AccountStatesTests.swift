import TenureCore
import TenureEngine
import TenureFixtures
import TenureRuntime
import TenureSimulator
import TenureStore
import Testing

/// Accounts are there as values or as packed bytes; nobody can tell but by the memory that they take.
struct AccountStatesTests {
    private static let days = 40

    private func lived(wholeMax: Int, plainBytesMax: Int = 20_000) throws -> (simulation: Simulation, digest: String) {
        let empty = try LivedWorkspace.empty()
        let writer = Writer(
            workspace: "lived", keys: LivedWorkspace.keys, log: empty.log, store: empty.store, composer: PlainTextComposer(),
            programme: empty.writer.programme, library: LivedWorkspace.library,
            accounts: AccountStates(wholeMax: wholeMax, plainBytesMax: plainBytesMax))
        let world = World(
            programme: writer.programme, accounts: 0..<12, days: Self.days, seed: 11, firstDay: LivedWorkspace.firstDay,
            intensity: 0.4)
        var simulation = Simulation(world: world, writer: writer, stepHours: 24)
        let result = try simulation.run()
        return (simulation, result.digest)
    }

    @Test func `a life with room for one account as a value is the life with room for all`() throws {
        let roomy = try lived(wholeMax: 1000)
        #expect(roomy.simulation.writer.accounts.wholeCount == 12)
        for room in [1, 3] {
            let narrow = try lived(wholeMax: room)
            #expect(narrow.simulation.writer.accounts.wholeCount == room)
            #expect(narrow.digest == roomy.digest)
            // Recorded in the same order, too, whichever turn came first.
            #expect(try decisions(of: narrow.simulation) == decisions(of: roomy.simulation))
            #expect(
                narrow.simulation.writer.accounts.mapValues(\.bytes) == roomy.simulation.writer.accounts.mapValues(\.bytes))
        }
        // The digest tells lives apart: else it would agree with anything.
        #expect(try LivedWorkspace.make(accounts: 11, days: Self.days).writer.counts.digest != roomy.simulation.writer.counts.digest)
    }

    private func decisions(of simulation: Simulation) throws -> [DecisionRow] {
        try simulation.writer.store.decisions(after: nil, limit: .max)
    }

    @Test func `accounts that every block holds stay as values while many pass`() throws {
        let example = try #require(try lived(wholeMax: 1000).simulation.writer.accounts.map(\.value).first)
        var states = AccountStates(wholeMax: 12)
        func set(_ names: some Sequence<String>) {
            for name in names {
                var state = example
                state.id = AccountID(name)
                states[state.id] = state
            }
        }
        let constant = ["a", "b", "c", "d"]
        for block in 0..<20 {
            let hasRoom = constant.allSatisfy { states.kept(AccountID($0))?.packedCount == nil }
            if block > 0 { #expect(hasRoom, "block \(block)") }
            set(constant)
            set((0..<6).map { "block \(block) \($0)" })
        }
        #expect(states.wholeFirst(["block 1 1", "b", "none", "a"].map { AccountID($0) }) == [1, 3, 0, 2])
    }

    @Test func `sets, removals, turns and copies are those of a plain dictionary`() throws {
        let examples = try lived(wholeMax: 1000).simulation.writer.accounts.map(\.value)
        var numbers = SeededNumbers(3)
        for wholeMax in 1...5 {
            var (states, plain) = (AccountStates(wholeMax: wholeMax, plainBytesMax: 8_000), [AccountID: AccountState]())
            var earlier: [(AccountStates, [AccountID: AccountState])] = []
            for _ in 0..<600 {
                var state = examples[numbers.below(examples.count)]
                state.id = AccountID("a\(numbers.below(9))")
                switch numbers.below(8) {
                case 0: (states[state.id], plain[state.id]) = (nil, nil)
                case 1: #expect(states[state.id] == plain[state.id])
                case 2: earlier.append((states, plain))
                case 3:
                    // A turn: taken, and set again.
                    guard var taken = states.take(state.id) else { continue }
                    #expect(taken == plain[state.id])
                    taken.clock = state.clock.map { $0 + 1 }
                    (states[state.id], plain[state.id]) = (taken, taken)
                case _: (states[state.id], plain[state.id]) = (state, state)
                }
                #expect(states.count == plain.count && states.wholeCount <= wholeMax)
                #expect(states.contains(state.id) == (plain[state.id] != nil))
            }
            earlier.append((states, plain))
            for (states, plain) in earlier { #expect(states.mapValues { $0 } == plain) }
            #expect(Set(states.keys) == Set(plain.keys))
        }
    }

    @Test func `a packed state takes less than half of its bytes`() throws {
        let accounts = try lived(wholeMax: 1, plainBytesMax: 0).simulation.writer.accounts
        let (packed, plain) = accounts.all.values.reduce((0, 0)) { ($0.0 + ($1.packedCount ?? 0), $0.1 + $1.bytes.count) }
        #expect(accounts.all.values.count { $0.packedCount != nil } == 11)
        #expect(packed > 0 && packed * 2 < plain, "\(packed) of \(plain)")
    }
}
