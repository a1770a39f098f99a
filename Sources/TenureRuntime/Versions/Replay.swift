import Dispatch
import TenureAuthoring
package import TenureCore
package import TenureEngine
import TenureProgramme
package import TenureStore

/// A part of the recorded past lived through again, as if another version had been published when it began.
///
/// Facts and wakings come at the instants at which they came; time runs through the engine's own turns. With the window
/// beginning before the first fact it is a fresh replay of everything.
package struct Replay: Sendable {
    package struct Result: Sendable {
        /// From the window's start on, by account.
        package var recorded: [AccountID: Course] = [:]
        package var replayed: [AccountID: Course] = [:]
        /// Accounts as the replay left them.
        package var states: [AccountID: AccountState] = [:]
        package var facts = 0
        /// When customers gave notice within the window, as it was recorded.
        package var notices: [AccountID: Instant] = [:]

        fileprivate typealias Part = Swift.Result<[Lived], any Error>
    }

    /// One account's time under the other version, and the days that were recorded of it.
    fileprivate struct Lived: Sendable {
        let state: AccountState
        let course: Course
        let days: [DailyRow]
    }

    private let library: ProgrammeLibrary
    private let log: any IntakeLog
    private let store: any StateStore
    /// Kept rows: the version in force when the window began, and the one to try.
    private let old: ProgrammeRow
    private let new: ProgrammeRow
    private let window: Range<Instant>
    private let merges: Merges
    private let workers: Int

    /// - Parameters:
    ///   - merges: all that there ever were.
    ///   - workers: cores to use; each works on programmes of its own.
    package init(
        _ library: ProgrammeLibrary, _ log: any IntakeLog, _ store: any StateStore, from old: ProgrammeRow,
        to new: ProgrammeRow, window: Range<Instant>, merges: Merges = Merges(), workers: Int
    ) {
        self.library = library
        self.log = log
        self.store = store
        self.old = old
        self.new = new
        self.window = window
        self.merges = merges
        self.workers = max(1, workers)
    }

    package func run() throws -> Result {
        let (programmes, read) = try both({ try (0..<workers).map { _ in try Programmes(self) } }, { try self.read() })
        var result = read.result
        try replay(read.past, read.later, programmes, &result)
        // Millions of small things, which whoever waits for the answer need not wait for.
        DispatchQueue.global(qos: .utility).async { withExtendedLifetime(read) {} }
        return result
    }

    /// Both versions, as one core reads them for itself: what several share, they would count against each other.
    private struct Programmes: Sendable {
        let old: LoadedProgramme
        let new: LoadedProgramme

        init(_ replay: Replay) throws {
            old = try replay.library.load(replay.old)
            new = try replay.library.load(replay.new)
        }
    }

    /// The state of things when the window began, what came in it, and what was concluded of that.
    private func read() throws -> (past: PastStates, later: LaterBlocks, result: Result) {
        let oldProgramme = library.compile(try library.load(old), number: old.number)
        let marked = try PastStates(oldProgramme, store, merges, before: window.lowerBound)
        var past = try blocks(from: marked.position + 1, until: window.lowerBound, into: marked) { $0.take($1) }
        let (position, parts) = (past.position, past.merges)
        var result = Result()
        let bands = oldProgramme.programme.health.bands.map(\.id)
        let (later, conclusions) = try both({
            try self.blocks(from: position + 1, until: window.upperBound, into: LaterBlocks(parts)) { $0.take($1) }
        }, {
            try store.conclusions(upTo: position, from: marked.position, past.marked) { row in
                guard row.at > window.lowerBound, row.at <= window.upperBound, row.kind != "scoreMoved" else { return }
                result.recorded[row.account, default: Course()].take(try Decision(bytes: row.bytes), bandIDs: bands)
            }
        })
        try past.settle(conclusions, store) { try log.facts(of: $0, parts, upTo: position) }
        result.facts = later.factCount
        result.notices = later.notices
        return (past, later, result)
    }

    /// Takes the blocks up to an instant, while the next ones are read.
    private func blocks<State: Sendable>(
        from position: UInt64, until end: Instant, into state: State,
        _ taking: @escaping @Sendable (inout State, LogBlock) -> Void
    ) throws -> State {
        try readAhead(state) { take in
            try log.readTurns(from: position) { block in
                guard block.now <= end else { return false }
                take(block)
                return true
            }
        } taking: { taking(&$0, $1) }
    }

    // MARK: The other version

    private func replay(
        _ past: PastStates, _ later: LaterBlocks, _ programmes: [Programmes], _ result: inout Result
    ) throws {
        let benches = try programmes.map { try Bench(self, $0, past) }
        guard let first = benches.first else { return }
        let run = Run(past: past, later: later.sharing(past.shared, first.new), folded: try folded(first, past), log: log)
        let accounts = Set(past.accounts.keys).union(later.accounts).sorted()
        let size = max(1, accounts.count / (workers * 8))
        let parts = stride(from: 0, to: accounts.count, by: size).map { accounts[$0..<min(accounts.count, $0 + size)] }
        let cores = benches.map { (bench: $0, contexts: run.later.contexts($0.new)) }
        let outcomes = concurrentMap(parts, among: cores) { core, part in
            Result.Part(catching: { try part.map { try lived(core.bench.live($0, run, core.contexts)) } })
        }
        for lived in try outcomes.flatMap({ try $0.get() }) {
            let account = lived.state.id
            result.replayed[account] = lived.course
            result.states[account] = lived.state
            result.recorded[account, default: Course()].standing = lived.course.standing
            for row in lived.days { result.recorded[account, default: Course()].close(row.day, row.score) }
        }
    }

    /// What the accounts' facts come to under the new version, where measures cannot just move over.
    private func folded(_ bench: Bench, _ past: PastStates) throws -> [AccountID: Refold] {
        if case .moved = bench.changeover.measures(bench.new) { return [:] }
        let folds = past.accounts.mapValues { Refold(bench.new, retracted: $0.observations.retracted) }
        return try log.refolded(folds, past.merges, upTo: past.position)
    }

    /// What all cores read.
    private struct Run: Sendable {
        let past: PastStates
        let later: LaterBlocks
        let folded: [AccountID: Refold]
        let log: any IntakeLog
    }

    /// What one core works with.
    private struct Bench: Sendable {
        let changeover: Changeover
        let old: CompiledProgramme
        let new: CompiledProgramme
        let adoption: Adoption
        let start: Instant

        init(_ replay: Replay, _ programmes: Programmes, _ past: PastStates) throws {
            old = replay.library.compile(programmes.old, number: replay.old.number)
            start = replay.window.lowerBound
            changeover = Changeover(
                replay.library, from: old, programmes.old, to: programmes.new, number: replay.new.number, now: start)
            (new, adoption) = try changeover.programme(past.accounts.values) { number in
                number == replay.old.number ? replay.old : try replay.store.programme(number)
            }
        }

        func live(_ account: AccountID, _ run: Run, _ contexts: [TurnContext]) throws -> (state: AccountState, course: Course) {
            var course = Course()
            var memo = Memo()
            var state = AccountState(id: account, programme: new)
            if let known = run.past.accounts[account] { state = adopted(known, run, &course) }
            for turn in run.later.turns(of: account) {
                let history =
                    Engine.needsHistory(turn.facts) ? try run.log.facts(of: account, turn.merges, upTo: turn.first - 1) : nil
                take(Engine.turn(&state, &memo, facts: turn.facts, now: turn.now, contexts[turn.block], history: history),
                    &course)
            }
            return (state, course)
        }

        private func adopted(_ known: AccountState, _ run: Run, _ course: inout Course) -> AccountState {
            var state = known
            _ = Engine.turn(&state, facts: [], now: start, context(old, run))
            course.begin(with: state.conclusions)
            let observations = changeover.observations(state, new, folded: run.folded[state.id]?.observations)
            take(Engine.adopt(&state, adoption, observations: observations, now: start, context(new, run)), &course)
            return state
        }

        /// When the window begins; of the days that follow only the conclusions are compared.
        private func context(_ programme: CompiledProgramme, _ run: Run) -> TurnContext {
            TurnContext(programme: programme, workspace: run.past.shared, keepsMetrics: false)
        }

        private func take(_ result: TurnResult, _ course: inout Course) {
            let bands = new.programme.health.bands.map(\.id)
            for decision in result.decisions where decision.at >= start { course.take(decision, bandIDs: bands) }
        }
    }

    private func lived(_ life: (state: AccountState, course: Course)) throws -> Lived {
        let days = life.course.scores.keys
        guard let first = days.min(), let last = days.max() else {
            return Lived(state: life.state, course: life.course, days: [])
        }
        return Lived(
            state: life.state, course: life.course, days: try store.dailies(account: life.state.id, days: first...last))
    }
}
