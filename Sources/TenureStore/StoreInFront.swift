package import TenureCore

/// A store before another one: what it does not answer itself, that one is asked.
package protocol StoreInFront: StateStore {
    /// Asked once for each call that is passed on.
    func behind() throws -> any StateStore
}

extension StoreInFront {
    package func commit(_ commit: Commit) throws { try behind().commit(commit) }
    package func committedPosition() throws -> UInt64 { try behind().committedPosition() }
    package func checkpoints(_ body: (Checkpoint) throws -> Void) throws { try behind().checkpoints(body) }
    package func marks() throws -> [Mark] { try behind().marks() }
    package func states(ofMark position: UInt64, _ body: (Checkpoint) throws -> Void) throws {
        try behind().states(ofMark: position, body)
    }
    package func decisionDigests(from position: UInt64) throws -> [(position: UInt64, digest: UInt64)] {
        try behind().decisionDigests(from: position)
    }
    package func decisions(account: AccountID, before: DecisionPlace?, limit: Int) throws -> [DecisionRow] {
        try behind().decisions(account: account, before: before, limit: limit)
    }
    package func decisions(after: DecisionPlace?, limit: Int) throws -> [DecisionRow] {
        try behind().decisions(after: after, limit: limit)
    }
    package func withheldSignals(limit: Int) throws -> [DecisionRow] { try behind().withheldSignals(limit: limit) }
    package func dailies(account: AccountID, days: ClosedRange<Day>) throws -> [DailyRow] {
        try behind().dailies(account: account, days: days)
    }
    package func dailyRange(account: AccountID) throws -> ClosedRange<Day>? { try behind().dailyRange(account: account) }
    package func metricLayouts() throws -> [MetricLayout] { try behind().metricLayouts() }
    package func contacts(account: AccountID) throws -> [ContactRow] { try behind().contacts(account: account) }
    package func contact(account: AccountID, key: String) throws -> ContactRow? {
        try behind().contact(account: account, key: key)
    }
    package func contacts(containing text: String, limit: Int) throws -> [ContactRow] {
        try behind().contacts(containing: text, limit: limit)
    }
    package func contactDomains() throws -> [(account: AccountID, domain: String)] { try behind().contactDomains() }
    package func notes(account: AccountID, limit: Int) throws -> [NoteRow] {
        try behind().notes(account: account, limit: limit)
    }
    package func outbox(_ query: OutboxQuery) throws -> [OutboxRow] { try behind().outbox(query) }
    package func outbox(key: String) throws -> OutboxRow? { try behind().outbox(key: key) }
    package func outboxSteps(key: String, limit: Int) throws -> [OutboxStep] {
        try behind().outboxSteps(key: key, limit: limit)
    }
    package func arrivals(at address: String, since: Instant, limit: Int) throws -> [OutboxArrival] {
        try behind().arrivals(at: address, since: since, limit: limit)
    }
    package func quarantine(subject: String?, after: Int64, limit: Int) throws -> [QuarantineRow] {
        try behind().quarantine(subject: subject, after: after, limit: limit)
    }
    package func quarantined(among subjects: [String]) throws -> [String] { try behind().quarantined(among: subjects) }
    package func quarantineCounts() throws -> [(subject: String, count: Int)] { try behind().quarantineCounts() }
    package func programmes() throws -> [ProgrammeRow] { try behind().programmes() }
    package func programme(_ number: Int) throws -> ProgrammeRow? { try behind().programme(number) }
    package func setting(_ name: String) throws -> String? { try behind().setting(name) }
    package func settings(prefix: String) throws -> [(name: String, value: String)] {
        try behind().settings(prefix: prefix)
    }
    package func idempotentAnswer(principal: String, key: String) throws -> IdempotentAnswer? {
        try behind().idempotentAnswer(principal: principal, key: key)
    }
    package func claimOutbox(due: Instant, limit: Int) throws -> [OutboxRow] {
        try behind().claimOutbox(due: due, limit: limit)
    }
    package func settle(_ settlements: [OutboxSettlement]) throws { try behind().settle(settlements) }
    package func diagnostics() throws -> [(name: String, value: Int64)] { try behind().diagnostics() }
    package func tidy() throws { try behind().tidy() }
}
