package import TenureCore
package import TenureEngine
package import TenureInsight
import TenureStore

/// What the recorded decisions of the past months say of every account, and the newest ones of all. Read once, then only
/// what was added since.
package struct Chronicles: Sendable {
    package private(set) var accounts: [AccountID: AccountChronicle] = [:]
    /// What somebody who looks on wants to see happen, in the order in which it was recorded: the newest last.
    package private(set) var newest: [Decision] = []
    private var read: DecisionPlace?

    /// The twelve months that a warning record counts, and the horizon before them.
    private static let span = 460 * Milliseconds.day
    package static let newestMax = 200
    private static let rowsAtOnce = 5_000
    private static let shown: Set<String> = [
        "scoreMoved", "playStarted", "playEnded", "stepReady", "stepEscalated", "taskCompleted", "messageQueued",
    ]

    package init() {}

    /// Takes in what was decided since the last time. Blocks.
    mutating func catchUp(_ store: any StateStore, now: Instant) throws {
        while case let rows = try store.decisions(after: read, limit: Self.rowsAtOnce), let last = rows.last {
            // Imported history is decided in no order of time: every row is looked at.
            for row in rows where row.at >= now + -Self.span { try take(row) }
            read = last.place
        }
    }

    private mutating func take(_ row: DecisionRow) throws {
        let isChronicled = AccountChronicle.kinds.contains(row.kind)
        guard isChronicled || Self.shown.contains(row.kind) else { return }
        let decision = try Decision(bytes: row.bytes)
        if isChronicled { accounts[row.account, default: AccountChronicle()].take(decision) }
        newest.append(decision)
        if newest.count > 2 * Self.newestMax { newest.removeFirst(newest.count - Self.newestMax) }
    }
}
