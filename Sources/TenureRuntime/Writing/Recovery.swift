package import TenureCore
import TenureEngine
import TenureStore

/// A replay that concluded something else than what is recorded: the workspace must not go on (decision 17).
package struct Divergence: Error, Sendable {
    package var position: UInt64
    package var account: AccountID
}

extension Writer {
    /// Loads checkpoints and replays the log behind them, from the restart point on. What is derived again is compared with
    /// what is recorded, and blocks beyond the recorded position are processed as new.
    package mutating func recover(progress: (_ position: UInt64, _ end: UInt64) -> Void = { _, _ in }) throws {
        let committed = try store.committedPosition()
        let saved = try loadCheckpoints()
        for (name, value) in try store.settings(prefix: "member:") {
            directory.load(member: String(name.dropFirst(7)), account: value)
        }
        for (_, row) in try store.settings(prefix: Directory.rowPrefix) { directory.load(row: row) }
        try loadAdoptions()
        position = committed
        marks.begin(after: try store.marks().last)
        // After a stop in order every block has its commit, and nobody asks.
        let quarantined = committed < log.end ? try quarantinedNumbers() : [:]
        var told: UInt64 = 0
        let start = try loadRestartPoint()
        var record = Record(isOpen: try isRecordOfAnother, saved, store, from: start)
        let waiting = try log.readTurns(from: start + 1) { block in
            try remember(block)
            if block.position >= told + 256 {
                progress(block.position, log.end)
                told = block.position
            }
            if block.position > committed {
                try endRecord(&record)
                enterAgain(block, quarantined)
                joinMembers(block.facts)
                try process(block)
            } else if record.isOpen {
                try follow(block, &record)
            } else {
                try replay(block, saved)
            }
            return true
        }
        try endRecord(&record)
        if let waiting {
            try remember(waiting)
            enterAgain(waiting, quarantined)
            gatherAgain(waiting)
        }
        log.restartFiles?.remove(except: restart.files.union(index.runNames))
        try recoverQuarantine()
        let context = TurnContext(programme: programme, workspace: shared)
        for (account, state) in accounts {
            due.set(account, Engine.nextDue(state, context))
            if let external = state.observations.profile["id"]?.string {
                directory.remember(account, external: external)
            }
        }
    }

    /// The process ended before what was taken last had its turns: it waits for them again.
    private mutating func gatherAgain(_ block: LogBlock) {
        joinMembers(block.facts)
        for account in block.facts.compactMap(\.account) where !knows(account) {
            accounts[account] = AccountState(id: account, programme: programme)
        }
        gathered.add(block, bytes: 0)
    }

    private mutating func remember(_ block: LogBlock) throws {
        lastNow = max(lastNow, block.now)
        try index.settle(in: log)
        for fact in block.facts where fact.type != FactType.clockReached { remember(fact) }
    }

    /// With its account: sent again, an event says the same.
    mutating func remember(_ fact: Fact) {
        index.remember(key(of: fact), content: Draft.contentWithAccount(fact), recorded: fact.recorded)
    }

    private func key(of fact: Fact) -> EventKey { keys.eventKey(source: fact.source, id: fact.id) }

    /// What a block took out of quarantine leaves it with the block's commit, as it would have: in one that followed, a
    /// process that ends between the two would leave it there, to be taken once more.
    private mutating func enterAgain(_ block: LogBlock, _ quarantined: [EventKey: Int64]) {
        guard !quarantined.isEmpty else { return }
        arrived.enterAgain(block.facts.compactMap { quarantined[key(of: $0)] }, with: block.position)
    }

    private func quarantinedNumbers() throws -> [EventKey: Int64] {
        var numbers: [EventKey: Int64] = [:]
        try eachQuarantined { numbers[key(of: $0)] = $1 }
        return numbers
    }

    private func eachQuarantined(_ body: (Fact, _ number: Int64) throws -> Void) throws {
        var last: Int64 = 0
        while case let rows = try store.quarantine(subject: nil, after: last, limit: 1000), let newest = rows.last {
            for row in rows {
                var reader = ByteReader(row.bytes)
                try body(try reader.readFact(), row.number)
            }
            last = newest.number
        }
    }

