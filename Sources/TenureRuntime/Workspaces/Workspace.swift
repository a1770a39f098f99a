import Dispatch
package import Logging
import Synchronization
import TenureAuthoring
package import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
package import TenureStore

/// One vendor's running workspace: a writer on a queue of its own, and what readers may look at without asking it.
package final class Workspace: Sendable {
    package let id: WorkspaceID
    package let keys: WorkspaceKeys
    package let store: any StateStore
    let library: ProgrammeLibrary
    let shelf = VersionShelf()
    let pastMonths = Mutex(PastMonths())
    let views = Mutex(WholeViews())
    let recentFacts = Mutex(RecentFacts())
    /// The record of warnings that was made last, and on which day.
    let records = Mutex<(day: Day, verdict: Verdict)?>(nil)
    /// What senders have sent since the process started.
    package let monitor = IntakeMonitor()
    let log: any IntakeLog
    let queue: DispatchQueue
    let readers: DispatchQueue
    /// One reader of the whole log at a time: it is long, and nobody waits for it but a person who asked why.
    let archive: DispatchQueue
    /// One at a time makes something of all accounts: it takes a core or all of them.
    let makers: DispatchQueue
    let writer: Mutex<Writer>
    let mailbox = Mutex(Mailbox())
    let patience: Patience
    /// When what comes in may wait for its turns, by the clock of `patience`.
    let gathering = Mutex(Duration.zero..<Duration.zero)
    let published: Mutex<Published>
    let accountRows: AccountRows
    let clock: @Sendable () -> Instant
    let hasRoom: @Sendable () -> Bool
    /// Where its work takes turns with that of other workspaces; nil where there are none.
    package let lane: Lane?
    let onFatal: @Sendable (any Error) -> Void
    let logger: Logger

    /// What readers see: as of the last commit.
    struct Published: Sendable {
        var accounts: [AccountID: KeptState]
        var shared: WorkspaceState
        var programme: CompiledProgramme
        var eventCheck: EventCheck
        var counts: WriterCounts
        var position: UInt64
        var lastNow: Instant
        var merges: Merges
        var changes: [@Sendable ([AccountID]) -> Void] = []
        var fence: String?
        /// A write found no room, and none has found any since.
        var isFull = false
        var isRetired = false
    }

    /// - Parameters:
    ///   - patience: how long facts wait for more before their turns.
    ///   - hasRoom: whether writing is worth a try; asked at the start, and about once a second after a write failed.
    ///   - onFatal: called when storage can no longer be trusted; it must end the process.
    package init(
        writer: Writer, clock: @escaping @Sendable () -> Instant, patience: Patience = .measured,
        hasRoom: @escaping @Sendable () -> Bool = { true },
        lane: Lane? = nil, onFatal: @escaping @Sendable (any Error) -> Void, logger: Logger
    ) {
        id = writer.workspace
        keys = writer.keys
        store = writer.store
        library = writer.library
        log = writer.log
        queue = DispatchQueue(label: "tenure.writer.\(writer.workspace)")
        readers = DispatchQueue(label: "tenure.readers.\(writer.workspace)", attributes: .concurrent)
        archive = DispatchQueue(label: "tenure.archive.\(writer.workspace)")
        makers = DispatchQueue(label: "tenure.makers.\(writer.workspace)")
        published = Mutex(
            Published(
                accounts: writer.accounts.all, shared: writer.shared, programme: writer.programme,
                eventCheck: EventCheck(writer.programme.programme), counts: writer.counts, position: writer.position,
                lastNow: writer.lastNow, merges: writer.merges, isFull: !hasRoom()))
        accountRows = AccountRows(
            writer.accounts.all, writer.programme, now: max(clock(), writer.lastNow), label: "\(writer.workspace)")
        self.writer = Mutex(writer)
        self.clock = clock
        self.patience = patience
        self.hasRoom = hasRoom
        self.lane = lane
        self.onFatal = onFatal
        self.logger = logger
    }
}
