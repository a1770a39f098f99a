import TenureCore
import TenureEngine
import TenureFixtures
import TenureProgramme
import TenureRuntime
import TenureStore

/// What must be true once everything is at rest. Knows nothing of how the product works: events are counted again one by one,
/// the log is lived through again from its beginning.
struct SwarmChecks {
    private let run: SwarmRun
    private let store: MemoryStore
    private let facts: [Fact]

    init(_ run: SwarmRun) {
        self.run = run
        store = run.disk.store
        facts = run.disk.blocks.flatMap(\.facts)
    }

    func findings() async throws -> [Finding] {
        try takenOnce() + invented() + numbers() + mails() + told() + notTooEarly() + livedAgain()
    }

    // MARK: Events

    /// What was acknowledged is there once, with the content that was acknowledged.
    private func takenOnce() throws -> [Finding] {
        let waiting = try waitingIDs()
        let byID = Dictionary(grouping: facts.filter { $0.source == "app" || $0.source == "crm" }, by: \.id)
        return run.sender.sent.sorted { $0.key < $1.key }.flatMap { id, sent -> [Finding] in
            let found = byID[id] ?? []
            if found.count > 1 { return [Finding("\(id) was taken \(found.count) times")] }
            guard let acknowledged = sent.acknowledged else { return [] }
            guard let fact = found.first else { return waiting.contains(id) ? [] : [Finding("\(id) was acknowledged and is lost")] }
            return fact.data.holds(acknowledged) ? [] : [Finding("\(id) was taken with another content than was acknowledged")]
        }
    }

    private func waitingIDs() throws -> Set<String> {
        var ids: Set<String> = []
        for row in store.quarantine(subject: nil, after: 0, limit: .max) {
            var reader = ByteReader(row.bytes)
            ids.insert(try reader.readFact().id)
        }
        return ids
    }

    private func invented() -> [Finding] {
        let known = facts.filter { $0.source == "app" || $0.source == "crm" }
        return known.compactMap { fact in
            let contents = run.sender.sent[fact.id]?.contents ?? []
            return contents.contains { fact.data.holds($0) } ? nil : Finding("\(fact.id) was never sent like that")
        }
    }

    // MARK: Numbers

    /// Each account's counts, from the events alone.
    private func numbers() -> [Finding] {
        let (workspace, survivors) = (run.machine.workspace, survivors)
        return workspace.accounts().flatMap { state -> [Finding] in
            let snapshot = workspace.snapshot(state, at: run.clock.now)
            let own = counting(state.id, survivors)
            return [
                ("sessions.7d", Double(own.recent("user.session", days: 7, run.clock.now).count)),
                ("users.7d", Double(Set(own.recent("user.session", days: 7, run.clock.now).compactMap(\.member)).count)),
                ("tickets.30d", Double(own.recent("ticket.created", days: 30, run.clock.now).count)),
            ].compactMap { name, expected in
                let index = workspace.programme.metrics.firstIndex { $0.reference.text == name }
                let shown = index.flatMap { snapshot.readings[$0].value }
                // Before the first event nothing is known.
                return (shown ?? 0) == expected ? nil : Finding("\(state.id): \(name) is \(shown ?? 0), counted \(expected)")
            }
        }
    }

    /// The account that another one is part of in the end, as people said it one after the other.
    private var survivors: [AccountID: AccountID] {
        facts.filter { $0.type == FactType.accountMerged }.reduce(into: [:]) { survivors, fact in
            guard let part = fact.data["account"]?.string else { return }
            survivors[AccountID(part)] = fact.operation == .append ? fact.account : nil
        }
    }

    /// Events that count for an account, under whichever name of it they came: neither more than 35 days late nor taken back
    /// by a sender.
    private func counting(_ account: AccountID, _ survivors: [AccountID: AccountID]) -> [Fact] {
        let own = facts.filter { fact in
            var owner = fact.account
            while let next = owner.flatMap({ survivors[$0] }) { owner = next }
            return owner == account && fact.source == "app"
        }
        let back = Set(own.compactMap { if case .retract(let id) = $0.operation { id } else { nil } })
        return own.filter { $0.operation == .append && !back.contains($0.id) && $0.recorded - $0.occurred <= 35 * Milliseconds.day }
    }

    // MARK: Messages

    private var rows: [OutboxRow] {
        var query = OutboxQuery()
        query.limit = .max
        return store.outbox(query)
    }

    /// No message is forgotten, none leaves more often than its fate was unknown, each under one name, none against an order.
    private func mails() -> [Finding] {
        let copies = Dictionary(grouping: run.post.copies, by: \.key)
        let rows = rows
        let strangers = Set(copies.keys).subtracting(rows.map(\.key)).sorted().map { Finding("\($0) left, and nobody meant it to") }
        return strangers + run.post.wronglySent.map { Finding($0) }
            + rows.flatMap { row in mail(row, copies[row.key] ?? []) }
    }

