import TenureCore
import TenureStore

extension IntakeLog {
    /// All facts of an account, in log order.
    func facts(of account: AccountID) throws -> [Fact] {
        var facts: [Fact] = []
        try read(from: 1) { block in
            facts += block.facts.filter { $0.account == account }
            return true
        }
        return facts
    }
}
