import TenureCore
package import TenureEngine
import TenureProgramme
package import TenureStore

extension Writer {
    /// Runs the turns of a durable block and commits what they concluded, with the block's position.
    @discardableResult
    package mutating func process(_ block: LogBlock) throws -> [Refusal] {
        if let version = block.publishedVersion {
            try takeEffect(version, block)
            return []
        }
        var commit = Commit(position: block.position, now: block.now)
        let refusals = try conclude(block, into: &commit)
        // As much as if each of the blocks had had a commit of its own, so that a start reads no more than then.
        let blocks = Int(clamping: min(64, block.position - block.first + 1))
        try finish(block, &commit, checkpointBytes: checkpointBytesPerCommit * blocks)
        return refusals
    }

    /// The pure part of processing: one turn for each account of the block. Those that are there as values come first, so
    /// that none is packed shortly before its turn; what they decide is recorded in the order of their ids all the same.
    mutating func conclude(_ block: LogBlock, into commit: inout Commit) throws -> [Refusal] {
        hasReadOutgoing = false
        try findDayLayout()
        let groups = group(block)
        // Only now: the facts of the block have told the workspace that their sources speak.
        let context = TurnContext(programme: programme, workspace: shared, keepsMetrics: keepsMetrics)
        if let settled = context.settling(since: block.now), settled != hastened {
            due.hasten(to: settled)
            hastened = settled
        }
        var turns: [(place: Int, taken: TakenTurn.Outcome)] = []
        for place in accounts.wholeFirst(groups.map(\.0)) {
            let (account, facts) = groups[place]
            let history = Engine.needsHistory(facts) ? try log.facts(of: account, merges, upTo: block.first - 1) : nil
            guard let state = accounts.take(account) else { continue }
            var memo = memos.take(account)
            let turn = TakenTurn(state) {
                Engine.turn(&$0, &memo, facts: facts, now: block.now, context, history: history)
            }
            memos.keep(memo, of: account)
            keep(turn, block)
            if !turn.outcome.isEmpty { turns.append((place, turn.outcome)) }
        }
        turns.sort { $0.place < $1.place }
        for (place, taken) in turns { record(taken, groups[place].0, block, into: &commit) }
        return turns.flatMap(\.taken.refusals)
    }

    mutating func keep(_ turn: TakenTurn, _ block: LogBlock) {
        let account = turn.state.id
        accounts[account] = turn.state
        counts.turns += 1
        dirty.mark(account, block.position)
        due.set(account, turn.due)
    }

    mutating func record(_ taken: TakenTurn.Outcome, _ account: AccountID, _ block: LogBlock, into commit: inout Commit) {
        for decision in taken.decisions { record(decision, account, block, into: &commit) }
    }

    /// The block's facts by account, in byte order of the ids; the workspace's own facts are folded first.
    mutating func group(_ block: LogBlock) -> [(AccountID, [Fact])] {
        var byAccount: [AccountID: [Fact]] = [:]
        merges.take(block)
        for fact in merges.routed(block) {
            shared.fold(fact, programme: programme, at: block.now)
            if let account = fact.account {
                if !knows(account) { accounts[account] = AccountState(id: account, programme: programme) }
                byAccount[account, default: []].append(fact)
            }
            for account in fact.wokenAccounts where byAccount[account] == nil && knows(account) { byAccount[account] = [] }
        }
        return byAccount.keys.sorted().map { ($0, byAccount[$0] ?? []) }
    }
}

// MARK: - Recording

extension Writer {
    private mutating func record(
        _ taken: TakenTurn.Recorded, _ account: AccountID, _ block: LogBlock, into commit: inout Commit
    ) {
        let decision = taken.decision
        let kind = decision.what.kind
        counts.decisions[kind, default: 0] += 1
        counts.digest &+= taken.hash
        commit.decisionsDigest ^= taken.hash
        switch decision.what {
        case .health(.dayClosed(let day, let reading, let below, let metrics)):
            var row = daily(account, day, reading, below)
            row.close = dayLayout.map {
                .init(at: decision.at, position: block.position, layout: $0.row.number, metrics: metrics.bytes)
            }
            return commit.dailies.append(row)
        case .outreach(let outreach): queue(outreach, account, decision.at, into: &commit)
        case .health, .signal, .play, .merging, .sla: break
        }
        commit.decisions.append(
            DecisionRow(
                place: DecisionPlace(position: block.position, ordinal: commit.decisions.count), account: account,
                at: decision.at, kind: kind, bytes: taken.bytes))
    }

    private func daily(
        _ account: AccountID, _ day: Day, _ reading: HealthReading, _ belowBestSince: Day?
    ) -> DailyRow {
        var writer = ByteWriter()
        writer.write(reading)
        writer.write(belowBestSince) { $0.write($1) }
        let bands = programme.programme.health.bands
        return DailyRow(
            account: account, day: day, score: reading.score,
            band: reading.band.flatMap { bands.indices.contains($0) ? bands[$0].id : nil }, bytes: writer.bytes)
    }

