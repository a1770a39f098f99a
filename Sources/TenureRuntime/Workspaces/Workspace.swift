import Dispatch
package import Logging
import Synchronization
import TenureAuthoring
package import TenureCore
package import TenureEngine
package import TenureInsight
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
    private let recentFacts = Mutex(RecentFacts())
    /// The record of warnings that was made last, and on which day.
    let records = Mutex<(day: Day, verdict: Verdict)?>(nil)
    /// What senders have sent since the process started.
    package let monitor = IntakeMonitor()
    private let log: any IntakeLog
    private let queue: DispatchQueue
    private let readers: DispatchQueue
    /// One reader of the whole log at a time: it is long, and nobody waits for it but a person who asked why.
    private let archive: DispatchQueue
    /// One at a time makes something of all accounts: it takes a core or all of them.
    private let makers: DispatchQueue
    private let writer: Mutex<Writer>
    private let mailbox = Mutex(Mailbox())
    private let published: Mutex<Published>
    private let accountRows: AccountRows
    private let clock: @Sendable () -> Instant
    private let hasRoom: @Sendable () -> Bool
    /// Where its work takes turns with that of other workspaces; nil where there are none.
    package let lane: Lane?
    private let onFatal: @Sendable (any Error) -> Void
    private let logger: Logger

    /// What readers see: as of the last commit.
    private struct Published: Sendable {
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
    ///   - hasRoom: whether writing is worth a try; asked at the start, and about once a second after a write failed.
    ///   - onFatal: called when storage can no longer be trusted; it must end the process.
    package init(
        writer: Writer, clock: @escaping @Sendable () -> Instant, hasRoom: @escaping @Sendable () -> Bool = { true },
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
        self.hasRoom = hasRoom
        self.lane = lane
        self.onFatal = onFatal
        self.logger = logger
    }
}

