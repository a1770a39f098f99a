import Foundation
import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme

extension Writer {
    /// A row of every account, made on all cores. Blocks.
    func rows(now: Instant) -> [AccountID: AccountRow] {
        let workers = Array(0..<ProcessInfo.processInfo.activeProcessorCount)
        let programme = programme
        let fields = programme.programme.portfolioFields
        let now = max(now, lastNow)
        let rows = concurrentMap(Array(accounts.all), among: workers) { _, kept in
            (kept.key, AccountRow(kept.value.state, programme, fields: fields, now: now))
        }
        return Dictionary(rows) { first, _ in first }
    }
}
