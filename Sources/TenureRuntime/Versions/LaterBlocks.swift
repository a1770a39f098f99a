import TenureCore
import TenureEngine
import TenureStore

/// The blocks of a window, by account: when each had its turns, and on which facts.
struct LaterBlocks: Sendable {
    struct Turn: Sendable {
        /// Among the blocks of the window.
        let block: Int
        /// Of the first block whose facts it reads.
        let first: UInt64
        let now: Instant
        let facts: [Fact]
        /// As of the block.
        let merges: Merges
    }

    private struct Block: Sendable {
        var first: UInt64
        var now: Instant
        /// The newest of each type: for the workspace no more counts.
        var facts: [Fact]
        var merges: Merges
    }

    private static let noticeType = "churn.noticed"
    private var blocks: [Block] = []
    private var turnsByAccount: [AccountID: [(block: Int, facts: [Fact])]] = [:]
    private var shared: [WorkspaceState] = []
    private(set) var factCount = 0
    /// The first notice of each account.
    private(set) var notices: [AccountID: Instant] = [:]
    private var merges: Merges

    /// - Parameter merges: as of the block before the first one.
    init(_ merges: Merges = Merges()) { self.merges = merges }

    var accounts: [AccountID] { Array(turnsByAccount.keys) }

    /// The next block, in order.
    mutating func take(_ block: LogBlock) {
        var byAccount: [AccountID: [Fact]] = [:]
        var newest: [String: Fact] = [:]
        merges.take(block)
        for fact in merges.routed(block) {
            if newest[fact.type].map({ $0.recorded < fact.recorded }) ?? true { newest[fact.type] = fact }
            for account in fact.wokenAccounts where byAccount[account] == nil { byAccount[account] = [] }
            guard let account = fact.account else { continue }
            byAccount[account, default: []].append(fact)
            if fact.type == Self.noticeType, notices[account] == nil { notices[account] = fact.occurred }
        }
        for (account, facts) in byAccount { turnsByAccount[account, default: []].append((blocks.count, facts)) }
        factCount += block.facts.count
        blocks.append(Block(first: block.first, now: block.now, facts: Array(newest.values), merges: merges))
    }

    /// With the workspace's own state at each block, under the programme that is tried.
    func sharing(_ start: WorkspaceState, _ programme: CompiledProgramme) -> LaterBlocks {
        var sharing = self
        var state = start
        for index in sharing.blocks.indices {
            let now = sharing.blocks[index].now
            for fact in sharing.blocks[index].facts { state.fold(fact, programme: programme, at: now) }
            sharing.shared.append(state)
            sharing.blocks[index].facts = []
        }
        return sharing
    }

    /// What the turns of each block read, under a programme: one for all accounts that had their turns in it.
    func contexts(_ programme: CompiledProgramme) -> [TurnContext] {
        shared.map { TurnContext(programme: programme, workspace: $0, keepsMetrics: false) }
    }

    func turns(of account: AccountID) -> [Turn] {
        (turnsByAccount[account] ?? []).map { turn in
            Turn(
                block: turn.block, first: blocks[turn.block].first, now: blocks[turn.block].now,
                facts: turn.facts, merges: blocks[turn.block].merges)
        }
    }
}
