import TenureCore
import TenureEngine
import TenureProgramme
import TenureStore

/// Every account as it was when the log had come to a place: measures folded from its facts, conclusions from what was
/// recorded. Nothing is concluded anew.
struct PastStates: Sendable {
    var accounts: [AccountID: AccountState] = [:]
    var shared = WorkspaceState()
    var position: UInt64 = 0
    private let programme: CompiledProgramme
    var folds: [AccountID: Refold] = [:]
    private var times: [AccountID: Times] = [:]

    private struct Times: Sendable {
        var clock: Instant?
        var created: Instant?
    }

    /// Accounts that are known as of places of their own: what they hold already passes them by.
    var known = AccountStates()
    var saved: [AccountID: UInt64] = [:]

    /// What a block tells of an account's time.
    private struct Told {
        var firstImported: Instant?
        var lastImported: Instant?
        var isLive = false

        mutating func take(_ fact: Fact) {
            guard fact.flags.contains(.fenced) else { return isLive = true }
            guard FactType.isTelemetry(fact.type) else { return }
            firstImported = min(firstImported ?? fact.occurred, fact.occurred)
            lastImported = max(lastImported ?? fact.occurred, fact.occurred)
        }
    }

    var merges = Merges()

    init(_ programme: CompiledProgramme) { self.programme = programme }

    /// From the newest mark that the same version made before an instant; without one, from the beginning.
    ///
    /// - Parameter merges: all that there ever were.
    init(
        _ programme: CompiledProgramme, _ store: any StateStore, _ merges: Merges = Merges(), before instant: Instant
    ) throws {
        self.init(programme)
        let marks = try store.marks().filter { $0.at <= instant && $0.version == programme.programme.version }
        guard let mark = marks.last else { return }
        shared = try WorkspaceState(bytes: mark.workspace)
        position = mark.position
        self.merges = merges.asOf(mark.position)
        try store.states(ofMark: mark.position) { go(on: try AccountState(bytes: $0.bytes)) }
    }

    mutating func go(on state: AccountState) {
        folds[state.id] = Refold(programme, continuing: state.observations)
        times[state.id] = Times(clock: state.clock, created: state.created)
        marked[state.id] = state.conclusions
    }

    /// Whether the account does not hold yet what came with a block; from then on it is folded.
    private mutating func isBehind(_ account: AccountID, _ position: UInt64) -> Bool {
        if folds[account] != nil { return true }
        guard saved[account] ?? 0 < position else { return false }
        if let state = known[account] { go(on: state) }
        return true
    }

    /// What was concluded of each account by the place where it begins.
    var marked: [AccountID: Conclusions] = [:]

    /// The next block, in order.
    mutating func take(_ block: LogBlock) {
        var told: [AccountID: Told] = [:]
        merges.take(block)
        for fact in merges.routed(block) {
            shared.fold(fact, programme: programme, at: block.now)
            for account in fact.wokenAccounts where told[account] == nil && isBehind(account, block.position) {
                told[account] = Told()
            }
            guard let account = fact.account, isBehind(account, block.position) else { continue }
            told[account, default: Told()].take(fact)
            if Engine.needsHistory([fact]) { refolded.insert(account) }
            folds[account, default: Refold(programme, retracted: [])].take(fact)
        }
        for (account, told) in told { passTime(account, told, block.now) }
        position = block.position
    }

    /// Before the fence only imported events move an account's clock; behind it every turn does.
    private mutating func passTime(_ account: AccountID, _ told: Told, _ now: Instant) {
        var known = times[account] ?? Times()
        if let first = told.firstImported, known.created == nil { known.created = first }
        if let last = told.lastImported { known.clock = max(known.clock ?? last, last) }
        if shared.isLive || told.isLive {
            known.created = known.created ?? now
            known.clock = max(known.clock ?? now, now)
        }
        times[account] = known
    }

