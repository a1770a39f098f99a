package import TenureCore
package import TenureEngine
package import TenureStore

/// The one loop that changes a workspace: reads a batch, makes it durable, runs one turn an account, commits.
///
/// A plain value without threads or clocks: production calls it from one queue, the simulator in seeded order.
package struct Writer: Sendable {
    package let workspace: WorkspaceID
    package let keys: WorkspaceKeys
    let log: any IntakeLog
    package var store: any StateStore
    let composer: any MessageComposer
    package internal(set) var programme: CompiledProgramme
    /// Where versions that the store keeps are read.
    let library: ProgrammeLibrary
    package internal(set) var accounts: AccountStates
    var memos = RecentMemos()
    package internal(set) var shared = WorkspaceState()
    var directory = Directory()
    package internal(set) var merges = Merges()
    var index = EventIndex()
    var due = DueQueue()
    /// Until when everybody was hastened last: blocks of one instant need it once.
    var hastened: Instant?
    /// Bytes of checkpoints saved with the commit of one block, oldest dirty accounts first; 0 where nobody will start again.
    package var checkpointBytesPerCommit = 256 * 1024
    /// A start reads about so many blocks, or as many as hold the ids that stay in memory.
    package var blocksBetweenRestartPoints: UInt64 = 16_384
    /// What tells this build of the product from every other. A start by another one than that which concluded last believes
    /// the record; nil: it is always compared. To be set before the recovery.
    package var build: String?
    /// Ids of events before they leave memory. To be set before the recovery.
    package var idsInMemoryMax: Int {
        get { index.recentMax }
        set { index = EventIndex(recentMax: newValue) }
    }
    /// Bytes of a mark's states saved with one commit; 0 where nobody will ask for the past.
    package var markBytesPerCommit = 256 * 1024
    /// None are made before: of a year that is lived through at once only the newest would be kept anyway.
    package var marksFrom = Instant(milliseconds: 0)
    var marks = MarkKeeper()
    /// Under which number the metrics of days are kept.
    var dayLayout: DayLayout?
    /// Accounts whose state is newer than their checkpoint, oldest first, with the position that made them so.
    var dirty = DirtyList()
    var restart = RestartKeeper()
    package internal(set) var position: UInt64 = 0
    package internal(set) var lastNow = Instant(milliseconds: 0)
    /// Effects are decided and recorded but never leave: a rehearsal of the past, as in the demo's simulated year. Its
    /// messages are kept as plain text, since nobody packs them for a journey.
    package var isRehearsal = false
    /// False where nobody will ask for the metrics of a day that was lived through: only its conclusions count.
    package var keepsMetrics = true
    package internal(set) var counts = WriterCounts()
    var unfinished: Unfinished?
    var gathered = Gathered()
    /// As of the first message of the block, once it was read.
    var outgoing = OutgoingSettings()
    var hasReadOutgoing = false
    /// What waits in quarantine for accounts that are known by now.
    var arrived = ArrivedSubjects()

    package init(
        workspace: WorkspaceID, keys: WorkspaceKeys, log: any IntakeLog, store: any StateStore,
        composer: any MessageComposer, programme: CompiledProgramme,
        library: ProgrammeLibrary = ProgrammeLibrary(files: []),
        accounts: AccountStates = AccountStates()
    ) {
        self.workspace = workspace
        self.keys = keys
        self.log = log
        self.store = store
        self.composer = composer
        self.programme = programme
        self.library = library
        self.accounts = accounts
    }
}

/// Counters for /metrics and the simulator's summary.
package struct WriterCounts: Hashable, Sendable {
    package var facts = 0
    package var duplicates = 0
    package var conflicts = 0
    package var quarantined = 0
    package var rejected = 0
    package var blocks = 0
    package var turns = 0
    package var messages = 0
    /// Accounts that were brought to where they are by what another build had recorded.
    package var takenOver = 0
    package var decisions: [String: Int] = [:]
    /// Summed over every decision's bytes with its place in its turn: two runs with one digest concluded the same,
    /// whichever accounts took their turns first.
    package var digest: UInt64 = 0

    package static func + (left: WriterCounts, right: WriterCounts) -> WriterCounts {
        WriterCounts(
            facts: left.facts + right.facts, duplicates: left.duplicates + right.duplicates,
            conflicts: left.conflicts + right.conflicts, quarantined: left.quarantined + right.quarantined,
            rejected: left.rejected + right.rejected, blocks: left.blocks + right.blocks,
            turns: left.turns + right.turns, messages: left.messages + right.messages,
            takenOver: left.takenOver + right.takenOver, decisions: left.decisions.merging(right.decisions) { $0 + $1 }, digest: left.digest &+ right.digest)
    }
}
