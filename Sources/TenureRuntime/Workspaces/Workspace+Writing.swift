import Dispatch
import Logging
import Synchronization
import TenureAuthoring
import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
package import TenureStore

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

    func commitRows(_ change: (inout Commit) -> Void) throws {
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
    func inTurn<Value>(_ body: () throws -> Value) rethrows -> Value {
        guard let lane, lane.isNeeded else { return try body() }
        return try lane.turn(body)
    }

    /// One block: durable, acknowledged, processed and committed at once or with the next ones, answered.
    private func handle(_ letters: [Mailbox.Letter]) {
        let arrivals = letters.flatMap(\.arrivals)
        var unanswered = letters
        do {
            guard !isFull else { throw WriterRefusal.storageFull }
            try finishUnfinished()
            let now = clock()
            try separate(before: now)
            let waits = mayWait(letters)
            let accepted = try writer.withLock { try $0.accept(arrivals, now: now, waits: waits) }
            reply(letters.filter { !$0.isCommand }, in: letters, accepted.answers)
            unanswered = letters.filter(\.isCommand)
            let answers = try settle(accepted, bytes: letters.reduce(0) { $0 + $1.bytes })
            reply(unanswered, in: letters, answers)
        } catch {
            fail(unanswered, error)
        }
    }

    /// A commit that found no room is tried again before anything else happens, and readers see what it brings.
    func finishUnfinished() throws {
        let block = try writer.withLock { writer in
            let block = writer.unfinished?.block
            try writer.finishCommit()
            return block
        }
        if let block { publishConcluded(block) }
    }

    func publishConcluded(_ block: LogBlock) {
        if block.publishedVersion == nil { publish(block) } else { publishVersion(block) }
    }

    private func settle(_ accepted: Writer.Accepted, bytes: Int) throws -> [ArrivalAnswer] {
        guard let block = accepted.block else { return accepted.answers }
        var settled = accepted
        if block.waits { gather(block, bytes: bytes) } else { settled.refuse(try conclude(block)) }
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

    func fail(_ letters: [Mailbox.Letter], _ error: any Error) {
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

    func publish(_ block: LogBlock) {
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

extension Merges {
    /// Accounts whose turn the block takes.
    func touched(by block: LogBlock) -> [AccountID] {
        var touched: Set<AccountID> = []
        // By the span, which lends each fact instead of copying it.
        let lent = block.facts.span
        for place in lent.indices {
            if let owner = owner(of: lent[place]) { touched.insert(owner) }
            touched.formUnion(lent[place].wokenAccounts)
        }
        return touched.sorted()
    }
}

extension Fact {
    /// Those that the clock wakes by it.
    var wokenAccounts: [AccountID] {
        guard type == FactType.clockReached else { return [] }
        return (data["accounts"]?.array ?? []).compactMap { $0.string.map { AccountID($0) } }
    }
}
