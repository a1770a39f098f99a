import Synchronization
package import TenureCore
import TenureEngine
package import TenureInsight
package import TenureStore

/// A log that keeps only its position: a rehearsal of a past never looks back.
package final class ForgetfulLog: IntakeLog {
    private let position = Mutex<UInt64>(0)

    package init() {}

    package var end: UInt64 { position.withLock { $0 } }
    package func append(_ block: LogBlock) throws { position.withLock { $0 = block.position } }
    package func read(from position: UInt64, _ body: (LogBlock) throws -> Bool) throws {}
}

/// A store that remembers people and settings, which later turns ask for, and nothing else; where it is asked to, also
/// which bands and signals were.
package final class ForgetfulStore: StateStore {
    private struct Kept: Sendable {
        var position: UInt64 = 0
        var contacts: [AccountID: [ContactRow]] = [:]
        var settings: [String: String] = [:]
        var chronicles: [AccountID: AccountChronicle] = [:]
    }

    private let kept = Mutex(Kept())
    private let keepsChronicles: Bool

    package init(keepsChronicles: Bool = false) { self.keepsChronicles = keepsChronicles }

    package var chronicles: [AccountID: AccountChronicle] { kept.withLock { $0.chronicles } }

    package func commit(_ commit: Commit) throws {
        try kept.withLock { kept in
            for row in commit.decisions where keepsChronicles && AccountChronicle.kinds.contains(row.kind) {
                kept.chronicles[row.account, default: AccountChronicle()].take(try Decision(bytes: row.bytes))
            }
            kept.position = max(kept.position, commit.position)
            for row in commit.contacts {
                let known = kept.contacts[row.account] ?? []
                let merged = row.merged(over: known.first { isSame($0.key, row.key) })
                kept.contacts[row.account] = known.filter { !isSame($0.key, row.key) } + [merged]
            }
            for (name, value) in commit.settings { kept.settings[name] = value }
        }
    }

    package func committedPosition() throws -> UInt64 { kept.withLock { $0.position } }
    package func checkpoints(_ body: (Checkpoint) throws -> Void) throws {}
    package func marks() throws -> [Mark] { [] }
    package func states(ofMark position: UInt64, _ body: (Checkpoint) throws -> Void) throws {}
    package func decisionDigests(from position: UInt64) throws -> [(position: UInt64, digest: UInt64)] { [] }
    package func decisions(account: AccountID, before: DecisionPlace?, limit: Int) throws -> [DecisionRow] { [] }
    package func decisions(after: DecisionPlace?, limit: Int) throws -> [DecisionRow] { [] }
    package func withheldSignals(limit: Int) throws -> [DecisionRow] { [] }
    package func dailies(account: AccountID, days: ClosedRange<Day>) throws -> [DailyRow] { [] }
    package func dailyRange(account: AccountID) throws -> ClosedRange<Day>? { nil }
    package func metricLayouts() throws -> [MetricLayout] { [] }
    package func contacts(account: AccountID) throws -> [ContactRow] { kept.withLock { $0.contacts[account] ?? [] } }
    package func contact(account: AccountID, key: String) throws -> ContactRow? {
        try contacts(account: account).first { $0.key == key }
    }
    package func contacts(containing text: String, limit: Int) throws -> [ContactRow] { [] }
    package func contactDomains() throws -> [(account: AccountID, domain: String)] { [] }
    package func notes(account: AccountID, limit: Int) throws -> [NoteRow] { [] }
    package func outbox(_ query: OutboxQuery) throws -> [OutboxRow] { [] }
    package func outbox(key: String) throws -> OutboxRow? { nil }
    package func outboxSteps(key: String, limit: Int) throws -> [OutboxStep] { [] }
    package func arrivals(at address: String, since: Instant, limit: Int) throws -> [OutboxArrival] { [] }
    package func quarantine(subject: String?, after: Int64, limit: Int) throws -> [QuarantineRow] { [] }
    package func quarantined(among subjects: [String]) throws -> [String] { [] }
    package func quarantineCounts() throws -> [(subject: String, count: Int)] { [] }
    package func programmes() throws -> [ProgrammeRow] { [] }
    package func programme(_ number: Int) throws -> ProgrammeRow? { nil }
    package func setting(_ name: String) throws -> String? { kept.withLock { $0.settings[name] } }
    package func settings(prefix: String) throws -> [(name: String, value: String)] { [] }
    package func idempotentAnswer(principal: String, key: String) throws -> IdempotentAnswer? { nil }
    package func claimOutbox(due: Instant, limit: Int) throws -> [OutboxRow] { [] }
    package func settle(_ settlements: [OutboxSettlement]) throws {}
    package func diagnostics() throws -> [(name: String, value: Int64)] { [] }
}

/// Writes nothing: a rehearsal counts messages, and nobody reads them. `tenure check` renders every template.
package struct SilentComposer: MessageComposer {
    package init() {}

    package func compose(_ draft: MessageDraft) throws(MessageRefusal) -> ComposedMessage { ComposedMessage(subject: "", body: []) }
}
