import TenureCore
import TenureFixtures
import TenureSQLite
import TenureStore
import Testing

extension SeededNumbers {
    mutating func name() -> String { ["a", "b", "a\0", "caf\u{E9}", "cafe\u{301}", "key.x"][below(6)] }
    mutating func account() -> AccountID { [anna, bert][below(2)] }
    mutating func list<Value>(_ body: (inout SeededNumbers) -> Value) -> [Value] {
        (0..<below(4)).map { _ in body(&self) }
    }
}

/// The same random life in memory and in SQLite gives the same answers.
@Suite(.temporaryFolders) struct BackendAgreementTests {
    @Test(arguments: 1...12)
    func `both backends answer alike after the same commits, claims and settlements`(_ seed: Int) throws {
        var numbers = SeededNumbers(seed)
        let memory = try StoreBackend.memory.make().store
        let sqlite = try StoreBackend.sqlite.make().store
        for _ in 0..<60 {
            let next = randomCommit(after: try memory.committedPosition(), &numbers)
            #expect(isRefused(next, memory) == isRefused(next, sqlite))
            let due = at(Int64(numbers.below(60)))
            let limit = numbers.below(3)
            let claimed = try memory.claimOutbox(due: due, limit: limit)
            #expect(try sqlite.claimOutbox(due: due, limit: limit) == claimed)
            let settlements = claimed.filter { _ in numbers.below(3) > 0 }.map { row in
                OutboxSettlement(
                    key: row.key, state: OutboxRow.State.allCases[numbers.below(7)],
                    attempts: row.attempts + 1,
                    due: at(Int64(numbers.below(60))), at: at(Int64(numbers.below(9))), detail: "settled",
                    mayHaveArrived: numbers.below(2) == 0)
            }
            try memory.settle(settlements)
            try sqlite.settle(settlements)
        }
        #expect(try answers(of: memory) == answers(of: sqlite))
    }

    private func isRefused(_ commit: Commit, _ store: any StateStore) -> Bool {
        do {
            try store.commit(commit)
            return false
        } catch {
            return true
        }
    }

    private func randomCommit(after committed: UInt64, _ numbers: inout SeededNumbers) -> Commit {
        let position = committed + UInt64(numbers.below(3))
        var result = commit(position)
        result.decisions = (0..<numbers.below(3)).map { decision(max(1, position), $0, numbers.account()) }
        result.decisionsDigest = numbers.next()
        result.checkpoints = numbers.list {
            Checkpoint(account: $0.account(), position: UInt64($0.below(40)), bytes: [UInt8($0.below(256))])
        }
        result.dailies = numbers.list {
            DailyRow(
                account: $0.account(), day: Day(number: Int32($0.below(5))),
                score: $0.below(2) == 0 ? nil : 7,
                band: $0.below(2) == 0 ? nil : "red", bytes: [],
                close: $0.below(2) == 0
                    ? nil : .init(at: at(Int64($0.below(60))), position: position, layout: $0.below(3), metrics: [UInt8($0.below(256))]))
        }
        result.metricLayouts = numbers.list { MetricLayout(number: 1 + $0.below(3), names: [$0.name(), $0.name()]) }
        result.outbox = numbers.list {
            message(
                "\($0.name())\($0.below(20))", $0.account(), state: OutboxRow.State.allCases[$0.below(7)],
                due: Int64($0.below(60)), created: Int64($0.below(9)))
        }
        result.cancellations = numbers.list { ("\($0.name())\($0.below(20))", "cancelled") }
        result.approvals = numbers.list { ("\($0.name())\($0.below(20))", at(Int64($0.below(60))), "released") }
        result.hastenings = numbers.list { ("\($0.name())\($0.below(20))", at(Int64($0.below(60))), "sooner") }
        result.contacts = numbers.list { contact($0.name(), $0.account(), name: $0.name()) }
        result.quarantine = numbers.list { waiting($0.name(), Int64($0.below(9))) }
        result.released = numbers.list { Int64($0.below(40)) }
        result.settings = numbers.list { ($0.name(), $0.below(3) == 0 ? nil : $0.name()) }
        result.answers = numbers.list {
            answer($0.name(), status: 200 + $0.below(9), time: Int64($0.below(60)))
        }
        result.answersExpiredBefore = numbers.below(4) == 0 ? at(Int64(numbers.below(30))) : nil
        return result
    }

    /// Everything that can be asked, as lines to compare.
    private func answers(of store: any StateStore) throws -> [String] {
        var lines = ["position \(try store.committedPosition())"]
        try store.checkpoints { lines.append("\($0)") }
        lines += try store.decisionDigests(from: 0).map { "\($0)" }
        lines += try store.decisions(after: nil, limit: 1000).map { "\($0)" }
        lines += try store.quarantine(subject: nil, after: 3, limit: 1000).map { "\($0)" }
        lines += try store.quarantineCounts().map { "\($0)" } + store.settings(prefix: "a").map { "\($0)" }
        lines += try store.quarantined(among: ["a", "caf\u{E9}", "cafe\u{301}", "none"])
        lines += try store.metricLayouts().map { "\($0)" }
        for account in [anna, bert] {
            lines.append("\(String(describing: try store.dailyRange(account: account)))")
            lines += try store.decisions(account: account, before: nil, limit: 1000).map { "\($0)" }
            lines += try store.dailies(account: account, days: Day(number: 1)...Day(number: 3)).map {
                "\($0)"
            }
            lines += try store.contacts(account: account).map { "\($0)" }
        }
        for states in [[], [.queued], [.sent, .failed, .sent], OutboxRow.State.allCases]
            as [[OutboxRow.State]]
        {
            for account in [nil, anna, bert] {
                var query = OutboxQuery()
                query.states = states
                query.account = account
                query.limit = 20
                lines += try store.outbox(query).map { "\($0)" }
            }
        }
        for row in try store.outbox(OutboxQuery()) {
            lines += try store.outboxSteps(key: row.key, limit: 9).map { "\($0)" }
        }
        lines += try store.arrivals(at: "A@example.com", since: at(2), limit: 9).map { "\($0)" }
        for name in ["a", "b", "a\0", "key.x"] {
            lines.append("\(String(describing: try store.idempotentAnswer(principal: "ann", key: name)))")
        }
        return lines
    }
}
