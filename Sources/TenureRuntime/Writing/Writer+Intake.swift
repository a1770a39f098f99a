package import TenureCore
import TenureEngine
package import TenureStore

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

    /// Resolves and de-duplicates a batch and makes it durable. When it returns, accepted arrivals may be acknowledged;
    /// when it throws, none was taken and the sender may try again.
    ///
    /// - Parameter waits: whether its turns are taken with those of a later block.
    package mutating func accept(_ arrivals: [Arrival], now wall: Instant, waits: Bool = false) throws -> Accepted {
        let now = max(wall, lastNow)
        try index.settle(in: log)
        try writeRestartPoint()
        let drafts = arrivals.map { Draft($0, now: now, keys: keys, known: directory.accounts) }
        var batch = IntakeBatch(waiting: Commit(position: position, now: now))
        do {
            for (arrival, draft) in zip(arrivals, drafts) { batch.answers.append(try take(arrival, draft, &batch)) }
            return try keep(&batch, drafts, now: now, waits)
        } catch {
            undo(batch)
            throw error
        }
    }

    private mutating func take(_ arrival: Arrival, _ draft: Draft, _ batch: inout IntakeBatch) throws -> ArrivalAnswer {
        let resolved = resolve(draft, arrival.subject)
        if let answer = try known(draft, resolved.fact) { return answer }
        let content = Draft.content(draft.content, of: resolved.fact)
        index.remember(draft.key, content: content, recorded: resolved.fact.recorded)
        if let subject = resolved.unknown {
            batch.quarantined.append(draft.key)
            return quarantine(resolved.fact, subject, &batch)
        }
        batch.remembered.append(draft.key)
        counts.facts += 1
        batch.facts.append(resolved.fact)
        keepPerson(arrival, resolved.fact, &batch.waiting)
        register(resolved.fact, &batch)
        joinMember(resolved.fact)
        return .accepted
    }

    /// The answer to an event whose id was seen before.
    private mutating func known(_ draft: Draft, _ fact: Fact) throws -> ArrivalAnswer? {
        switch try index.answer(draft.key, content: Draft.content(draft.content, of: fact), recorded: fact.recorded) {
        case .new: return nil
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

    private mutating func quarantine(_ fact: Fact, _ subject: String, _ batch: inout IntakeBatch) -> ArrivalAnswer {
        counts.quarantined += 1
        var writer = ByteWriter()
        writer.write(fact)
        batch.waiting.quarantine.append(
            QuarantineRow(subject: subject, at: fact.recorded, reason: "unknown-account", bytes: writer.bytes))
        return .quarantined
    }

    /// Rows first, so that no fact points to a person who is not there; then the log, which makes the facts durable.
    private mutating func keep(_ batch: inout IntakeBatch, _ drafts: [Draft], now: Instant, _ waits: Bool) throws -> Accepted {
        if !batch.waiting.isEmpty { try store.commit(batch.waiting) }
        // What waits for its account is kept from here on, whatever becomes of the log: sent again, it is a duplicate.
        batch.quarantined = []
        let released = try arrived.next(in: store) { knows($0) }
        let block = LogBlock(position: log.end + 1, now: now, facts: batch.facts + released.facts, waits: waits)
        if !block.facts.isEmpty { try log.append(block) }
        arrived.enter(released, with: block.position)
        guard !block.facts.isEmpty else { return Accepted(answers: batch.answers, block: nil, factIDs: []) }
        counts.facts += released.facts.count
        joinMembers(released.facts)
        // They were remembered under no account while they waited.
        for fact in released.facts { remember(fact) }
        lastNow = now
        return Accepted(answers: batch.answers, block: block, factIDs: drafts.map(\.fact.id))
    }

    /// As if the batch had never come: its ids are free again, the accounts that it made unknown.
    private mutating func undo(_ batch: IntakeBatch) {
        for key in batch.remembered + batch.quarantined { index.forget(key) }
        for account in batch.registered { accounts[account] = nil }
    }
}

/// A batch on its way into the log.
private struct IntakeBatch {
    var waiting: Commit
    var answers: [ArrivalAnswer] = []
    var facts: [Fact] = []
    var remembered: [EventKey] = []
    /// Of those that wait for their account, as long as the store does not have them.
    var quarantined: [EventKey] = []
    var registered: [AccountID] = []
}

// MARK: - People and accounts

extension Writer {
    /// Names and addresses go to rows that can be erased, before the fact that points to them is acknowledged. The store
    /// merges: what a call leaves out stays as it was, and nobody is subscribed again by being mentioned.
    private func keepPerson(_ arrival: Arrival, _ fact: Fact, _ waiting: inout Commit) {
        guard let person = arrival.person, let account = fact.account else { return }
        waiting.contacts.append(
            ContactRow(
                account: account, key: person.key, name: person.name, email: person.email, role: person.role,
                hasLeft: fact.data["left"]?.bool, isUnsubscribed: false, updated: fact.recorded))
    }

    /// The account exists from here on, inside the same batch too.
    private mutating func register(_ fact: Fact, _ batch: inout IntakeBatch) {
        guard let account = fact.account else { return }
        guard !knows(account) else { return }
        accounts[account] = AccountState(id: account, programme: programme)
        batch.registered.append(account)
        guard let external = fact.data["id"]?.string else { return }
        directory.remember(account, external: external)
        arrived.add(external, account)
    }

    /// A login seen at a named account: later calls may name the login alone. That is written with the block's own
    /// commit; until then the block itself says it.
    private mutating func joinMember(_ fact: Fact) {
        guard !fact.flags.contains(.byLogin), let member = fact.member, let account = fact.account,
            directory.join(member: member, account), let sole = directory.account(of: member, merges)
        else { return }
        arrived.add(Resolved.name(ofMember: member), sole)
    }

    mutating func joinMembers(_ facts: [Fact]) {
        for fact in facts { joinMember(fact) }
    }
}

extension Commit {
    /// Whether there is anything to write besides a position.
    package var isEmpty: Bool {
        decisions.isEmpty && checkpoints.isEmpty && markedStates.isEmpty && completedMark == nil && dailies.isEmpty && outbox.isEmpty && cancellations.isEmpty
            && withholdings.isEmpty && metricLayouts.isEmpty && contacts.isEmpty && notes.isEmpty && erasedNotes.isEmpty && quarantine.isEmpty && released.isEmpty && settings.isEmpty && programmes.isEmpty
            && answers.isEmpty
    }
}
