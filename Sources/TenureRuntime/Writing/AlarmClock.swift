package import TenureCore
import TenureEngine
package import TenureStore

extension Writer {
    /// Accounts that one clock fact may wake, so that midnight blocks nobody.
    package static let wakesMax = 1000

    /// Enters the clock for accounts that are due by `wall`: nil when none is.
    package mutating func tick(now wall: Instant) throws -> LogBlock? {
        if !arrived.isEmpty, let block = try accept([], now: wall).block { return block }
        guard shared.isLive else { return nil }
        let now = max(wall, lastNow)
        let accounts = due.take(until: now, limit: Self.wakesMax)
        guard !accounts.isEmpty else { return nil }
        let fact = Fact(
            occurred: now, recorded: now, source: "clock", id: "clock-\(log.end + 1)", account: nil,
            type: FactType.clockReached,
            data: JSONObject([.init("accounts", .array(accounts.map { .string($0.text) }))]))
        let block = LogBlock(position: log.end + 1, now: now, facts: [fact])
        do {
            try log.append(block)
        } catch {
            // Nobody was woken: they are still due.
            for account in accounts { due.set(account, now) }
            throw error
        }
        lastNow = now
        return block
    }

    package mutating func nextDue() -> Instant? { arrived.isEmpty ? due.next() : lastNow }
}
