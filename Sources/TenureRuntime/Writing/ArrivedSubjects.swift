import TenureCore
import TenureStore

/// Quarantined subjects whose account has appeared: what waits for them enters the log with the times it had, a bounded
/// part with each block, and leaves the quarantine with that block's commit.
struct ArrivedSubjects: Sendable {
    private struct Subject: Sendable {
        var name: String
        var account: AccountID
    }

    /// Rows that one block takes, and how many subjects have none left then.
    struct Part: Sendable {
        var facts: [Fact] = []
        fileprivate var bytes = 0
        fileprivate var numbers: [Int64] = []
        fileprivate var finished = 0

        fileprivate var isFull: Bool { facts.count >= rowsMax || bytes >= bytesMax }
    }

    /// What one block takes, and one page more.
    private static let (rowsMax, bytesMax) = (5_000, 8 << 20)
    private static let pageMax = 100

    private var waiting: [Subject] = []
    /// Rows that are in the log, and the position of their block, until its commit deletes them.
    private var entered: (position: UInt64, numbers: [Int64])?

    var isEmpty: Bool { waiting.isEmpty }

    mutating func add(_ subject: String, _ account: AccountID) {
        waiting.append(Subject(name: subject, account: account))
    }

    /// What the next block may hold of accounts that are known; nothing while an earlier part is not committed.
    func next(in store: any StateStore, isKnown: (AccountID) -> Bool) throws -> Part {
        var part = Part()
        guard entered == nil, !waiting.isEmpty else { return part }
        // Every account and every login is news once; for few of them anything waits.
        var quarantined = Set(try store.quarantined(among: waiting.map(\.name)).map { ExternalID($0) })
        for subject in waiting where !part.isFull {
            // Of one that was told twice nothing enters twice.
            let isExpected = isKnown(subject.account) && quarantined.remove(ExternalID(subject.name)) != nil
            if isExpected { try take(subject, store, into: &part) }
            if !part.isFull { part.finished += 1 }
        }
        return part
    }

    private func take(_ subject: Subject, _ store: any StateStore, into part: inout Part) throws {
        var last: Int64 = 0
        while !part.isFull {
            let rows = try store.quarantine(subject: subject.name, after: last, limit: Self.pageMax)
            guard let end = rows.last else { return }
            for row in rows {
                part.facts.append(try Self.fact(row, subject.account))
                part.bytes += row.bytes.count
                part.numbers.append(row.number)
            }
            last = end.number
        }
    }

    private static func fact(_ row: QuarantineRow, _ account: AccountID) throws -> Fact {
        var reader = ByteReader(row.bytes)
        var fact = try reader.readFact()
        fact.account = account
        return fact
    }

    /// The part is in the log, as far as it has any facts.
    mutating func enter(_ part: Part, with position: UInt64) {
        waiting.removeFirst(part.finished)
        if !part.numbers.isEmpty { entered = (position, part.numbers) }
    }

    /// As when the block was written, after a start.
    mutating func enterAgain(_ numbers: [Int64], with position: UInt64) {
        guard !numbers.isEmpty else { return }
        entered = (position, (entered?.numbers ?? []) + numbers)
    }

    /// Rows whose facts are in the log, and which only their block's commit will delete.
    var enteredNumbers: Set<Int64> { Set(entered?.numbers ?? []) }

    /// The rows that the commit deletes by which the log is concluded on up to a position.
    mutating func leave(with position: UInt64) -> [Int64] {
        guard let entered, entered.position <= position else { return [] }
        self.entered = nil
        return entered.numbers
    }
}
