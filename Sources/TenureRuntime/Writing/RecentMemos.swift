import TenureCore
import TenureEngine

/// Memos of the accounts that took their turns last. Older ones are forgotten, so that all of them take bounded memory:
/// about 6 KB each with the largest programme.
struct RecentMemos: Sendable {
    private var young: [AccountID: Memo] = [:]
    private var old: [AccountID: Memo] = [:]
    private let generationMax: Int

    /// - Parameter most: that are kept at a time.
    init(most: Int = 2048) { generationMax = max(1, most / 2) }

    /// What is known of the account, or nothing.
    mutating func take(_ account: AccountID) -> Memo {
        young.removeValue(forKey: account) ?? old.removeValue(forKey: account) ?? Memo()
    }

    /// The readings that the account's last turn ended with; nil: forgotten.
    func readings(of account: AccountID) -> [MetricReading]? { (young[account] ?? old[account])?.readings }

    mutating func keep(_ memo: Memo, of account: AccountID) {
        young[account] = memo
        guard young.count >= generationMax else { return }
        old = young
        young = [:]
    }
}
