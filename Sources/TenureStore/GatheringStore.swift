import Synchronization
package import TenureCore


/// Writes the commits of many turns in one transaction: for a past that is thrown away and made again when it is not
/// finished. What is asked for is written first, as far as the answer could depend on it.
package final class GatheringStore: StateStore {
    private struct Waiting: Sendable {
        /// As of the newest commit, written or not.
        var position: UInt64
        var decided: UInt64
        var commits: [Commit] = []
        var rows = 0
        var contacts: [AccountID: [ContactRow]] = [:]
        var settings: Set<String> = []
        var hasQuarantine = false
    }

    private let store: any StateStore
    private let waiting: Mutex<Waiting>
    /// Rows that wait at most, some tens of megabytes.
    private static let rowsMax = 20_000

    package init(_ store: any StateStore) throws {
        self.store = store
        let first = Waiting(
            position: try store.committedPosition(), decided: try store.decisionDigests(from: 0).last?.position ?? 0)
        waiting = Mutex(first)
    }

    package func commit(_ commit: Commit) throws {
        let isFull = try waiting.withLock { waiting in
            try commit.mustFollow(committed: waiting.position, lastDecided: waiting.decided, path: "gathering")
            waiting.position = commit.position
            if !commit.decisions.isEmpty { waiting.decided = commit.position }
            waiting.commits.append(commit)
            waiting.rows += commit.rowCount
            for row in commit.contacts { waiting.contacts[row.account, default: []].append(row) }
            for (name, _) in commit.settings { waiting.settings.insert(name) }
            waiting.hasQuarantine = waiting.hasQuarantine || !commit.quarantine.isEmpty || !commit.released.isEmpty
            return waiting.rows >= Self.rowsMax
        }
        if isFull { try flush() }
    }

    /// Writes what waits. When it throws, everything still waits.
    package func flush() throws {
        let commits = waiting.withLock { $0.commits }
        guard !commits.isEmpty else { return }
        try store.commit(commits)
        waiting.withLock { $0 = Waiting(position: $0.position, decided: $0.decided) }
    }

    private func flushed(if isConcerned: (Waiting) -> Bool = { _ in true }) throws -> any StateStore {
        if waiting.withLock({ isConcerned($0) }) { try flush() }
        return store
    }
}

extension Commit {
    fileprivate var rowCount: Int {
        1 + decisions.count + checkpoints.count + markedStates.count + dailies.count + outbox.count + contacts.count + quarantine.count
    }
}

// MARK: - Reading

extension GatheringStore {
    package func committedPosition() throws -> UInt64 { try flushed().committedPosition() }
    package func checkpoints(_ body: (Checkpoint) throws -> Void) throws { try flushed().checkpoints(body) }
    package func marks() throws -> [Mark] { try flushed().marks() }
    package func states(ofMark position: UInt64, _ body: (Checkpoint) throws -> Void) throws {
        try flushed().states(ofMark: position, body)
    }
    package func decisionDigests(from position: UInt64) throws -> [(position: UInt64, digest: UInt64)] {
        try flushed().decisionDigests(from: position)
    }
    package func decisions(account: AccountID, before: DecisionPlace?, limit: Int) throws -> [DecisionRow] {
        try flushed().decisions(account: account, before: before, limit: limit)
    }
    package func decisions(after: DecisionPlace?, limit: Int) throws -> [DecisionRow] {
        try flushed().decisions(after: after, limit: limit)
    }
    package func signalTurns(since: Instant, limit: Int) throws -> [DecisionRow] {
        try flushed().signalTurns(since: since, limit: limit)
    }
    package func withheldSignals(limit: Int) throws -> [DecisionRow] { try flushed().withheldSignals(limit: limit) }
    package func dailies(account: AccountID, days: ClosedRange<Day>) throws -> [DailyRow] {
        try flushed().dailies(account: account, days: days)
    }
    package func dailyRange(account: AccountID) throws -> ClosedRange<Day>? {
        try flushed().dailyRange(account: account)
    }
    package func metricLayouts() throws -> [MetricLayout] { try flushed().metricLayouts() }
    /// Merged as the store will merge them: people appear every day, and messages ask for them every day.
    package func contacts(account: AccountID) throws -> [ContactRow] {
        var rows = Dictionary(try store.contacts(account: account).map { ($0.key, $0) }, uniquingKeysWith: { $1 })
        for row in waiting.withLock({ $0.contacts[account] ?? [] }) { rows[row.key] = row.merged(over: rows[row.key]) }
        return rows.values.sorted { precedes($0.key, $1.key) }
    }
    package func contact(account: AccountID, key: String) throws -> ContactRow? {
        try contacts(account: account).first { isSame($0.key, key) }
    }
    package func contacts(containing text: String, limit: Int) throws -> [ContactRow] {
        try flushed().contacts(containing: text, limit: limit)
    }
    package func notes(account: AccountID, limit: Int) throws -> [NoteRow] {
        try flushed().notes(account: account, limit: limit)
    }
    package func outbox(_ query: OutboxQuery) throws -> [OutboxRow] { try flushed().outbox(query) }
    package func outbox(key: String) throws -> OutboxRow? { try flushed().outbox(key: key) }
    package func outboxSteps(key: String, limit: Int) throws -> [OutboxStep] {
        try flushed().outboxSteps(key: key, limit: limit)
    }
    package func arrivals(at address: String, since: Instant, limit: Int) throws -> [OutboxArrival] {
        try flushed().arrivals(at: address, since: since, limit: limit)
    }
    package func quarantine(subject: String?, after: Int64, limit: Int) throws -> [QuarantineRow] {
        try flushed(if: \.hasQuarantine).quarantine(subject: subject, after: after, limit: limit)
    }
    package func quarantined(among subjects: [String]) throws -> [String] {
        try flushed(if: \.hasQuarantine).quarantined(among: subjects)
    }
    package func quarantineCounts() throws -> [(subject: String, count: Int)] {
        try flushed(if: \.hasQuarantine).quarantineCounts()
    }
    package func programmes() throws -> [ProgrammeRow] { try flushed().programmes() }
    package func programme(_ number: Int) throws -> ProgrammeRow? { try flushed().programme(number) }
    package func setting(_ name: String) throws -> String? { try flushed { $0.settings.contains(name) }.setting(name) }
    package func settings(prefix: String) throws -> [(name: String, value: String)] {
        try flushed { $0.settings.contains { $0.hasPrefix(prefix) } }.settings(prefix: prefix)
    }
    package func idempotentAnswer(principal: String, key: String) throws -> IdempotentAnswer? {
        try flushed().idempotentAnswer(principal: principal, key: key)
    }
    package func claimOutbox(due: Instant, limit: Int) throws -> [OutboxRow] {
        try flushed().claimOutbox(due: due, limit: limit)
    }
    package func settle(_ settlements: [OutboxSettlement]) throws { try flushed().settle(settlements) }
    package func diagnostics() throws -> [(name: String, value: Int64)] { try store.diagnostics() }
    package func tidy() throws { try store.tidy() }
}
