import TenureCore
import TenureEngine
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

    init(_ programme: CompiledProgramme) { self.programme = programme }

    /// The next block, in order.
    mutating func take(_ block: LogBlock) {
        for fact in block.facts {
            shared.fold(fact, programme: programme)
            guard let account = fact.account else { continue }
            if case .retract(let id) = fact.operation { takeBack(account, Retraction(source: fact.source, id: id)) }
            folds[account, default: Refold(programme, retracted: [])].take(fact)
        }
        for account in block.touchedAccounts { passTime(account, block) }
        position = block.position
    }

    /// Before the fence only imported events move an account's clock; behind it every turn does.
    private mutating func passTime(_ account: AccountID, _ block: LogBlock) {
        var known = times[account] ?? Times()
        let imported = block.facts.filter { fact in
            fact.account == account && fact.flags.contains(.fenced) && FactType.isTelemetry(fact.type)
        }.map(\.occurred)
        if let first = imported.min(), known.created == nil { known.created = first }
        if let last = imported.max() { known.clock = max(known.clock ?? last, last) }
        let isLive = block.facts.contains { $0.account == account && !$0.flags.contains(.fenced) }
        if shared.isLive || isLive {
            known.created = known.created ?? block.now
            known.clock = max(known.clock ?? block.now, block.now)
        }
        times[account] = known
    }

    /// Rare, and exact only with everything before it: whoever asks folds that account again.
    private(set) var retracted: [AccountID: [Retraction]] = [:]
    private mutating func takeBack(_ account: AccountID, _ fact: Retraction) { retracted[account, default: []].append(fact) }

    /// Ends the folding: conclusions, and the days that were closed by then, come from the store.
    mutating func settle(
        _ conclusions: [AccountID: Conclusions], _ store: any StateStore, refolding read: (AccountID) throws -> [Fact]
    ) throws {
        for (account, fold) in folds {
            var fold = fold
            if let taken = retracted[account] {
                fold = Refold(programme, retracted: taken)
                for fact in try read(account) { fold.take(fact) }
            }
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
        for row in try store.dailies(account: state.id, days: (last + -Self.daysKept)...last) {
            var reader = ByteReader(row.bytes)
            let (reading, below) = try reader.readClosedDay()
            state.conclusions.close(row.day, reading, belowBestSince: below)
        }
    }

    /// As many as conclusions remember.
    private static let daysKept: Int32 = 100
}

extension StateStore {
    /// What was concluded of each account up to a position, without the days' ends; what followed goes to `then`.
    func conclusions(upTo position: UInt64, then: (DecisionRow) throws -> Void) throws -> [AccountID: Conclusions] {
        var conclusions: [AccountID: Conclusions] = [:]
        var moved: [AccountID: DecisionRow] = [:]
        var last: DecisionPlace?
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