    /// Rare, and exact only with everything before it: whoever asks folds that account again.
    private(set) var refolded: Set<AccountID> = []

    /// Ends the folding: conclusions, and the days that were closed by then, come from the store.
    mutating func settle(
        _ conclusions: [AccountID: Conclusions], _ store: any StateStore, refolding read: (AccountID) throws -> [Fact]
    ) throws {
        for (account, fold) in folds {
            var state = try settled(account, fold, refolding: read)
            state.conclusions = conclusions[account] ?? Conclusions()
            try closeDays(of: &state, store)
            accounts[account] = state
        }
        folds = [:]
    }

    /// Without conclusions.
    func settled(
        _ account: AccountID, _ fold: Refold, refolding read: (AccountID) throws -> [Fact]
    ) throws -> AccountState {
        var fold = fold
        if refolded.contains(account) { fold = Refold(programme, history: try read(account)) }
        if let clock = times[account]?.clock { fold.pass(to: clock) }
        var state = AccountState(id: account, programme: programme)
        state.observations = fold.observations
        state.clock = times[account]?.clock
        state.created = times[account]?.created
        return state
    }

    private func closeDays(of state: inout AccountState, _ store: any StateStore) throws {
        for row in try closedDays(of: state, store) {
            var reader = ByteReader(row.bytes)
            let (reading, below) = try reader.readClosedDay()
            state.conclusions.close(row.day, reading, belowBestSince: below)
        }
    }

    /// Days whose ends the account's conclusions do not hold yet.
    private func closedDays(of state: AccountState, _ store: any StateStore) throws -> [DailyRow] {
        guard let clock = state.clock else { return [] }
        let last = programme.zone(of: state.observations).day(at: clock) + -1
        let first = max(last + -Self.daysKept, state.conclusions.health.daily.last.map { $0.day + 1 } ?? last + -Self.daysKept)
        return first <= last ? try store.dailies(account: state.id, days: first...last) : []
    }

    /// The same as the decisions that they were, oldest first.
    func closings(of state: AccountState, _ store: any StateStore) throws -> [Decision] {
        let zone = programme.zone(of: state.observations)
        return try closedDays(of: state, store).map { row in
            var reader = ByteReader(row.bytes)
            let (reading, below) = try reader.readClosedDay()
            let at = row.close?.at ?? zone.instant(day: row.day + 1)
            return .closing(row.day, reading, belowBestSince: below, of: state.id, at: at)
        }
    }

    /// As many as conclusions remember.
    private static let daysKept: Int32 = 100
}

extension StateStore {
    /// What was concluded of each account up to a position, without the days' ends; what followed goes to `then`.
    ///
    /// - Parameter marked: what was concluded by an earlier position, with which it begins.
    func conclusions(
        upTo position: UInt64, from start: UInt64 = 0, _ marked: [AccountID: Conclusions] = [:],
        then: (DecisionRow) throws -> Void
    ) throws -> [AccountID: Conclusions] {
        var conclusions = marked
        var moved: [AccountID: DecisionRow] = [:]
        try eachDecision(after: start) { row in
            if row.place.position > position {
                try then(row)
            } else if row.kind == "scoreMoved" {
                // The newest is all that counts, and most rows are of this kind.
                moved[row.account] = row
            } else {
                try Decision(bytes: row.bytes).apply(to: &conclusions[row.account, default: Conclusions()])
            }
        }
        for (account, row) in moved {
            try Decision(bytes: row.bytes).apply(to: &conclusions[account, default: Conclusions()])
        }
        return conclusions
    }

    /// Those of the blocks behind a place, in the order in which they were concluded.
    func eachDecision(after start: UInt64, _ body: (DecisionRow) throws -> Void) throws {
        var last: DecisionPlace? = DecisionPlace(position: start, ordinal: .max)
        while case let page = try decisions(after: last, limit: 10_000), let end = page.last {
            for row in page { try body(row) }
            last = end.place
        }
    }
}