    private func mail(_ row: OutboxRow, _ copies: [SwarmPost.Copy]) -> [Finding] {
        var findings: [Finding] = []
        if Set(copies.map(\.messageID)).count > 1 { findings.append(Finding("\(row.key) left under several names")) }
        if Set(copies.map(\.body)).count > 1 { findings.append(Finding("\(row.key) left with several contents")) }
        if copies.count > run.disk.copiesMax(row.key) {
            findings.append(Finding("\(row.key) left \(copies.count) times, \(run.disk.copiesMax(row.key)) would be excused"))
        }
        switch row.state {
        case .sent: if copies.isEmpty { findings.append(Finding("\(row.key) counts as sent and never left")) }
        case .failed, .cancelled, .withheld: break
        case .queued, .held, .sending: findings.append(Finding("\(row.key) is still \(row.state.rawValue)"))
        }
        return findings
    }

    /// The account learns what became of each message.
    private func told() -> [Finding] {
        let told = Set(facts.filter { $0.type == FactType.messageSettled }.compactMap { $0.data["key"]?.string })
        return rows.filter { ($0.state == .sent || $0.state == .failed) && $0.attempts > 0 && !told.contains($0.key) }
            .map { Finding("\($0.key) was \($0.state.rawValue), and its account was never told") }
    }

    /// Who is late is told so 36 hours after a play began, and not before.
    private func notTooEarly() -> [Finding] {
        let rows = rows
        return rows.filter { $0.template == "late" }.compactMap { late in
            let isDue = rows.contains {
                $0.template == "brief" && $0.account == late.account && late.created - $0.created >= 36 * Milliseconds.hour
            }
            return isDue ? nil : Finding("\(late.key) was due later")
        }
    }

    // MARK: Once more from the beginning

    /// The log alone, lived through on an empty disk, gives the same states, decisions and messages.
    private func livedAgain() throws -> [Finding] {
        let (log, fresh) = (MemoryLog(), MemoryStore())
        for block in run.disk.blocks { try log.append(block) }
        try fresh.commit(known())
        var writer = try SwarmMachine.writer(log, fresh)
        try writer.recover()
        try writer.saveAll()
        var findings: [Finding] = []
        let (lived, again) = (try states(of: store), try states(of: fresh))
        findings += Set(lived.keys).union(again.keys).sorted().filter { lived[$0] != again[$0] }.map { account in
            Finding("lived through again, states differ: \(account) in \(Self.difference(lived[account], again[account]))")
        }
        if digests(of: fresh) != digests(of: store) { findings.append(Finding("lived through again, decisions differ")) }
        var query = OutboxQuery()
        query.limit = .max
        let (first, second) = (Set(rows.map(\.name)), Set(fresh.outbox(query).map(\.name)))
        if first != second {
            let (lost, new) = (first.subtracting(second).sorted(), second.subtracting(first).sorted())
            findings.append(Finding("lived through again, messages differ: without \(lost), with \(new)"))
        }
        return findings
    }

    private static func difference(_ left: [UInt8]?, _ right: [UInt8]?) -> String {
        guard let left = left.flatMap({ try? AccountState(bytes: $0) }), let right = right.flatMap({ try? AccountState(bytes: $0) })
        else { return "being there" }
        var parts: [String] = []
        if left.clock != right.clock || left.created != right.created { parts.append("time") }
        if left.observations != right.observations { parts.append("observations") }
        if left.conclusions.health != right.conclusions.health { parts.append("health") }
        if left.conclusions.signals != right.conclusions.signals { parts.append("signals") }
        if left.conclusions.plays != right.conclusions.plays { parts.append("plays") }
        return parts.isEmpty ? "other conclusions" : parts.joined(separator: ", ")
    }

    /// What the log does not hold: names of people, and the versions' files.
    private func known() throws -> Commit {
        var commit = Commit(position: 0, now: run.disk.blocks.first?.now ?? run.clock.now)
        commit.programmes = store.programmes().compactMap { store.programme($0.number) }
        for account in Set(facts.compactMap(\.account)) { commit.contacts += store.contacts(account: account) }
        return commit
    }

    private func states(of store: MemoryStore) throws -> [AccountID: [UInt8]] {
        var states: [AccountID: [UInt8]] = [:]
        try store.checkpoints { states[$0.account] = $0.bytes }
        return states
    }

    private func digests(of store: MemoryStore) -> [UInt64: UInt64] {
        Dictionary(store.decisionDigests(from: 0).map { ($0.position, $0.digest) }, uniquingKeysWith: { $0 ^ $1 })
    }
}

extension JSONObject {
    /// The product may add to what was sent, never change it.
    fileprivate func holds(_ sent: JSONObject) -> Bool {
        sent.members.allSatisfy { self[$0.name] == $0.value } && (self["changed"] == nil) == (sent["changed"] == nil)
    }
}

extension OutboxRow {
    /// Who got it is left out: lived through again, people are known from the start who were not then.
    fileprivate var name: String {
        "\(template) at \(account) on \(created.text): \(key.split(separator: "/").dropLast().joined(separator: "/"))"
    }
}

extension [Fact] {
    /// Of the last complete days and today.
    fileprivate func recent(_ type: String, days: Int64, _ now: Instant) -> [Fact] {
        let today = floorDivide(now.milliseconds, Milliseconds.day)
        return filter { fact in
            let day = floorDivide(fact.occurred.milliseconds, Milliseconds.day)
            return fact.type == type && day >= today - days && day <= today
        }
    }
}
