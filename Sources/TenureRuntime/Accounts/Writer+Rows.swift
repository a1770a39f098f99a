import Foundation
import TenureCore
import TenureInsight

extension Writer {
    /// A row of every account, made on all cores. Blocks.
    func rows(now: Instant) -> [AccountID: AccountRow] {
        let workers = Array(0..<ProcessInfo.processInfo.activeProcessorCount)
        let programme = programme
        let now = max(now, lastNow)
        let rows = concurrentMap(Array(accounts.all), among: workers) { _, kept in
            (kept.key, AccountRow(kept.value.state, programme, now: now))
        }
        return Dictionary(rows) { first, _ in first }
    }
}
