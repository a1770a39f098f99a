package import TenureCore
package import TenureEngine
package import TenureInsight
import TenureStore

/// What the recorded decisions of the past months say of every account, and the newest ones of all.
package struct Chronicles: Sendable {
    package private(set) var accounts: [AccountID: AccountChronicle] = [:]
    /// What somebody who looks on wants to see happen, in the order in which it was recorded: the newest last.
    package private(set) var newest: [Decision] = []
    /// Accounts of which something was taken since `settle`.
    private(set) var changed: Set<AccountID> = []

    /// The twelve months that a warning record counts, and the horizon before them.
    private static let span = 460 * Milliseconds.day
    package static let newestMax = 200
    private static let shown: Set<String> = [
        "scoreMoved", "playStarted", "playEnded", "stepReady", "stepEscalated", "taskCompleted", "messageQueued",
    ]

    package init() {}

    static func wants(_ row: DecisionRow, now: Instant) -> Bool {
        row.at >= now + -span && (AccountChronicle.kinds.contains(row.kind) || shown.contains(row.kind))
    }

    mutating func take(_ decision: Decision, kind: String) {
        if AccountChronicle.kinds.contains(kind) {
            accounts[decision.account, default: AccountChronicle()].take(decision)
            changed.insert(decision.account)
        }
        newest.append(decision)
        if newest.count > 2 * Self.newestMax { newest.removeFirst(newest.count - Self.newestMax) }
    }

    mutating func settle() { changed = [] }
}
