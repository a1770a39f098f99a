import TenureCore
import TenureEngine
import TenureStore
import Testing

@testable import TenureRuntime

/// A login that both accounts know names their customer as long as they are one, and nobody before and after.
struct MergedLoginTests {
    /// Two accounts that know a login, and an event that names it alone.
    private func shared(besides others: Int = 0) throws -> (merged: MergedWorkspace, part: AccountID, survivor: AccountID) {
        var merged = try MergedWorkspace()
        let accounts = merged.accounts
        for (number, account) in ([accounts[0], accounts[1]] + accounts[2..<(2 + others)]).enumerated() {
            try merged.use("seen-\(number)", by: "vera", at: account)
        }
        return (merged, accounts[0], accounts[1])
    }

    private func alone(_ id: String) -> Arrival {
        Arrival(id: id, source: "app", type: "user.session", subject: .member, user: "vera")
    }

    /// What a process that starts now answers; it takes nothing with it.
    private func answerAfterStart(_ merged: MergedWorkspace, _ id: String) throws -> ArrivalAnswer? {
        var copy = merged
        copy.lived.writer = try merged.restarted()
        return try copy.lived.writer.accept([alone(id)], now: copy.now).answers.first
    }

    @Test func `it waits before, counts for the survivor while they are one, and waits again after`() throws {
        var (merged, part, survivor) = try shared()
        #expect(try merged.send(alone("before")) == .quarantined)
        try merged.merge(part, into: survivor)
        let count = try merged.state(survivor).observations.eventCount
        #expect(try merged.send(alone("while")) == .accepted)
        #expect(try merged.state(survivor).observations.eventCount == count + 1)
        try merged.undo(part, from: survivor)
        #expect(try merged.send(alone("after")) == .quarantined)
    }

    @Test func `a start at any of these moments answers the same`() throws {
        var (merged, part, survivor) = try shared()
        #expect(try answerAfterStart(merged, "1") == .quarantined)
        (merged, part, survivor) = try shared()
        try merged.merge(part, into: survivor)
        #expect(try answerAfterStart(merged, "2") == .accepted)
        (merged, part, survivor) = try shared()
        try merged.merge(part, into: survivor)
        try merged.undo(part, from: survivor)
        #expect(try answerAfterStart(merged, "3") == .quarantined)
    }

    @Test func `what waited enters with the merge, once, and what was lived through again is the same`() throws {
        var (merged, part, survivor) = try shared()
        for id in ["a", "b"] { #expect(try merged.send(alone(id)) == .quarantined) }
        try merged.merge(part, into: survivor)
        let count = try merged.state(survivor).observations.eventCount
        let subject = Writer.Resolved.name(ofMember: merged.lived.writer.keys.member(user: "vera"))
        for _ in 0..<2 { #expect(try merged.lived.writer.adoptReunited() == [subject]) }
        #expect(try merged.use("next", by: "ann", at: survivor) == .accepted)
        #expect(try merged.state(survivor).observations.eventCount == count + 3)
        #expect(try merged.lived.store.quarantine(subject: nil, after: 0, limit: 9).isEmpty)
        let findings = try merged.replayed()
        #expect(findings.repeated == [] && findings.missaved == [] && findings.misnamed == [])
    }

    @Test func `what waited enters with the next start, where the process ended before`() throws {
        var (merged, part, survivor) = try shared()
        #expect(try merged.send(alone("a")) == .quarantined)
        try merged.merge(part, into: survivor)
        merged.lived.writer = try merged.restarted()
        let count = try merged.state(survivor).observations.eventCount
        #expect(try merged.use("next", by: "ann", at: survivor) == .accepted)
        #expect(try merged.state(survivor).observations.eventCount == count + 2)
    }

    @Test func `a login that a third account knows names nobody`() throws {
        var (merged, part, survivor) = try shared(besides: 1)
        try merged.merge(part, into: survivor)
        #expect(try merged.send(alone("while")) == .quarantined)
        let third = merged.accounts[2]
        try merged.merge(third, into: survivor)
        #expect(try merged.send(alone("all")) == .accepted)
    }

    @Test func `a login that the other account sees first while they are one is of both afterwards`() throws {
        var merged = try MergedWorkspace()
        let (part, survivor) = (merged.accounts[0], merged.accounts[1])
        try merged.use("first", by: "vera", at: survivor)
        try merged.merge(part, into: survivor)
        try merged.use("second", by: "vera", at: part)
        #expect(try merged.send(alone("while")) == .accepted)
        try merged.undo(part, from: survivor)
        #expect(try merged.send(alone("after")) == .quarantined)
        #expect(try answerAfterStart(merged, "again") == .quarantined)
    }
}
