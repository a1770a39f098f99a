import TenureCore
import TenureEngine
import TenureStore
import Testing

@testable import TenureRuntime

/// Six customers that have lived for two months, of whom some turn out to be one.
struct MergedWorkspace {
    var lived: LivedWorkspace
    var now: Instant

    init(saving isSaved: Bool = true) throws {
        lived = try LivedWorkspace.make(accounts: 6, days: 60)
        if isSaved { try lived.writer.saveAll() }
        now = lived.writer.lastNow + Milliseconds.hour
    }

    /// In the order of their ids.
    var accounts: [AccountID] { lived.writer.accounts.keys.sorted() }

    func state(_ account: AccountID) throws -> AccountState { try #require(lived.writer.accounts[account]) }

    func external(_ account: AccountID) throws -> String {
        try #require(try state(account).observations.profile["id"]?.string)
    }

    mutating func merge(_ part: AccountID, into survivor: AccountID, taking chosen: Set<String> = []) throws {
        let terms = MergePreview(try state(part), into: try state(survivor), taking: chosen).terms
        try take(try lived.writer.merge(part, into: survivor, terms, by: "ada", reason: "one company", now: now))
    }

    mutating func undo(_ part: AccountID, from survivor: AccountID) throws {
        try take(try lived.writer.part(part, from: survivor, by: "ada", now: now))
    }

    private mutating func take(_ block: LogBlock) throws {
        try lived.writer.process(block)
        now = now + Milliseconds.minute
    }

    /// Time passes, as the alarm clock lets it.
    mutating func pass(days: Int) throws {
        now = now + Int64(days) * Milliseconds.day
        while let due = lived.writer.nextDue(), due <= now, let block = try lived.writer.tick(now: now) {
            try lived.writer.process(block)
        }
    }

    /// One use of the product under an account's own name.
    @discardableResult
    mutating func use(_ id: String, by login: String, at account: AccountID) throws -> ArrivalAnswer {
        try send(
            Arrival(
                id: id, source: "app", type: "user.session", subject: .account(try external(account)), user: login,
                occurred: now + -Milliseconds.hour))
    }

    @discardableResult
    mutating func send(_ arrival: Arrival) throws -> ArrivalAnswer {
        let accepted = try lived.writer.accept([arrival], now: now)
        if let block = accepted.block { try take(block) }
        return try #require(accepted.answers.first)
    }

    /// Another process over the same files.
    func restarted() throws -> Writer {
        var writer = LivedWorkspace.writer(lived.loaded, lived.log, lived.store)
        try writer.recover()
        return writer
    }

    /// Everything lived through again from nothing, held against what is recorded.
    func replayed() throws -> ReplayCheck.Findings {
        var check = try ReplayCheck(LivedWorkspace.writer(lived.loaded, lived.log, lived.store))
        return try check.run()
    }

    /// What an account's facts come to, by nobody's merge but the test's own.
    func folded(_ account: AccountID, besides others: [AccountID], without left: Set<String> = []) throws -> Observations {
        var history: [Fact] = []
        try lived.log.read(from: 1) { block in
            for var fact in block.facts where fact.account.map({ $0 == account || others.contains($0) }) ?? false {
                if fact.account != account {
                    if fact.type == FactType.accountChanged {
                        fact.data = JSONObject(fact.data.members.filter { $0.name != "id" && !left.contains($0.name) })
                    }
                    if fact.type == FactType.ownerAssigned, left.contains(fact.data["role"]?.string ?? "") { continue }
                }
                fact.account = account
                history.append(fact)
            }
            return true
        }
        var fold = Refold(lived.writer.programme, history: history)
        fold.pass(to: try #require(try state(account).clock))
        return fold.observations
    }
}

extension Observations {
    var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.write(self)
        return writer.bytes
    }
}
