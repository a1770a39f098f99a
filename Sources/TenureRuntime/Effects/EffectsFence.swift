package import TenureCore
package import TenureStore

/// Stands in a workspace that was restored from a backup: nothing leaves until a person says what becomes of messages that
/// the original may have sent after the backup was taken.
package struct EffectsFence: Hashable, Sendable {
    /// When the backup was taken.
    package var backedUp: Instant
    package var restored: Instant

    static let setting = "effects.fence"

    package init(backedUp: Instant, restored: Instant) {
        self.backedUp = backedUp
        self.restored = restored
    }

    /// nil: messages leave. Throws where that cannot be told: nobody guesses.
    package static func standing(in store: any StateStore) throws -> EffectsFence? {
        guard let text = try store.setting(setting) else { return nil }
        guard let fence = EffectsFence(text: text) else {
            throw StorageFailure.corrupt(path: "setting \(setting)", detail: "it does not say when it was raised")
        }
        return fence
    }

    /// Puts it up in a store that nobody serves: what was being sent when the backup was taken waits again.
    package func raise(in store: any StateStore) throws {
        try store.requeueUnsettled(due: restored, detail: "was being sent when the backup was taken: outcome unknown")
        var commit = Commit(position: try store.committedPosition(), now: restored)
        commit.settings = [(name: Self.setting, value: text)]
        try store.commit(commit)
    }

    private var text: String {
        JSON.object(["backed_up": .string(backedUp.text), "restored": .string(restored.text)]).text
    }

    private init?(text: String) {
        guard case .success(let json) = JSONReader.read(text),
            let backedUp = Self.instant(json.object?["backed_up"]), let restored = Self.instant(json.object?["restored"])
        else { return nil }
        self.init(backedUp: backedUp, restored: restored)
    }

    private static func instant(_ json: JSON?) -> Instant? {
        json?.string.flatMap { try? Instant.parse(rfc3339: $0).get() }
    }
}

extension StateStore {
    /// Messages whose sending nobody saw the end of wait again.
    package func requeueUnsettled(due: Instant, detail: String) throws {
        var query = OutboxQuery()
        query.states = [.sending]
        query.limit = 1000
        while case let rows = try outbox(query), !rows.isEmpty {
            try settle(
                rows.map { row in
                    OutboxSettlement(
                        key: row.key, state: .queued, attempts: row.attempts, due: due, at: due, detail: detail,
                        mayHaveArrived: true)
                })
        }
    }
}