// MARK: - Reading

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
    private func guarding<Value>(_ body: () throws -> Value) throws -> Value {
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

// MARK: - Writing

extension Workspace {
    /// Returns when the batch is durable; each arrival has its own answer.
    package func submit(_ arrivals: [Arrival]) async throws -> [ArrivalAnswer] {
        try await send(arrivals, isCommand: false)
    }

    /// Returns when what the command caused is committed.
    package func perform(_ arrivals: [Arrival]) async throws -> [ArrivalAnswer] {
        try await send(arrivals, isCommand: true)
    }

    /// Runs a small write of rows (settings, notes) in the order of everything else.
    package func write(_ change: @escaping @Sendable (inout Commit) -> Void) async throws {
        guard !isFull else { throw WriterRefusal.storageFull }
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            queue.async {
                continuation.resume(with: Result { try self.writeRows(change) })
            }
        }
    }

    private func writeRows(_ change: (inout Commit) -> Void) throws {
        try requireOpen()
        do {
            try guarding { try commitRows(change) }
        } catch StorageFailure.full {
            setFull(true)
            throw WriterRefusal.storageFull
        }
    }

    private func commitRows(_ change: (inout Commit) -> Void) throws {
        try writer.withLock { writer in
            var commit = Commit(position: writer.position, now: max(clock(), writer.lastNow))
            change(&commit)
            try store.commit(commit)
        }
    }

    private func send(_ arrivals: [Arrival], isCommand: Bool) async throws -> [ArrivalAnswer] {
        var answers: [ArrivalAnswer] = []
        for block in arrivals.blocks { answers += try await post(block, isCommand: isCommand) }
        return answers
    }

    private func post(_ block: ArrivalBlock, isCommand: Bool) async throws -> [ArrivalAnswer] {
        try await withCheckedThrowingContinuation { continuation in
            let letter = Mailbox.Letter(arrivals: block.arrivals, bytes: block.bytes, isCommand: isCommand) {
                continuation.resume(with: $0)
            }
            if let refusal = post(letter) { continuation.resume(throwing: refusal) }
        }
    }

    private func post(_ letter: Mailbox.Letter) -> WriterRefusal? {
        if let fence { return .fenced(detail: fence) }
        if isFull { return .storageFull }
        let (refusal, wakes) = mailbox.withLock { box -> (WriterRefusal?, Bool) in
            if box.isClosed { return (.shuttingDown, false) }
            guard box.put(letter) else { return (.overloaded, false) }
            defer { box.isDraining = true }
            return (nil, !box.isDraining)
        }
        if wakes { queue.async { self.drain() } }
        return refusal
    }

    private func drain() {
        while true {
            let letters = mailbox.withLock { box -> [Mailbox.Letter] in
                let taken = box.takeBatch()
                if taken.isEmpty { box.isDraining = false }
                return taken
            }
            guard !letters.isEmpty else { return }
            inTurn { handle(letters) }
        }
    }

    /// Waits for the workspace's turn at the cores; nothing is locked meanwhile.
    private func inTurn<Value>(_ body: () throws -> Value) rethrows -> Value {
        guard let lane else { return try body() }
        return try lane.turn(body)
    }

    /// One block: durable, acknowledged, processed, committed, answered.
    private func handle(_ letters: [Mailbox.Letter]) {
        let arrivals = letters.flatMap(\.arrivals)
        var unanswered = letters
        do {
            guard !isFull else { throw WriterRefusal.storageFull }
            try finishUnfinished()
            let accepted = try writer.withLock { try $0.accept(arrivals, now: clock()) }
            reply(letters.filter { !$0.isCommand }, in: letters, accepted.answers)
            unanswered = letters.filter(\.isCommand)
            let answers = try settle(accepted)
            reply(unanswered, in: letters, answers)
        } catch {
            fail(unanswered, error)
        }
    }

    /// A commit that found no room is tried again before anything else happens, and readers see what it brings.
    private func finishUnfinished() throws {
        let block = try writer.withLock { writer in
            let block = writer.unfinished?.block
            try writer.finishCommit()
            return block
        }
        if let block { publishConcluded(block) }
    }

    private func publishConcluded(_ block: LogBlock) {
        if block.publishedVersion == nil { publish(block) } else { publishVersion(block) }
    }

    private func settle(_ accepted: Writer.Accepted) throws -> [ArrivalAnswer] {
        guard let block = accepted.block else { return accepted.answers }
        var settled = accepted
        settled.refuse(try writer.withLock { try $0.process(block) })
        publish(block)
        return settled.answers
    }

    /// Answers of the wanted letters, cut out of the block's answers by their place.
    private func reply(_ wanted: [Mailbox.Letter], in letters: [Mailbox.Letter], _ answers: [ArrivalAnswer]) {
        guard !wanted.isEmpty else { return }
        let isCommand = wanted[0].isCommand
        var start = 0
        for letter in letters {
            let end = start + letter.arrivals.count
            if letter.isCommand == isCommand { letter.reply(.success(Array(answers[start..<end]))) }
            start = end
        }
    }

    private func fail(_ letters: [Mailbox.Letter], _ error: any Error) {
        if !isFull {
            logger.error("The writer could not take a block", metadata: ["workspace": "\(id)", "error": "\(error)"])
        }
        switch error {
        case StorageFailure.full, WriterRefusal.storageFull:
            setFull(true)
            for letter in letters { letter.reply(.failure(WriterRefusal.storageFull)) }
        case let divergence as Divergence:
            let detail = "replay differs at position \(divergence.position)"
            published.withLock { $0.fence = detail }
            for letter in letters { letter.reply(.failure(WriterRefusal.fenced(detail: detail))) }
        default:
            for letter in letters { letter.reply(.failure(error)) }
            onFatal(error)
        }
    }

    private func publish(_ block: LogBlock) {
        let (touched, merges) = writer.withLock { writer in (writer.merges.touched(by: block), writer.merges) }
        let news = writer.withLock { writer in
            let states = touched.compactMap { account in writer.accounts.kept(account).map { (account, $0) } }
            return (states, writer.shared, writer.counts, writer.position, writer.lastNow)
        }
        accountRows.change(news.0, now: news.4)
        let changes = published.withLock { published in
            for (account, state) in news.0 { published.accounts[account] = state }
            published.shared = news.1
            published.counts = news.2
            published.position = news.3
            published.lastNow = news.4
            published.merges = merges
            return published.changes
        }
        for change in changes { change(touched) }
    }
}

// MARK: - Versions

extension Workspace {
    func onQueue(_ body: @escaping @Sendable () -> Void) { queue.async(execute: body) }
    func onArchive(_ body: @escaping @Sendable () -> Void) { archive.async(execute: body) }
    func copyOfWriter() -> Writer { writer.withLock { $0 } }

