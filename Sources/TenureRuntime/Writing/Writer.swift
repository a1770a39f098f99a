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
    let store: any StateStore
    let composer: any MessageComposer
    package private(set) var programme: CompiledProgramme
    package internal(set) var accounts: [AccountID: AccountState] = [:]
    package internal(set) var shared = WorkspaceState()
    var directory = Directory()
    var index = EventIndex()
    var due = DueQueue()
    /// Accounts whose state is newer than their checkpoint, oldest first, with the position that made them so.
    var dirty = DirtyList()
    package internal(set) var position: UInt64 = 0
    package internal(set) var lastNow = Instant(milliseconds: 0)
    /// Effects are decided and recorded but never leave: a rehearsal of the past, as in the demo's simulated year.
    package var isRehearsal = false
    package internal(set) var counts = WriterCounts()
    var unfinished: Unfinished?

    package init(
        workspace: WorkspaceID, keys: WorkspaceKeys, log: any IntakeLog, store: any StateStore,
        composer: any MessageComposer, programme: CompiledProgramme
    ) {
        self.workspace = workspace
        self.keys = keys
        self.log = log
        self.store = store
        self.composer = composer
        self.programme = programme
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
    package var decisions: [String: Int] = [:]
    /// Folded over every decision's bytes in order: two runs with one digest concluded the same.
    package var digest: UInt64 = 0
}

// MARK: - A batch of arrivals

extension Writer {
    /// A batch that is in the log: answers that may be given now, and the block to process.
    package struct Accepted: Sendable {
        package var answers: [ArrivalAnswer]
        package var block: LogBlock?
        /// Of each arrival's fact.
        var factIDs: [String]

        /// Answers what the turn refused.
        mutating func refuse(_ refusals: [Refusal]) {
            for refusal in refusals {
                guard let index = factIDs.lastIndex(of: refusal.factID) else { continue }
                answers[index] = .refused(refusal.reason.rawValue)
            }
        }
    }

    /// Resolves and de-duplicates a batch and makes it durable. When it returns, accepted arrivals may be acknowledged.
    package mutating func accept(_ arrivals: [Arrival], now wall: Instant) throws -> Accepted {
        let now = max(wall, lastNow)
        var answers: [ArrivalAnswer] = []
        answers.reserveCapacity(arrivals.count)
        var facts: [Fact] = []
        var waiting = Commit(position: position, now: now)
        let drafts = concurrentMap(arrivals, grain: Self.draftGrain) { [keys, known = directory.accounts] in
            Draft($0, now: now, keys: keys, known: known)
        }
        for (arrival, draft) in zip(arrivals, drafts) {
            switch resolve(draft, arrival.subject) {
            case .unknown(let subject, let fact): answers.append(quarantine(fact, subject, draft, &waiting))
            case .fact(let fact):
                let answer = admit(fact, draft)
                answers.append(answer)
                guard answer == .accepted else { continue }
                facts.append(fact)
                keepPerson(arrival, fact, &waiting)
                register(fact)
                joinMember(arrival, fact, &waiting)
                if fact.type == FactType.accountChanged { try release(fact, into: &facts, &waiting, now: now) }
            }
        }
        if !waiting.isEmpty { try store.commit(waiting) }
        guard !facts.isEmpty else { return Accepted(answers: answers, block: nil, factIDs: []) }
        let block = LogBlock(position: log.end + 1, now: now, facts: facts)
        try log.append(block)
        lastNow = now
        return Accepted(answers: answers, block: block, factIDs: drafts.map(\.fact.id))
    }

    /// Arrivals drafted on one core before another is asked.
    private static let draftGrain = 128

    private mutating func admit(_ fact: Fact, _ draft: Draft) -> ArrivalAnswer {
        let content = Draft.content(draft.content, account: fact.account)
        switch index.answer(draft.key, content: content) {
        case .new:
            index.remember(draft.key, content: content, recorded: fact.recorded)
            counts.facts += 1
            return .accepted
        case .duplicate:
            counts.duplicates += 1
            return .duplicate
        case .conflict:
            counts.conflicts += 1
            return .rejected(
                IntakeRefusal(
                    code: "event-id-conflict", detail: "Another event with the id \(fact.id) was taken before.",
                    pointer: "/id"))
        }
    }

    private mutating func quarantine(
        _ fact: Fact, _ subject: String, _ draft: Draft, _ waiting: inout Commit
    ) -> ArrivalAnswer {
        let content = Draft.content(draft.content, account: fact.account)
        switch index.answer(draft.key, content: content) {
        case .duplicate: return .duplicate
        case .conflict:
            return .rejected(IntakeRefusal(code: "event-id-conflict", detail: "Another event has this id.", pointer: "/id"))
        case .new:
            index.remember(draft.key, content: content, recorded: fact.recorded)
            counts.quarantined += 1
            var writer = ByteWriter()
            writer.write(fact)
            waiting.quarantine.append(
                QuarantineRow(subject: subject, at: fact.recorded, reason: "unknown-account", bytes: writer.bytes))
            return .quarantined
        }
    }

    /// Names and addresses go to rows that can be erased, before the fact that points to them is acknowledged. What a
    /// call leaves out stays as it was, and nobody is subscribed again by being mentioned.
    private func keepPerson(_ arrival: Arrival, _ fact: Fact, _ waiting: inout Commit) {
        guard let person = arrival.person, let account = fact.account else { return }
        let known = (try? store.contact(account: account, key: person.key)) ?? nil
        waiting.contacts.append(
            ContactRow(
                account: account, key: person.key, name: person.name.isEmpty ? known?.name ?? "" : person.name,
                email: person.email.isEmpty ? known?.email ?? "" : person.email,
                role: person.role.isEmpty ? known?.role ?? "" : person.role,
                hasLeft: fact.data["left"]?.bool ?? known?.hasLeft ?? false,
                isUnsubscribed: known?.isUnsubscribed ?? false, updated: fact.recorded))
    }

    /// The account exists from here on, inside the same batch too.
    private mutating func register(_ fact: Fact) {
        guard let account = fact.account, accounts[account] == nil else { return }
        accounts[account] = AccountState(id: account, programme: programme)
        if let external = fact.data["id"]?.string { directory.remember(account, external: external) }
    }

    /// A login seen at a named account: later calls may name the login alone.
    private mutating func joinMember(_ arrival: Arrival, _ fact: Fact, _ waiting: inout Commit) {
        guard case .account = arrival.subject, let member = fact.member, let account = fact.account,
            directory.join(member: member, account)
        else { return }
        waiting.settings.append((name: "member:" + member, value: directory.account(of: member)?.text ?? ""))
    }

    /// What waited for this account enters with the times it had.
    private mutating func release(
        _ fact: Fact, into facts: inout [Fact], _ waiting: inout Commit, now: Instant
    ) throws {
        guard let external = fact.data["id"]?.string, let account = fact.account else { return }
        for row in try store.quarantine(subject: external, after: 0, limit: 10_000) {
            var reader = ByteReader(row.bytes)
            var released = try reader.readFact()
            released.account = account
            facts.append(released)
            waiting.released.append(row.number)
        }
    }
}

extension Commit {
    /// Whether there is anything to write besides a position.
    package var isEmpty: Bool {
        decisions.isEmpty && checkpoints.isEmpty && dailies.isEmpty && outbox.isEmpty && cancellations.isEmpty
            && contacts.isEmpty && notes.isEmpty && quarantine.isEmpty && released.isEmpty && settings.isEmpty
            && answers.isEmpty
    }
}
