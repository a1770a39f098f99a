import TenureCore
import TenureStore

let anna: AccountID = "acc_anna"
let bert: AccountID = "acc_bert"

func at(_ milliseconds: Int64) -> Instant { Instant(milliseconds: milliseconds) }

func commit(_ position: UInt64, _ fill: (inout Commit) -> Void = { _ in }) -> Commit {
    var commit = Commit(position: position, now: at(Int64(clamping: position / 1000)))
    fill(&commit)
    return commit
}

func decision(_ position: UInt64, _ ordinal: Int, _ account: AccountID = anna, kind: String = "scoreMoved")
    -> DecisionRow
{
    DecisionRow(
        place: DecisionPlace(position: position, ordinal: ordinal), account: account, at: at(Int64(position)),
        kind: kind, bytes: [1, 2, UInt8(truncatingIfNeeded: ordinal)])
}

func message(
    _ key: String, _ account: AccountID = anna, state: OutboxRow.State = .queued, due: Int64 = 100,
    created: Int64 = 50
) -> OutboxRow {
    OutboxRow(
        key: key, account: account, channel: "mail", address: "a@example.com", recipientName: "A",
        template: "hello",
        subject: "Hello", messageID: "<\(key)@example.com>", sender: "cs@example.com",
        body: Array("body \(key)".utf8),
        state: state, due: at(due), created: at(created), detail: "new")
}

func contact(_ key: String, _ account: AccountID = anna, name: String = "Ann") -> ContactRow {
    ContactRow(
        account: account, key: key, name: name, email: "ann@example.com", role: "admin", hasLeft: false,
        isUnsubscribed: true, updated: at(7))
}

func waiting(_ subject: String, _ time: Int64 = 1) -> QuarantineRow {
    QuarantineRow(subject: subject, at: at(time), reason: "unknown-account", bytes: [9, 0, 9])
}

func answer(_ key: String, status: Int = 200, time: Int64 = 10) -> IdempotentAnswer {
    IdempotentAnswer(
        principal: "ann", key: key, requestHash: "h-\(key)", status: status, body: "{\"n\":\(status)}",
        at: at(time))
}

func block(_ position: UInt64, facts count: Int = 3, text: String = "opened the weekly report") -> LogBlock {
    let facts = (0..<count).map { number in
        Fact(
            occurred: at(Int64(position) * 10), recorded: at(Int64(position) * 10 + 1), source: "app",
            id: "e-\(position)-\(number)", account: anna, type: "report.opened", member: text)
    }
    return LogBlock(position: position, now: at(Int64(position) * 100), facts: facts)
}

extension StateStore {
    func outboxKeys(_ fill: (inout OutboxQuery) -> Void = { _ in }) throws -> [String] {
        var query = OutboxQuery()
        fill(&query)
        return try outbox(query).map(\.key)
    }
}