    /// What waits in quarantine was acknowledged too: its ids are known, and what has its account by now enters.
    private mutating func recoverQuarantine() throws {
        let entered = arrived.enteredNumbers
        var known: [(key: EventKey, content: UInt64, recorded: Instant)] = []
        try eachQuarantined { fact, number in
            if !entered.contains(number) { known.append((key(of: fact), Draft.contentWithAccount(fact), fact.recorded)) }
        }
        for one in known { index.remember(one.key, content: one.content, recorded: one.recorded) }
        for (subject, _) in try store.quarantineCounts() {
            if let account = arrivedAccount(subject) { arrived.add(subject, account) }
        }
    }

    private func arrivedAccount(_ subject: String) -> AccountID? {
        let named = directory.accounts[ExternalID(subject)] ?? keys.account(external: subject)
        return accounts[named] != nil ? named : account(ofLogin: subject)
    }

    /// Facts that an account's checkpoint does not hold yet; workspace facts always, since they have no checkpoint.
    private mutating func replay(_ block: LogBlock, _ saved: [AccountID: UInt64]) throws {
        var behind = block
        merges.take(block)
        behind.facts = block.facts.compactMap { fact in
            if let account = merges.owner(of: fact) { return (saved[account] ?? 0) < block.position ? fact : unfolded(fact, block) }
            return fact.type == FactType.clockReached ? narrowed(fact, block.position, saved) : fact
        }
        let isNothing = behind.facts.allSatisfy { $0.account == nil && $0.type != FactType.clockReached }
        if isNothing {
            for fact in behind.facts { shared.fold(fact, programme: programme, at: block.now) }
            return
        }
        var commit = Commit(position: block.position, now: block.now)
        _ = try conclude(behind, into: &commit)
        try compare(commit, block.position)
    }

    /// A fact that its account holds already still tells the workspace that its source speaks.
    private mutating func unfolded(_ fact: Fact, _ block: LogBlock) -> Fact? {
        shared.fold(fact, programme: programme, at: block.now)
        return nil
    }

    private func narrowed(_ fact: Fact, _ position: UInt64, _ saved: [AccountID: UInt64]) -> Fact {
        var narrowed = fact
        let behind = (fact.data["accounts"]?.array ?? []).filter { id in
            id.string.map { (saved[AccountID($0)] ?? 0) < position } ?? false
        }
        narrowed.data["accounts"] = .array(behind)
        return narrowed
    }

    /// Determinism is asserted, not hoped for.
    private func compare(_ commit: Commit, _ position: UInt64) throws {
        guard !commit.decisions.isEmpty else { return }
        let recorded = try store.decisions(
            after: DecisionPlace(position: position, ordinal: -1), limit: 100_000
        ).prefix { $0.place.position == position }
        let byAccount = Dictionary(grouping: recorded, by: \.account)
        for (account, derived) in Dictionary(grouping: commit.decisions, by: \.account) {
            guard derived.map(\.bytes) == byAccount[account]?.map(\.bytes) else {
                throw Divergence(position: position, account: account)
            }
        }
    }
}

// MARK: - Checkpoints

extension Writer {
    static let layoutSetting = "layout"

    /// The position of each account's checkpoint. States that another version of the programme laid out are moved to the
    /// places of this one, and saved so before anything else happens.
    private mutating func loadCheckpoints() throws -> [AccountID: UInt64] {
        let known = try store.setting(Self.layoutSetting)
        let layout = known.flatMap { Layout(text: $0) } ?? programme.layout
        var saved: [AccountID: UInt64] = [:]
        try store.checkpoints { checkpoint in
            accounts[checkpoint.account] = try AccountState(bytes: checkpoint.bytes)
            saved[checkpoint.account] = checkpoint.position
        }
        try settleVersion(accounts.values)
        if layout != programme.layout {
            for account in accounts.keys { move(account, from: layout) }
        }
        if known == nil || layout != programme.layout { try keepLayout(saved) }
        return saved
    }

    private mutating func move(_ account: AccountID, from layout: Layout) {
        guard var state = accounts.take(account) else { return }
        state.observations.move(from: layout, to: programme.layout)
        accounts[account] = state
    }

    /// In one commit, so that no state ever stands beside the layout of another.
    private func keepLayout(_ saved: [AccountID: UInt64]) throws {
        var commit = Commit(position: try store.committedPosition(), now: lastNow)
        commit.settings = [(name: Self.layoutSetting, value: programme.layout.text)]
        commit.checkpoints = saved.sorted { $0.key < $1.key }.compactMap { account, position in
            accounts.kept(account).map { Checkpoint(account: account, position: position, bytes: $0.bytes) }
        }
        try store.commit(commit)
    }
}
