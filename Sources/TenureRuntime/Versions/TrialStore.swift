import TenureCore
import TenureStore

/// A store as it is, on which a commit changes nothing: what it would have recorded is handed over to be looked at.
final class TrialStore: StateStore {
    private let store: any StateStore
    private let offered: ProgrammeRow?
    private let look: @Sendable (Commit) throws -> Void

    /// - Parameter offered: a version that is not kept yet.
    init(_ store: any StateStore, offered: ProgrammeRow? = nil, look: @escaping @Sendable (Commit) throws -> Void) {
        self.store = store
        self.offered = offered
        self.look = look
    }

    func commit(_ commit: Commit) throws { try look(commit) }
    func programme(_ number: Int) throws -> ProgrammeRow? {
        if let offered, number == offered.number { return offered }
        return try store.programme(number)
    }

    func committedPosition() throws -> UInt64 { try store.committedPosition() }
    func checkpoints(_ body: (Checkpoint) throws -> Void) throws { try store.checkpoints(body) }
    func marks() throws -> [Mark] { try store.marks() }
    func states(ofMark position: UInt64, _ body: (Checkpoint) throws -> Void) throws {
        try store.states(ofMark: position, body)
    }
    func decisionDigests(from position: UInt64) throws -> [(position: UInt64, digest: UInt64)] {
        try store.decisionDigests(from: position)
    }
    func decisions(account: AccountID, before: DecisionPlace?, limit: Int) throws -> [DecisionRow] {
        try store.decisions(account: account, before: before, limit: limit)
    }
    func decisions(after: DecisionPlace?, limit: Int) throws -> [DecisionRow] {
        try store.decisions(after: after, limit: limit)
    }
    func withheldSignals(limit: Int) throws -> [DecisionRow] { try store.withheldSignals(limit: limit) }
    func dailies(account: AccountID, days: ClosedRange<Day>) throws -> [DailyRow] {
        try store.dailies(account: account, days: days)
    }
    func dailyRange(account: AccountID) throws -> ClosedRange<Day>? { try store.dailyRange(account: account) }
    func metricLayouts() throws -> [MetricLayout] { try store.metricLayouts() }
    func contacts(account: AccountID) throws -> [ContactRow] { try store.contacts(account: account) }
    func contact(account: AccountID, key: String) throws -> ContactRow? {
        try store.contact(account: account, key: key)
    }
    func contacts(containing text: String, limit: Int) throws -> [ContactRow] {
        try store.contacts(containing: text, limit: limit)
    }
    func contactDomains() throws -> [(account: AccountID, domain: String)] { try store.contactDomains() }
    func notes(account: AccountID, limit: Int) throws -> [NoteRow] { try store.notes(account: account, limit: limit) }
    func outbox(_ query: OutboxQuery) throws -> [OutboxRow] { try store.outbox(query) }
    func outbox(key: String) throws -> OutboxRow? { try store.outbox(key: key) }
    func outboxSteps(key: String, limit: Int) throws -> [OutboxStep] { try store.outboxSteps(key: key, limit: limit) }
    func arrivals(at address: String, since: Instant, limit: Int) throws -> [OutboxArrival] {
        try store.arrivals(at: address, since: since, limit: limit)
    }
    func quarantine(subject: String?, after: Int64, limit: Int) throws -> [QuarantineRow] {
        try store.quarantine(subject: subject, after: after, limit: limit)
    }
    func quarantined(among subjects: [String]) throws -> [String] { try store.quarantined(among: subjects) }
    func quarantineCounts() throws -> [(subject: String, count: Int)] { try store.quarantineCounts() }
    func programmes() throws -> [ProgrammeRow] { try store.programmes() }
    func setting(_ name: String) throws -> String? { try store.setting(name) }
    func settings(prefix: String) throws -> [(name: String, value: String)] { try store.settings(prefix: prefix) }
    func idempotentAnswer(principal: String, key: String) throws -> IdempotentAnswer? { nil }
    func claimOutbox(due: Instant, limit: Int) throws -> [OutboxRow] { [] }
    func settle(_ settlements: [OutboxSettlement]) throws {}
    func diagnostics() throws -> [(name: String, value: Int64)] { try store.diagnostics() }
}
