import Synchronization
package import TenureCore

/// A state store that lives as long as the process: for the simulator and for tests.
package final class MemoryStore: StateStore {
    private let tables = Mutex(MemoryTables())

    package init() {}

    package func commit(_ commit: Commit) throws { try tables.withLock { try $0.apply(commit) } }
    package func committedPosition() -> UInt64 { tables.withLock { $0.position } }

    package func checkpoints(_ body: (Checkpoint) throws -> Void) throws {
        let known = tables.withLock { $0.checkpoints }
        for checkpoint in known.values.sorted(by: { $0.account < $1.account }) { try body(checkpoint) }
    }

    package func marks() -> [Mark] { tables.withLock { $0.marks } }

    package func states(ofMark position: UInt64, _ body: (Checkpoint) throws -> Void) throws {
        let known = tables.withLock { $0.markedStates.filter { $0.position == position } }
        for state in known.sorted(by: { $0.account < $1.account }) { try body(state) }
    }

    package func decisionDigests(from position: UInt64) -> [(position: UInt64, digest: UInt64)] {
        tables.withLock { $0.journal.digests }.filter { $0.position >= position }
    }

    package func decisions(account: AccountID, before: DecisionPlace?, limit: Int) -> [DecisionRow] {
        tables.withLock { $0.journal.newest(of: account, before: before, limit: limit) }
    }

    package func decisions(after: DecisionPlace?, limit: Int) -> [DecisionRow] {
        tables.withLock { $0.journal.oldest(after: after, limit: limit) }
    }

    package func withheldSignals(limit: Int) -> [DecisionRow] {
        tables.withLock { $0.journal.newest(kind: "signalWithheld", limit: limit) }
    }

    package func claimOutbox(due: Instant, limit: Int) -> [OutboxRow] {
        tables.withLock { $0.outbox.claim(due: due, limit: limit) }
    }

    package func settle(_ settlements: [OutboxSettlement]) {
        tables.withLock { tables in
            for settlement in settlements { tables.outbox.settle(settlement) }
        }
    }

    package func outbox(_ query: OutboxQuery) -> [OutboxRow] { tables.withLock { $0.outbox.page(query) } }
    package func outbox(key: String) -> OutboxRow? { tables.withLock { $0.outbox.row(key) } }

    package func outboxSteps(key: String, limit: Int) -> [OutboxStep] {
        tables.withLock { Array($0.outbox.steps(key).suffix(max(0, limit))) }
    }

    package func arrivals(at address: String, since: Instant, limit: Int) -> [OutboxArrival] {
        tables.withLock { $0.outbox.arrivals(at: address, since: since, limit: limit) }
    }

    /// Nothing here outlives the process, so there is no durability to report.
    package func diagnostics() -> [(name: String, value: Int64)] { [] }
}

extension MemoryStore {
    package func dailies(account: AccountID, days: ClosedRange<Day>) -> [DailyRow] {
        let rows = tables.withLock { $0.dailies[account] ?? [:] }.values
        return rows.filter { days.contains($0.day) }.sorted { $0.day < $1.day }
    }

    package func dailyRange(account: AccountID) -> ClosedRange<Day>? {
        let days = tables.withLock { $0.dailies[account] ?? [:] }.keys
        guard let first = days.min(), let last = days.max() else { return nil }
        return first...last
    }

    package func metricLayouts() -> [MetricLayout] {
        tables.withLock { $0.metricLayouts }.values.sorted { $0.number < $1.number }
    }

    package func contacts(account: AccountID) -> [ContactRow] {
        tables.withLock { $0.contacts[account] ?? [:] }.values.sorted { precedes($0.key, $1.key) }
    }

    package func contact(account: AccountID, key: String) -> ContactRow? {
        tables.withLock { $0.contacts[account]?[RowKey(key)] }
    }

    package func contacts(containing text: String, limit: Int) -> [ContactRow] {
        let wanted = asciiLowered(text)
        let rows = tables.withLock { $0.contacts }.values.flatMap(\.values)
        let found = rows.filter { asciiLowered($0.name).contains(wanted) || asciiLowered($0.email).contains(wanted) }
        let ordered = found.sorted { $0.account != $1.account ? $0.account < $1.account : precedes($0.key, $1.key) }
        return Array(ordered.prefix(max(0, limit)))
    }

    package func contactDomains() -> [(account: AccountID, domain: String)] {
        tables.withLock { $0.contacts }.sorted { $0.key < $1.key }.flatMap { account, rows in
            Set(rows.values.compactMap { asciiLowered($0.email).domain }).sorted { precedes($0, $1) }
                .map { (account: account, domain: $0) }
        }
    }

    package func notes(account: AccountID, limit: Int) -> [NoteRow] {
        let rows = tables.withLock { $0.notes[account] ?? [:] }.values
        let newestFirst = rows.sorted { $0.at != $1.at ? $0.at > $1.at : precedes($1.id, $0.id) }
        return Array(newestFirst.prefix(max(0, limit)))
    }

    package func quarantine(subject: String?, after: Int64, limit: Int) -> [QuarantineRow] {
        let rows = tables.withLock { $0.quarantine }
        let wanted = subject.map { RowKey($0) }
        let matching = rows.lazy.filter { row in
            row.number > after && (wanted.map { $0 == RowKey(row.subject) } ?? true)
        }
        return Array(matching.prefix(max(0, limit)))
    }

    package func quarantined(among subjects: [String]) -> [String] {
        let waiting = Set(tables.withLock { $0.quarantine }.map { RowKey($0.subject) })
        return subjects.filter { waiting.contains(RowKey($0)) }
    }

    package func quarantineCounts() -> [(subject: String, count: Int)] {
        let rows = tables.withLock { $0.quarantine }
        let counts = rows.reduce(into: [RowKey: Int]()) { $0[RowKey($1.subject), default: 0] += 1 }
        return counts.sorted { $0.key < $1.key }.map { ($0.key.text, $0.value) }
    }

    package func programmes() -> [ProgrammeRow] {
        tables.withLock { $0.programmes }.values.sorted { $0.number < $1.number }.map { row in
            var row = row
            row.files = []
            return row
        }
    }

    package func programme(_ number: Int) -> ProgrammeRow? { tables.withLock { $0.programmes[number] } }

    package func setting(_ name: String) -> String? { tables.withLock { $0.settings[RowKey(name)] } }

    package func settings(prefix: String) -> [(name: String, value: String)] {
        let rows = tables.withLock { $0.settings }.filter { $0.key.text.utf8.starts(with: prefix.utf8) }
        return rows.sorted { $0.key < $1.key }.map { ($0.key.text, $0.value) }
    }

    package func idempotentAnswer(principal: String, key: String) -> IdempotentAnswer? {
        tables.withLock { $0.answers[MemoryTables.AnswerKey(principal: RowKey(principal), key: RowKey(key))] }
    }
}

extension [UInt8] {
    /// Behind the first `@`; nil: there is none, or nothing before or behind it.
    fileprivate var domain: String? {
        guard let at = firstIndex(of: UInt8(ascii: "@")), at > 0, at + 1 < count else { return nil }
        return String(decoding: self[(at + 1)...], as: UTF8.self)
    }
}