    private mutating func queue(
        _ decision: OutreachDecision, _ account: AccountID, _ at: Instant, into commit: inout Commit
    ) {
        switch decision {
        case .messageQueued(let intent):
            counts.messages += 1
            commit.outbox += compose(intent, account, at)
        case .messagesCancelled(let play, let reason):
            cancel(prefix: "\(account)/\(play)/", account, reason, in: &commit)
        case .messageSettled: break
        }
    }

    /// Rows of earlier commits that have not left, and rows of this very one.
    private func cancel(prefix: String, _ account: AccountID, _ reason: String, in commit: inout Commit) {
        guard !isRehearsal else { return }
        var query = OutboxQuery()
        query.account = account
        query.states = [.queued, .held]
        query.limit = 1000
        let waiting = ((try? store.outbox(query)) ?? []).map(\.key)
        for key in waiting + commit.outbox.map(\.key) where key.hasPrefix(prefix) {
            commit.cancellations.append((key: key, reason: "the play ended: " + reason))
        }
    }

    mutating func finish(_ block: LogBlock, _ commit: inout Commit, checkpointBytes: Int) throws {
        commit.checkpoints = dirty.take(bytes: checkpointBytes, accounts, at: block.position)
        settleRestartPoint(into: &commit)
        commit.released = arrived.leave(with: block.position)
        if let row = directory.takeNews() { commit.settings.append((name: Directory.rowName(block.position), value: row)) }
        keepMark(block, into: &commit)
        keepDayLayout(into: &commit)
        unfinished = Unfinished(block: block, commit: commit)
        try finishCommit()
    }

    private mutating func keepMark(_ block: LogBlock, into commit: inout Commit) {
        guard markBytesPerCommit > 0, block.now >= marksFrom else { return }
        if marks.isDue(block) {
            marks.begin(block, version: programme.programme.version, shared, accounts.all)
        }
        marks.take(bytes: markBytesPerCommit, into: &commit)
    }

    /// A commit that found no room is tried again before anything else happens: its turn has been taken already.
    package mutating func finishCommit() throws {
        guard let unfinished else { return }
        try store.commit(unfinished.commit)
        noteDayLayout(unfinished.commit)
        leaveRestartPoints(after: unfinished.commit)
        position = unfinished.block.position
        lastNow = max(lastNow, unfinished.block.now)
        counts.blocks += 1
        self.unfinished = nil
    }

    /// Saves every dirty account: before a stop, so that the next start replays nothing.
    package mutating func saveAll() throws {
        while !dirty.isEmpty {
            var commit = Commit(position: position, now: lastNow)
            commit.checkpoints = dirty.take(bytes: 8 << 20, accounts, at: position)
            try store.commit(commit)
        }
        try saveRestartPoint()
    }
}

/// What came of one account's turn.
struct TakenTurn: Sendable {
    struct Recorded: Sendable {
        var decision: Decision
        var bytes: [UInt8]
        var hash: UInt64
    }

    /// What is recorded of it, and answered.
    struct Outcome: Sendable {
        var decisions: [Recorded]
        var refusals: [Refusal]

        var isEmpty: Bool { decisions.isEmpty && refusals.isEmpty }
    }

    var state: AccountState
    var outcome: Outcome
    /// When time alone next changes something.
    var due: Instant?

    init(_ known: consuming AccountState, _ take: (inout AccountState) -> TurnResult) {
        let result = take(&known)
        state = known
        let decisions = result.decisions.enumerated().map { place, decision in
            let bytes = decision.bytes
            return Recorded(decision: decision, bytes: bytes, hash: mixed(hash64(bytes), UInt64(place)))
        }
        outcome = Outcome(decisions: decisions, refusals: result.refusals)
        due = result.due
    }
}

/// A block whose turn was taken but whose commit has not succeeded yet.
struct Unfinished: Sendable {
    var block: LogBlock
    var commit: Commit
}

/// Accounts that changed since they were saved, in the order in which they did.
struct DirtyList: Sendable {
    private var order: [AccountID] = []
    private var first = 0
    private var since: [AccountID: UInt64] = [:]

    var isEmpty: Bool { since.isEmpty }
    var count: Int { since.count }
    /// What made the oldest of them so; nil: all are saved.
    var oldest: UInt64? { order.indices.contains(first) ? since[order[first]] : nil }

    mutating func mark(_ account: AccountID, _ position: UInt64) {
        guard since[account] == nil else { return }
        since[account] = position
        order.append(account)
    }

    /// Oldest first, until the budget is spent.
    mutating func take(bytes budget: Int, _ accounts: AccountStates, at position: UInt64) -> [Checkpoint] {
        var saved: [Checkpoint] = []
        var spent = 0
        while first < order.count, spent < budget {
            let account = order[first]
            first += 1
            since[account] = nil
            guard let kept = accounts.kept(account) else { continue }
            let checkpoint = Checkpoint(account: account, position: position, bytes: kept.bytes)
            spent += checkpoint.bytes.count
            saved.append(checkpoint)
        }
        if first > 4096, first * 2 > order.count {
            order.removeFirst(first)
            first = 0
        }
        return saved
    }
}
