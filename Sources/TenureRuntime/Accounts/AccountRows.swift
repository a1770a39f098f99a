import Dispatch
import Foundation
import Synchronization
import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme

/// The row of every account as of its last commit, with columns beside the rows.
///
/// Rows are made a moment after the commits that change them, all that the moment brought at once, or when somebody looks,
/// whichever comes first: an account that many blocks touch is read off once, and never by the writer. Where nobody looks,
/// making them takes no more than one part in ten of a core.
final class AccountRows: Sendable {
    private struct Kept: Sendable {
        var table: AccountTable
        /// Newer than their rows.
        var stale: [AccountID: KeptState]
        var programme: CompiledProgramme
        var terms: RowTerms
        /// As of the newest commit.
        var now: Instant
        /// Whether they will be made without anybody looking.
        var isAwaited = false
        /// How long they are not made then.
        var pause = Duration.seconds(1)
    }

    private static let moment = Duration.seconds(1)
    private static let share = 10

    private let kept: Mutex<Kept>
    /// One makes them at a time.
    private let making = Mutex(())
    private let queue: DispatchQueue

    /// Blocks until the rows of all are made.
    init(_ accounts: [AccountID: KeptState], _ programme: CompiledProgramme, now: Instant, label: String) {
        let terms = RowTerms(programme)
        kept = Mutex(Kept(table: AccountTable(terms), stale: accounts, programme: programme, terms: terms, now: now))
        queue = DispatchQueue(label: "tenure.rows." + label, qos: .utility)
        make(workers: Self.cores)
    }

    /// Blocks for what the last moment changed.
    var table: AccountTable {
        make(workers: Self.cores)
        return kept.withLock { $0.table }
    }

    /// Blocks as `table` does.
    subscript(account: AccountID) -> AccountRow? {
        make(workers: Self.cores)
        return kept.withLock { kept in kept.table.slot(of: account).map { kept.table.rows[$0] } }
    }

    /// - Parameter programme: nil: the same as before.
    func change(_ accounts: some Sequence<(AccountID, KeptState)>, _ programme: CompiledProgramme? = nil, now: Instant) {
        let pause = kept.withLock { kept -> Duration? in
            for (account, state) in accounts { kept.stale[account] = state }
            if let programme { (kept.programme, kept.terms) = (programme, RowTerms(programme)) }
            kept.now = max(kept.now, now)
            defer { kept.isAwaited = true }
            return kept.isAwaited ? nil : kept.pause
        }
        if let pause { queue.asyncAfter(deadline: .now() + pause / .seconds(1)) { self.makeUnasked() } }
    }

    private func makeUnasked() {
        kept.withLock { $0.isAwaited = false }
        let took = ContinuousClock().measure { make(workers: 1) }
        kept.withLock { $0.pause = max(Self.moment, took * Self.share) }
    }

    private static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }

    private func make(workers: Int) {
        making.withLock { _ in
            let (stale, programme, terms, now) = kept.withLock { kept in
                defer { kept.stale = [:] }
                return (Array(kept.stale), kept.programme, kept.terms, kept.now)
            }
            guard !stale.isEmpty else { return }
            let rows = concurrentMap(stale, among: Array(0..<workers)) { _, changed in
                let state = changed.value.state
                return (row: AccountRow(state, programme, terms, now: now), isPart: state.isPart)
            }
            let (parts, others) = (rows.filter(\.isPart).map(\.row), rows.filter { !$0.isPart }.map(\.row))
            kept.withLock { kept in
                kept.table.take(others, terms)
                kept.table.leaveOut(parts)
            }
        }
    }
}
