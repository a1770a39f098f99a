import Synchronization
package import TenureAuthoring
package import TenureCore
package import TenureEngine
import TenureProgramme
package import TenureStore

/// Why a version was not published; nothing changed.
package enum PublishRefusal: Error, Hashable, Sendable {
    /// Running plays of more versions than can be kept apart.
    case tooManyVersions(limit: Int)
    /// The running version is the same, file by file.
    case unchanged(number: Int)
    case unknownVersion(Int)
    /// A name of nobody: of blanks only.
    case nobody
    /// Who proposed a version does not approve it.
    case approverMustDiffer(proposer: String)
    case nothingWaits
    /// It was made as a change to another version than the one that runs.
    case stale(on: Int, running: Int)
    /// Another one waits than the one that was meant.
    case replaced(digest: String)
    /// A kept version that this binary cannot read.
    case unreadable(mistakes: String)
}

extension Writer {
    static let versionSetting = "programme.version"
    /// Versions with running plays, the newest included (decision 25).
    private static let versionsMax = 8

    /// Makes a version durable and has the log say that it takes effect. What follows is for `process` to conclude.
    ///
    /// Whether it needs an approval was asked before.
    package mutating func publish(
        _ loaded: LoadedProgramme, by: String, reason: String, approval: ProgrammeRow.Approval? = nil, now wall: Instant
    ) throws -> LogBlock {
        let running = try store.programme(programme.programme.version)
        if let running, running.digest == loaded.digest { throw PublishRefusal.unchanged(number: running.number) }
        let versions = Set(Changeover.running(accounts.values).keys).union([programme.programme.version])
        guard versions.count < Self.versionsMax else { throw PublishRefusal.tooManyVersions(limit: Self.versionsMax) }
        let now = max(wall, lastNow)
        var row = loaded.row(programme.programme.version + 1, at: now, by: by, reason: reason)
        row.approval = approval
        var commit = Commit(position: position, now: now)
        commit.programmes = [row]
        try store.commit(commit)
        let fact = Fact(
            occurred: now, recorded: now, source: "operator", id: "programme-\(row.number)-\(row.digest)", account: nil,
            type: FactType.programmePublished,
            data: ["version": .int(Int64(row.number)), "digest": .string(row.digest), "by": .string(by)])
        let block = LogBlock(position: log.end + 1, now: now, facts: [fact])
        try log.append(block)
        lastNow = now
        return block
    }

    /// Every account's time passes under the old version up to the block, then the new one concludes; states, layout and
    /// number are saved with it, so that nothing is ever replayed across the change.
    mutating func takeEffect(_ version: Int, _ block: LogBlock) throws {
        var commit = Commit(position: block.position, now: block.now)
        _ = try conclude(passing(block), into: &commit)
        guard let row = try store.programme(version) else { throw PublishRefusal.unknownVersion(version) }
        let changeover = try changeover(to: row, at: block.now)
        let (new, adoption) = try changeover.programme(accounts.values, rows: store.programme)
        let folded = try folded(under: new, changeover, before: block.position)
        commit.settings += settledApprovals(row, needed: try needsApproval())
        programme = new
        // What they remember belongs to the version that ends, and would keep it in memory.
        memos = RecentMemos()
        let context = TurnContext(programme: new, workspace: shared)
        for account in accounts.keys.sorted() {
            guard let state = accounts[account] else { continue }
            let observations = changeover.observations(state, new, folded: folded[account]?.observations)
            let turn = TakenTurn(state) {
                Engine.adopt(&$0, adoption, observations: observations, now: block.now, context)
            }
            keep(turn, block)
            record(turn.outcome, account, block, into: &commit)
        }
        commit.settings += [
            (name: Self.versionSetting, value: String(version)), (name: Self.layoutSetting, value: new.layout.text),
        ]
        try finish(block, &commit, checkpointBytes: .max)
    }

    /// The block as one that wakes everybody: time passes for all.
    private func passing(_ block: LogBlock) -> LogBlock {
        var passing = block
        passing.facts.append(
            Fact(
                occurred: block.now, recorded: block.now, source: "clock", id: "publish-\(block.position)", account: nil,
                type: FactType.clockReached,
                data: ["accounts": .array(accounts.keys.sorted().map { .string($0.text) })]))
        return passing
    }

    private func changeover(to row: ProgrammeRow, at now: Instant) throws -> Changeover {
        let number = programme.programme.version
        guard let oldRow = try store.programme(number) else { throw PublishRefusal.unknownVersion(number) }
        return Changeover(
            library, from: programme, try library.load(oldRow), to: try library.load(row), number: row.number, now: now)
    }

    private func folded(
        under new: CompiledProgramme, _ changeover: Changeover, before position: UInt64
    ) throws -> [AccountID: Refold] {
        if case .moved = changeover.measures(new) { return [:] }
        let folds = accounts.mapValues { Refold(new, retracted: $0.observations.retracted) }
        return try log.refolded(folds, merges, upTo: position - 1)
    }

    /// What publishing now would conclude: the very steps of publishing, on a copy that writes nothing.
    package func predicted(_ loaded: LoadedProgramme, now wall: Instant) throws -> Prediction {
        var trial = self
        let decisions = Mutex([DecisionRow]())
        let offered = loaded.row(programme.programme.version + 1, at: wall, by: "", reason: "")
        trial.store = TrialStore(store, offered: offered) { commit in decisions.withLock { $0 += commit.decisions } }
        trial.isRehearsal = true
        let now = max(wall, lastNow)
        let version = programme.programme.version + 1
        try trial.takeEffect(
            version,
            LogBlock(
                position: position + 1, now: now,
                facts: [
                    Fact(
                        occurred: now, recorded: now, source: "operator", id: "trial", account: nil,
                        type: FactType.programmePublished, data: ["version": .int(Int64(version))])
                ]))
        return Prediction(
            at: now, programme: trial.programme, before: accounts, after: trial.accounts,
            decisions: decisions.withLock { $0 })
    }

    /// Takes the version that is in force, beside older ones whose plays still run.
    mutating func settleVersion(_ states: some Sequence<AccountState>) throws {
        let number = programme.programme.version
        let older = Changeover.running(states).filter { $0.key != number }
        guard !older.isEmpty, let row = try store.programme(number) else { return }
        var pinned: [PinnedProgramme] = []
        for (version, plays) in older.sorted(by: { $0.key < $1.key }) {
            guard let row = try store.programme(version) else { continue }
            pinned.append(PinnedProgramme(try library.load(row).programme, number: version, plays: plays))
        }
        guard !pinned.isEmpty else { return }
        programme = library.compile(try library.load(row), number: number, pinned: pinned)
    }
}

/// What publishing would do to every account at one instant.
package struct Prediction: Sendable {
    package let at: Instant
    package let programme: CompiledProgramme
    package let before: AccountStates
    package let after: AccountStates
    /// In the order in which they would be recorded.
    package let decisions: [DecisionRow]
}

extension LogBlock {
    /// The version that takes effect with this block, of which nothing else is told in it.
    var publishedVersion: Int? {
        guard facts.count == 1, let fact = facts.first, fact.type == FactType.programmePublished else { return nil }
        return fact.data["version"]?.int.flatMap { Int(exactly: $0) }
    }
}
