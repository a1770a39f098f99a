import TenureCore
import TenureEngine
import TenureProgramme
import TenureStore

/// Every account as it was when the log had come to a place: measures folded from its facts, conclusions from what was
/// recorded. Nothing is concluded anew.
struct PastStates: Sendable {
    private(set) var accounts: [AccountID: AccountState] = [:]
    private(set) var shared = WorkspaceState()
    private(set) var position: UInt64 = 0
    private let programme: CompiledProgramme
    private var folds: [AccountID: Refold] = [:]
    private var times: [AccountID: Times] = [:]

    private struct Times: Sendable {
        var clock: Instant?
        var created: Instant?
    }

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

    private(set) var merges = Merges()

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
        try store.states(ofMark: mark.position) { kept in
            let state = try AccountState(bytes: kept.bytes)
            folds[kept.account] = Refold(programme, continuing: state.observations)
            times[kept.account] = Times(clock: state.clock, created: state.created)
            marked[kept.account] = state.conclusions
        }
    }

    /// What was concluded of each account by the place where this begins.
    private(set) var marked: [AccountID: Conclusions] = [:]

    /// The next block, in order.
    mutating func take(_ block: LogBlock) {
        var told: [AccountID: Told] = [:]
        merges.take(block)
        for fact in merges.routed(block) {
            shared.fold(fact, programme: programme, at: block.now)
            for account in fact.wokenAccounts where told[account] == nil { told[account] = Told() }
            guard let account = fact.account else { continue }
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
            var fold = fold
            if refolded.contains(account) { fold = Refold(programme, history: try read(account)) }
            if let clock = times[account]?.clock { fold.pass(to: clock) }
            var state = AccountState(id: account, programme: programme)
            state.observations = fold.observations
            state.clock = times[account]?.clock
            state.created = times[account]?.created
            state.conclusions = conclusions[account] ?? Conclusions()
            try closeDays(of: &state, store)
            accounts[account] = state
        }
        folds = [:]
    }

    private func closeDays(of state: inout AccountState, _ store: any StateStore) throws {
        guard let clock = state.clock else { return }
        let zone = programme.zone(of: state.observations)
        let last = zone.day(at: clock) + -1
        let first = max(last + -Self.daysKept, state.conclusions.health.daily.last.map { $0.day + 1 } ?? last + -Self.daysKept)
        guard first <= last else { return }
        for row in try store.dailies(account: state.id, days: first...last) { try state.conclusions.close(row) }
    }

    /// As many as conclusions remember.
    static let daysKept: Int32 = 100
}

extension Conclusions {
    /// A day that was closed, whose reading it gives; the newest reading stays.
    @discardableResult
    mutating func close(_ row: DailyRow) throws -> HealthReading {
        var reader = ByteReader(row.bytes)
        let (reading, below) = try reader.readClosedDay()
        close(row.day, reading, belowBestSince: below)
        return reading
    }
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
        var last: DecisionPlace? = DecisionPlace(position: start, ordinal: .max)
        while case let page = try decisions(after: last, limit: 10_000), let end = page.last {
            for row in page {
                if row.place.position > position {
                    try then(row)
                } else if row.kind == "scoreMoved" {
                    // The newest is all that counts, and most rows are of this kind.
                    moved[row.account] = row
                } else {
                    try Decision(bytes: row.bytes).apply(to: &conclusions[row.account, default: Conclusions()])
                }
            }
            last = end.place
        }
        for (account, row) in moved {
            try Decision(bytes: row.bytes).apply(to: &conclusions[account, default: Conclusions()])
        }
        return conclusions
    }
}
