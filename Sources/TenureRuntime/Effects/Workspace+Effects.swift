import TenureCore
import TenureStore

extension Workspace {
    /// nil: messages leave as they are due.
    package func effectsFence() async throws -> EffectsFence? {
        try await read { try EffectsFence.standing(in: $0) }
    }

    /// nil: there is no fence.
    package func waitingEffects() async throws -> WaitingEffects? {
        let now = now
        return try await read { store in
            guard let fence = try EffectsFence.standing(in: store) else { return nil }
            var waiting = WaitingEffects(fence: fence)
            try store.eachQueued { row in
                if !row.mayHaveBeenDue(now) {
                    waiting.later += 1
                } else if row.created <= fence.restored {
                    waiting.older += 1
                } else {
                    waiting.newer += 1
                }
            }
            return waiting
        }
    }

    /// Takes the fence away. Broken off half-way it still stands, and the same choice can be made again.
    ///
    /// - Parameter sent: Message-IDs or keys of messages that are known to have been sent.
    package func releaseEffects(
        _ choice: WaitingMessages, sent known: Set<String> = [], by: String
    ) async throws -> EffectsRelease {
        guard by.contains(where: { !$0.isWhitespace }) else { throw EffectsRefusal.nobody }
        let now = now
        let sorted = try await read { store -> SortedMessages in
            guard let fence = try EffectsFence.standing(in: store) else { throw EffectsRefusal.noFence }
            return try SortedMessages(store, floor: choice.floor(fence, now: now), sent: known, now: now)
        }
        for part in sorted.withheldParts {
            try await write { $0.withholdings = part.map { (key: $0, reason: Self.withheldReason) } }
        }
        let release = EffectsRelease(
            at: now, by: by, choice: choice, withheld: sorted.withheld.count, sent: sorted.sentCount)
        try await write { commit in
            commit.settings += [
                (name: EffectsRelease.floorSetting, value: sorted.floor?.text),
                (name: EffectsRelease.setting, value: release.text), (name: EffectsFence.setting, value: nil),
            ]
        }
        return release
    }

    static var withheldReason: String { "withheld after a restoration: it may have been sent before" }
}

extension OutboxRow {
    /// What only limits hold back, the original may have let go since the backup.
    fileprivate func mayHaveBeenDue(_ now: Instant) -> Bool { due <= now || LimitedWait.isReason(detail) }
}

/// Waiting messages, as a choice sorts them.
private struct SortedMessages: Sendable {
    let floor: Instant?
    private(set) var withheld: [String] = []
    private(set) var sentCount = 0

    private static let partMax = 1000

    init(_ store: any StateStore, floor: Instant?, sent known: Set<String>, now: Instant) throws {
        self.floor = floor
        try store.eachQueued { row in
            let mayHaveLeft = row.mayHaveBeenDue(now) && floor.map { row.created <= $0 } ?? false
            if mayHaveLeft || known.contains(row.messageID) || known.contains(row.key) {
                withheld.append(row.key)
            } else {
                sentCount += 1
            }
        }
    }

    var withheldParts: [ArraySlice<String>] {
        stride(from: 0, to: withheld.count, by: Self.partMax).map {
            withheld[$0..<min(withheld.count, $0 + Self.partMax)]
        }
    }
}
