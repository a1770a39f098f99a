import TenureCore
package import TenureEngine
import TenureProgramme
import TenureStore

/// The log as far as one account's day is concerned.
package struct LoggedPast: Sendable {
    /// Blocks with facts of the account.
    package private(set) var blocks: [AccountBlock] = []
    /// What all accounts shared when the day was closed.
    package private(set) var shared = WorkspaceState()
    /// The same with the events of all accounts that came since and had occurred by then: a source that was silent spoke.
    package private(set) var sharedByNow = WorkspaceState()
    private let account: AccountID
    private let close: DayClose
    private let programme: CompiledProgramme
    /// As of the close.
    private let merges: Merges
    private let accounts: Set<AccountID>

    init(_ account: AccountID, _ close: DayClose, _ programme: CompiledProgramme, _ merges: Merges) {
        self.account = account
        self.close = close
        self.programme = programme
        self.merges = merges
        accounts = Set(merges.accounts(in: account))
    }

    /// The next block, in order.
    mutating func take(_ block: LogBlock) {
        let wasThere = close.position.map { block.position <= $0 } ?? (block.now < close.at)
        for fact in block.facts {
            if wasThere {
                shared.fold(fact, programme: programme, at: block.now)
                sharedByNow.fold(fact, programme: programme, at: block.now)
            } else if fact.occurred < close.at {
                var spoken = fact
                spoken.recorded = fact.occurred
                sharedByNow.fold(spoken, programme: programme, at: block.now)
            }
        }
        let own = merges.facts(of: account, accounts, in: block)
        guard !own.isEmpty else { return }
        blocks.append(AccountBlock(position: block.position, now: block.now, facts: own))
    }
}
