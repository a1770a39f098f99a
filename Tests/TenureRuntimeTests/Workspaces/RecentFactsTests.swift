import TenureCore
import TenureStore
import Testing

@testable import TenureRuntime

/// The log is read once for the accounts that people look into, and then only what came in since.
@Suite struct RecentFactsTests {
    private let log = MemoryLog()

    private func fact(_ number: Int, of account: AccountID) -> Fact {
        let at = Instant(milliseconds: Int64(number))
        return Fact(
            occurred: at, recorded: at, source: "t", id: "f\(number)", account: account, type: "seen", member: nil, data: [:],
            operation: .append, flags: [])
    }

    private func append(_ position: UInt64, _ facts: [Fact]) throws {
        try log.append(LogBlock(position: position, now: Instant(milliseconds: Int64(position)), facts: facts))
    }

    @Test func `what came in since is read behind what is known, and of the one account only`() throws {
        var recent = RecentFacts()
        try append(1, [fact(1, of: "a"), fact(2, of: "b")])
        var read = recent.take("a")
        try read.catchUp(log, "a")
        recent.keep(read, of: "a")
        try append(2, [fact(3, of: "b"), fact(4, of: "a")])
        read = recent.take("a")
        #expect(read.facts.map(\.id) == ["f1"])
        try read.catchUp(log, "a")
        #expect(read.facts.map(\.id) == ["f1", "f4"])
        try read.catchUp(log, "a")
        #expect(read.facts.map(\.id) == ["f1", "f4"])
    }

    @Test func `the accounts that were asked for last are kept`() throws {
        var recent = RecentFacts()
        try append(1, (0..<9).map { fact($0, of: AccountID("a\($0)")) })
        for number in 0..<9 {
            let account = AccountID("a\(number)")
            var read = recent.take(account)
            try read.catchUp(log, account)
            recent.keep(read, of: account)
        }
        #expect(recent.take("a0").facts.isEmpty && recent.take("a1").facts.count == 1 && recent.take("a8").facts.count == 1)
    }
}
