import TenureCore
import TenureStore

extension IntakeLog {
    /// All facts of an account up to a position, in log order.
    func facts(of account: AccountID, upTo position: UInt64 = .max) throws -> [Fact] {
        var facts: [Fact] = []
        try read(holding: account, from: 1) { block in
            guard block.position <= position else { return false }
            facts += block.facts.filter { $0.account == account }
            return true
        }
        return facts
    }
}
