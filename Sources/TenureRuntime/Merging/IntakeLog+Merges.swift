import TenureCore
import TenureEngine
import TenureStore

extension IntakeLog {
    /// All facts that count for an account between two positions, in log order, those of its parts among them.
    func facts(
        of account: AccountID, _ merges: Merges, from first: UInt64 = 1, upTo last: UInt64 = .max
    ) throws -> [Fact] {
        let accounts = Set(merges.accounts(in: account))
        var facts: [UInt64: [Fact]] = [:]
        for part in accounts {
            try read(holding: part, from: first) { block in
                guard block.position <= last else { return false }
                if facts[block.position] == nil {
                    facts[block.position] = merges.facts(of: account, accounts, in: block)
                }
                return true
            }
        }
        return facts.sorted { $0.key < $1.key }.flatMap(\.value)
    }

    /// What the log's facts come to up to a position, for accounts that stand for themselves: parts keep what they were.
    func refolded(
        _ folds: [AccountID: Refold], _ merges: Merges, upTo position: UInt64
    ) throws -> [AccountID: Refold] {
        var folds = folds.filter { !merges.isPart($0.key) }
        try read(from: 1) { block in
            guard block.position <= position else { return false }
            for fact in merges.routed(block) { if let account = fact.account { folds[account]?.take(fact) } }
            return true
        }
        return folds
    }
}

extension Merges {
    /// - Parameter accounts: the account and its parts.
    func facts(of account: AccountID, _ accounts: Set<AccountID>, in block: LogBlock) -> [Fact] {
        guard accounts.count > 1 else { return block.facts.filter { $0.account == account } }
        let told = block.facts.filter { $0.account.map(accounts.contains) ?? false }
        return told.map { routed($0) }.filter { $0.account == account }
    }
}