    /// Runs a change of versions in the order of everything else. A block that it gives puts a version into force: when
    /// this returns, every account has concluded under it.
    func onWriter<Value: Sendable>(
        _ change: @escaping @Sendable (inout Writer, _ now: Instant) throws -> (block: LogBlock?, value: Value)
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            onQueue { continuation.resume(with: Result { try self.inTurn { try self.changeNow(change) } }) }
        }
    }

    private func changeNow<Value>(
        _ change: (inout Writer, _ now: Instant) throws -> (block: LogBlock?, value: Value)
    ) throws -> Value {
        if let fence { throw WriterRefusal.fenced(detail: fence) }
        try requireOpen()
        do {
            try finishUnfinished()
            let changed = try writer.withLock { writer in
                let changed = try change(&writer, clock())
                if let block = changed.block { try writer.process(block) }
                return changed
            }
            if let block = changed.block { publishConcluded(block) }
            return changed.value
        } catch let refusal as PublishRefusal {
            throw refusal
        } catch let refusal as MergeRefusal {
            throw refusal
        } catch StorageFailure.full {
            setFull(true)
            throw WriterRefusal.storageFull
        } catch {
            fail([], error)
            throw error
        }
    }

    /// Readers go over to the new version with all accounts at once.
    private func publishVersion(_ block: LogBlock) {
        let (accounts, programme, now) = writer.withLock { ($0.accounts.all, $0.programme, $0.lastNow) }
        accountRows.change(accounts.lazy.map { ($0.key, $0.value) }, programme, now: now)
        published.withLock { published in
            published.accounts = accounts
            published.programme = programme
            published.eventCheck = EventCheck(programme.programme)
        }
        records.withLock { $0 = nil }
        views.withLock { $0 = WholeViews() }
        publish(block)
        let changes = published.withLock { $0.changes }
        for change in changes { change(accounts.keys.sorted()) }
    }
}

// MARK: - Time and stopping

extension Workspace {
    /// Lets time pass: wakes accounts that are due, one bounded block at a time. Returns when the next one is due.
    package func tick() async -> Instant? {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: self.tickOnce()) }
        }
    }

    private func tickOnce() -> Instant? {
        guard fence == nil, !isRetired else { return nil }
        do {
            guard try findsRoom() else { return nil }
            try finishUnfinished()
            // Mostly nobody is due, and that is known without a turn.
            if let next = writer.withLock({ $0.nextDue() }), next <= max(clock(), writer.withLock { $0.lastNow }) {
                if let block = try inTurn(wakeDue) { publish(block) }
            }
            return writer.withLock { $0.nextDue() }
        } catch {
            fail([], error)
            return nil
        }
    }

    private func wakeDue() throws -> LogBlock? {
        try writer.withLock { writer in
            guard let block = try writer.tick(now: clock()) else { return nil }
            try writer.process(block)
            return block
        }
    }

    /// After a write found no room: a small real one tells whether there is some again.
    private func findsRoom() throws -> Bool {
        guard isFull else { return true }
        guard hasRoom() else { return false }
        try finishUnfinished()
        try commitRows { _ in }
        setFull(false)
        logger.notice("There is room again; writing goes on", metadata: ["workspace": "\(id)"])
        return true
    }

    private func setFull(_ isFull: Bool) { published.withLock { $0.isFull = isFull } }

    /// Gives back the room that the store needs no longer, unless somebody waits for the writer; false then.
    package func tidy() async -> Bool {
        guard backlog == 0, !isFull else { return false }
        return await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: self.tidyOnce()) }
        }
    }

    private func tidyOnce() -> Bool {
        guard !isRetired else { return false }
        do {
            try store.tidy()
            return true
        } catch {
            fail([], error)
            return false
        }
    }

    /// Takes no more, finishes what waits and saves every account, so that the next start replays nothing.
    package func close() async {
        mailbox.withLock { $0.isClosed = true }
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            queue.async {
                do {
                    // States run ahead of a commit that has not succeeded: they are saved only behind it.
                    try self.guarding {
                        try self.finishUnfinished()
                        try self.writer.withLock { try $0.saveAll() }
                    }
                } catch {
                    self.logger.error("Could not save on closing", metadata: ["error": "\(error)"])
                }
                continuation.resume()
            }
        }
    }
}

// MARK: - Going

extension Workspace {
    /// Whether it is gone while the process goes on.
    package var isRetired: Bool { published.withLock { $0.isRetired } }

    private func requireOpen() throws {
        if isRetired { throw WriterRefusal.shuttingDown }
    }

    /// Closes it while the process goes on: when this returns, nobody reads or writes its files any more.
    package func retire() async {
        await close()
        await after(queue) { self.published.withLock { $0.isRetired = true } }
        for queue in [readers, archive, makers] { await after(queue) {} }
    }

    /// Runs it once everything before has run.
    private func after(_ queue: DispatchQueue, _ body: @escaping @Sendable () -> Void) async {
        await withCheckedContinuation { continuation in
            queue.async(flags: .barrier) {
                body()
                continuation.resume()
            }
        }
    }
}

extension Merges {
    /// Accounts whose turn the block takes.
    func touched(by block: LogBlock) -> [AccountID] {
        Set(block.facts.compactMap { owner(of: $0) } + block.facts.flatMap(\.wokenAccounts)).sorted()
    }
}

extension Fact {
    /// Those that the clock wakes by it.
    var wokenAccounts: [AccountID] {
        guard type == FactType.clockReached else { return [] }
        return (data["accounts"]?.array ?? []).compactMap { $0.string.map { AccountID($0) } }
    }
}
