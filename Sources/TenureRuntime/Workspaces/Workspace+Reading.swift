import Dispatch
import Logging
import Synchronization
import TenureAuthoring
package import TenureCore
package import TenureEngine
package import TenureInsight
import TenureProgramme
package import TenureStore

extension Workspace {
    package var programme: CompiledProgramme { published.withLock { $0.programme } }
    /// What the programme asks of an event.
    package var eventCheck: EventCheck { published.withLock { $0.eventCheck } }
    package var counts: WriterCounts { published.withLock { $0.counts } }
    /// What accounts share, as of the last commit.
    package var sharedState: WorkspaceState { published.withLock { $0.shared } }
    package var isLive: Bool { published.withLock { $0.shared.isLive } }
    /// Why the workspace is read-only; nil when it is not.
    package var fence: String? { published.withLock { $0.fence } }
    /// Whether there is no room to write: everything but reading is refused. It ends by itself.
    package var isFull: Bool { published.withLock { $0.isFull } }
    package var backlog: Int { mailbox.withLock { $0.arrivalCount } }
    /// By the machine's clock, and never before the last commit: where the clock was put back, time stands still until then.
    package var now: Instant {
        #if DEBUG
            if PlantedBug.clockGoesBack.isChosen { return clock() }
        #endif
        return max(clock(), published.withLock { $0.lastNow })
    }
    /// Of the last commit.
    package var position: UInt64 { published.withLock { $0.position } }

    /// Which accounts are parts of others, as of the last commit.
    package var merges: Merges { published.withLock { $0.merges } }

    /// Every account as of the last commit, in id order, without those that are parts of others.
    package func accounts() -> [AccountState] {
        let (accounts, merges) = published.withLock { ($0.accounts, $0.merges) }
        return accounts.filter { !merges.isPart($0.key) }.sorted { $0.key < $1.key }.map(\.value.state)
    }

    /// The account of that very id, also where it is part of another one.
    package func state(of id: AccountID) -> AccountState? { published.withLock { $0.accounts[id] }?.state }

    /// What lists say of every account as of its last commit, in no order.
    package func rows() -> [AccountRow] { table().rows }

    /// The same with columns, for whoever looks at all of them.
    package func table() -> AccountTable { accountRows.table }

    /// By Tenure's id or the vendor's own, as of the account's last commit.
    package func row(_ name: String) -> AccountRow? {
        id(of: name).flatMap { accountRows[merges.survivor(of: $0)] }
    }

    package var accountCount: Int { published.withLock { $0.accounts.count - $0.merges.count } }

    /// By Tenure's id or the vendor's own. A name of an account that is part of another one leads to that.
    package func account(_ name: String) -> AccountState? {
        id(of: name).flatMap { id in published.withLock { $0.accounts[$0.merges.survivor(of: id)] } }?.state
    }

    /// Of the account that the name was given to, by Tenure's id or the vendor's own.
    package func id(of name: String) -> AccountID? {
        let byVendor = keys.account(external: name)
        return published.withLock { published in
            [AccountID(name), byVendor].first { published.accounts[$0] != nil }
        }
    }

    /// Everything that can be read off an account now: metrics, health, conclusions.
    package func snapshot(_ state: AccountState, at instant: Instant? = nil) -> Snapshot {
        let (programme, shared) = published.withLock { ($0.programme, $0.shared) }
        return Snapshot(programme: programme, workspace: shared, state: state, now: instant ?? max(now, state.clock ?? now))
    }

    /// Runs a blocking look-up off the cooperative pool.
    package func read<Value: Sendable>(_ body: @escaping @Sendable (any StateStore) throws -> Value) async throws -> Value {
        try await run(on: readers) { [self] in try inTurn { try body(store) } }
    }

    /// Off the cooperative pool, as long as the workspace is there.
    private func run<Value: Sendable>(
        on queue: DispatchQueue, _ body: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { [self] in
                continuation.resume(
                    with: Result {
                        try requireOpen()
                        return try guarding(body)
                    })
            }
        }
    }

    /// After a failed flush nobody knows what is on the disk, whoever asked for it: what was being sent, too.
    func guarding<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let failure as StorageFailure {
            if case .syncFailed = failure { onFatal(failure) }
            throw failure
        }
    }

    /// Runs what takes long and is made of all accounts, one at a time.
    func onViews<Value: Sendable>(_ body: @escaping @Sendable (Workspace) throws -> Value) async throws -> Value {
        try await run(on: makers) { try body(self) }
    }

    /// All facts of an account in log order, read back from the whole log: seconds where that is long. For the accounts that
    /// people asked about last, only what came in since is read.
    package func facts(of account: AccountID) async throws -> [Fact] {
        try await readLog { [self] log in
            var read = recentFacts.withLock { $0.take(account) }
            try read.catchUp(log, account, merges)
            recentFacts.withLock { [read] in $0.keep(read, of: account) }
            return read.facts
        }
    }

    /// One reader of the log at a time.
    func readLog<Value: Sendable>(_ body: @escaping @Sendable (any IntakeLog) throws -> Value) async throws -> Value {
        try await run(on: archive) { [log] in try body(log) }
    }

    /// Called on the writer's queue after each commit, with the accounts it touched.
    package func onChange(_ body: @escaping @Sendable ([AccountID]) -> Void) {
        published.withLock { $0.changes.append(body) }
    }
}
