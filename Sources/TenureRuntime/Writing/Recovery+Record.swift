import TenureCore
import TenureEngine
import TenureStore

/// A start of another build of the product than the one that concluded last, after a process that did not end in order.
/// This build may conclude otherwise of the same facts, and what was concluded has been seen and sent: accounts are
/// brought to where they were by what is recorded, and nothing is derived again (decision 17).
struct Record: Sendable {
    /// The position of each account's checkpoint: what came by then it holds.
    private let saved: [AccountID: UInt64]
    /// Whether blocks are still taken from it.
    private(set) var isOpen: Bool
    private let store: any StateStore
    private var last: DecisionPlace?
    private var page: ArraySlice<DecisionRow> = []
    /// Accounts that were behind, and when the score of each moved last, if it did.
    private(set) var moved: [AccountID: Instant?] = [:]

    private static let rowsAtOnce = 10_000

    /// - Parameters:
    ///   - isOpen: false: what is recorded is this build's own.
    ///   - start: where reading begins.
    init(isOpen: Bool, _ saved: [AccountID: UInt64], _ store: any StateStore, from start: UInt64) {
        self.isOpen = isOpen
        self.saved = saved
        self.store = store
        last = DecisionPlace(position: start, ordinal: .max)
    }

    mutating func close() { isOpen = false }

    func isBehind(_ account: AccountID, _ position: UInt64) -> Bool { saved[account] ?? 0 < position }

    mutating func note(_ account: AccountID) {
        if moved.index(forKey: account) == nil { moved[account] = .some(nil) }
    }

    mutating func note(_ account: AccountID, movedAt at: Instant) { moved[account] = at }

    /// The next decision that was recorded by a position, in order; nil: there is none left.
    mutating func next(upTo position: UInt64) throws -> DecisionRow? {
        if page.isEmpty {
            page = try store.decisions(after: last, limit: Self.rowsAtOnce)[...]
            last = page.last?.place ?? last
        }
        guard let row = page.first, row.place.position <= position else { return nil }
        return page.removeFirst()
    }
}

extension Writer {
    static let buildSetting = "build"

    /// Whether another build concluded on blocks that are not yet in all saved accounts.
    var isRecordOfAnother: Bool {
        get throws { try build != nil && store.setting(Self.buildSetting) != build }
    }

    /// The facts of a block are folded, and what was decided with it is applied. One account after the other, so that a
    /// million need no more memory than they do anyway.
    mutating func follow(_ block: LogBlock, _ record: inout Record) throws {
        let groups = group(block)
        let context = TurnContext(programme: programme, workspace: shared, concludes: false)
        for (account, facts) in groups where record.isBehind(account, block.position) {
            let history = Engine.needsHistory(facts) ? try log.facts(of: account, merges, upTo: block.first - 1) : nil
            guard var state = accounts.take(account) else { continue }
            Engine.follow(&state, facts: facts, now: block.now, context, history: history)
            accounts[account] = state
            dirty.mark(account, block.position)
            record.note(account)
        }
        while let row = try record.next(upTo: block.position) { try apply(row, &record) }
    }

    private mutating func apply(_ row: DecisionRow, _ record: inout Record) throws {
        guard record.isBehind(row.account, row.place.position), var state = accounts.take(row.account) else { return }
        try Decision(bytes: row.bytes).apply(to: &state.conclusions)
        accounts[row.account] = state
        if row.kind == "scoreMoved" { record.note(row.account, movedAt: row.at) }
    }

    /// Ends it: days that were closed are closed, and every account is saved, so that the next start compares what this build
    /// concludes. Nothing is concluded before that is recorded.
    mutating func endRecord(_ record: inout Record) throws {
        guard record.isOpen else { return }
        record.close()
        for (account, movedAt) in record.moved { try closeDays(of: account, movedAt: movedAt) }
        counts.takenOver = record.moved.count
        try saveAll()
        try keepBuild()
    }

    /// Days are kept beside decisions. Of a day's end and a score that moved, the later one's reading is the newest; at one
    /// instant both have the same, or the score moved after it.
    private mutating func closeDays(of account: AccountID, movedAt: Instant?) throws {
        guard var state = accounts.take(account) else { return }
        defer { accounts[account] = state }
        guard let clock = state.clock else { return }
        let zone = programme.zone(of: state.observations)
        let today = zone.day(at: clock)
        let first = state.conclusions.health.daily.last.map { $0.day + 1 } ?? today + -PastStates.daysKept
        // The account may have lived further east, where days end earlier.
        guard first <= today + 1 else { return }
        for row in try store.dailies(account: account, days: first...today + 1) {
            let moved = state.conclusions.health.reading
            let reading = try state.conclusions.close(row)
            let at = row.close?.at ?? zone.instant(day: row.day + 1)
            state.conclusions.health.reading = movedAt.map { at <= $0 } ?? false ? moved : reading
        }
    }

    package func keepBuild() throws {
        guard let build, try store.setting(Self.buildSetting) != build else { return }
        var commit = Commit(position: try store.committedPosition(), now: lastNow)
        commit.settings = [(name: Self.buildSetting, value: build)]
        try store.commit(commit)
    }
}
