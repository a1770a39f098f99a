package import Logging
import TenureCore
import TenureStore

/// Takes what is due out of one workspace's outbox, hands it to the channels and records what became of it.
package struct Dispatcher: Sendable {
    private let workspace: Workspace
    private let channels: [ChannelKind: any Channel]
    private let policy: RetryPolicy
    private let logger: Logger
    private let isStopping: @Sendable () -> Bool
    private let started: Instant
    /// Rows claimed at once.
    private static let claimMax = 20

    /// - Parameter isStopping: whether the process wants to end, asked before each message: the rest of a round waits then, so
    ///   that a mail server that is silent holds up no stop for longer than one message may take.
    package init(
        workspace: Workspace, channels: [ChannelKind: any Channel], policy: RetryPolicy = .standard, logger: Logger,
        isStopping: @escaping @Sendable () -> Bool = { false }
    ) {
        self.workspace = workspace
        self.channels = channels
        self.policy = policy
        self.logger = logger
        self.isStopping = isStopping
        started = workspace.now
    }

    /// What was being sent has an unknown fate and is sent again under its old id (decision 40); results whose fact is
    /// missing are told again; what waits for a limit is looked at anew, since limits may have changed. Nothing may be on
    /// its way meanwhile.
    package func recover() async throws {
        let now = workspace.now
        try await workspace.read { store in
            try store.requeueUnsettled(
                due: now, detail: "the sending was broken off: outcome unknown, sent again")
        }
        var query = OutboxQuery()
        query.states = [.sent, .failed]
        query.limit = 1000
        let settled = query
        try await tell(try await workspace.read { try $0.outbox(settled) }.filter { $0.attempts > 0 })
        try await workspace.reconsiderLimited("looked at again after a start")
    }

    /// One round; the number of messages tried.
    package func turn() async throws -> Int {
        guard workspace.fence == nil else { return 0 }
        let now = workspace.now
        let rows = try await workspace.read { store -> [OutboxRow] in
            guard try OutgoingRules(store).stop == nil, try !isFenced(store) else { return [] }
            return try store.claimOutbox(due: now, limit: Self.claimMax)
        }
        for row in rows {
            if isStopping() { try await keep(row, .queued, row.detail) } else { try await send(row) }
        }
        return rows.count
    }

    /// Asked of the store before each round, so that nothing else has to be kept in step with it.
    private func isFenced(_ store: any StateStore) throws -> Bool {
        #if DEBUG
            if PlantedBug.noEffectsFence.isChosen { return false }
        #endif
        return try EffectsFence.standing(in: store) != nil
    }

    /// What people have decided meanwhile holds for the rest of a round too.
    private func send(_ row: OutboxRow) async throws {
        let (rules, suppression, limited) = try await workspace.read { [workspace, started] store in
            (
                try OutgoingRules(store), try OutgoingRules.suppression(of: row.address, store),
                try row.limited(in: workspace, store, since: started)
            )
        }
        if rules.stop != nil { return try await keep(row, .queued, row.detail) }
        if let suppression { return try await keep(row, .cancelled, "nothing is sent there: \(suppression.reason)") }
        if let limited { return try await keep(row, .queued, due: limited.due, limited.detail) }
        try await send(row, testRecipient: rules.testRecipient)
    }

    /// Not an attempt.
    private func keep(_ row: OutboxRow, _ state: OutboxRow.State, due: Instant? = nil, _ detail: String) async throws {
        let settlement = OutboxSettlement(
            key: row.key, state: state, attempts: row.attempts, due: due ?? row.due, at: workspace.now, detail: detail)
        try await workspace.read { try $0.settle([settlement]) }
    }

    private func send(_ row: OutboxRow, testRecipient: String?) async throws {
        let outcome = await attempt(row, testRecipient)
        FaultPoint.deliveryAnswered.reached()
        let settlement = settlement(row, outcome)
        try await workspace.read { try $0.settle([settlement]) }
        FaultPoint.deliveryRecorded.reached()
        logger.info(
            "A message was tried",
            metadata: ["workspace": "\(workspace.id)", "template": "\(row.template)", "state": "\(settlement.state)"])
        guard settlement.state == .sent || settlement.state == .failed else { return }
        var told = row
        told.state = settlement.state
        told.attempts = settlement.attempts
        told.detail = settlement.detail
        try await tell([told])
    }

    private func attempt(_ row: OutboxRow, _ testRecipient: String?) async -> DeliveryOutcome {
        guard let kind = ChannelKind(rawValue: row.channel), let channel = channels[kind] else {
            return .refused(reason: "no \(row.channel) channel is configured")
        }
        let delivery = Delivery(
            key: row.key, messageID: row.messageID, channel: kind, address: row.address, body: row.body, sender: row.sender)
        return await channel.send(kind == .mail ? testRecipient.map { delivery.redirected(to: $0) } ?? delivery : delivery)
    }

    private func settlement(_ row: OutboxRow, _ outcome: DeliveryOutcome) -> OutboxSettlement {
        let attempts = row.attempts + 1
        func settled(_ state: OutboxRow.State, _ detail: String) -> OutboxSettlement {
            OutboxSettlement(key: row.key, state: state, attempts: attempts, due: row.due, at: workspace.now, detail: detail)
        }
        switch outcome {
        case .accepted(let detail): return settled(.sent, detail)
        case .refused(let reason): return settled(.failed, reason)
        case .deferred(let reason, let retryAfter): return later(row, attempts, reason, retryAfter)
        case .unknown(let reason):
            var settlement = later(row, attempts, reason + " (outcome unknown)", nil)
            settlement.mayHaveArrived = true
            return settlement
        }
    }

    private func later(_ row: OutboxRow, _ attempts: Int, _ reason: String, _ retryAfter: Int?) -> OutboxSettlement {
        guard let wait = policy.wait(afterAttempt: attempts, messageID: row.messageID, retryAfterSeconds: retryAfter) else {
            return OutboxSettlement(
                key: row.key, state: .failed, attempts: attempts, due: row.due, at: workspace.now,
                detail: "given up after \(attempts) attempts: \(reason)")
        }
        let now = workspace.now
        return OutboxSettlement(key: row.key, state: .queued, attempts: attempts, due: now + wait, at: now, detail: reason)
    }

    /// Results become facts under ids of their own, so that telling them twice counts once.
    private func tell(_ rows: [OutboxRow]) async throws {
        guard !rows.isEmpty else { return }
        _ = try await workspace.perform(rows.map { told($0) })
    }

    private func told(_ row: OutboxRow) -> Arrival {
        let data: JSONObject = [
            "key": .string(row.key), "state": .string(row.state.rawValue), "detail": .string(row.detail),
            "template": .string(row.template),
        ]
        return Arrival(
            id: "settled-\(workspace.keys.name("settled", row.key))-\(row.attempts)", source: "dispatcher",
            type: FactType.messageSettled, subject: .resolved(row.account), data: data)
    }
}
