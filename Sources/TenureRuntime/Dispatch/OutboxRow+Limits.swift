import TenureCore
import TenureEngine
import TenureInsight
import TenureStore

extension OutboxRow {
    /// nil: no person's mail.
    private var readership: Readership? {
        guard channel == ChannelKind.mail.rawValue else { return nil }
        let parts = key.split(separator: "/", maxSplits: 5)
        return parts.count == 6 && parts[5].hasPrefix("role:") ? .team : .contacts
    }

    /// What limits say of it now; nil: it may leave.
    ///
    /// The outbox counts, so that neither a retry nor a crash nor a person known at two accounts makes more of a cap.
    func limited(
        in workspace: Workspace, _ store: any StateStore, since started: Instant
    ) throws -> (due: Instant, detail: String)? {
        guard let readership else { return nil }
        let limits = try OutgoingLimits(readership, store)
        let (now, zone) = (workspace.now, zone(readership, workspace))
        var since = limits.countedSince(now, zone)
        #if DEBUG
            if PlantedBug.capsInMemory.isChosen { since = max(since, started) }
        #endif
        // Its own attempts do not count, so that one more is asked for.
        let arrivals = limits.arrivalsMax == 0
            ? [] : try store.arrivals(at: address, since: since, limit: limits.arrivalsMax + 1)
        let others = arrivals.filter { $0.key != key }.map(\.at)
        return limits.wait(at: now, zone, arrivals: others).map { ($0.until, $0.detail(zone)) }
    }

    private func zone(_ readership: Readership, _ workspace: Workspace) -> ZoneRules {
        let own = readership == .contacts ? workspace.row(account.text)?.zone : nil
        return own ?? workspace.programme.defaultZoneRules
    }
}

extension StateStore {
    /// Every message that waits for being sent, page by page.
    func eachQueued(_ body: (OutboxRow) -> Void) throws {
        var query = OutboxQuery()
        query.states = [.queued]
        query.limit = 1000
        while case let rows = try outbox(query), let last = rows.last {
            rows.forEach(body)
            query.beforeKey = last.key
        }
    }
}

extension Workspace {
    private static let hastenedMax = 1000

    /// Messages that wait because of limits are looked at again now.
    package func reconsiderLimited(_ reason: String) async throws {
        let keys = try await read { store -> [String] in
            var keys: [String] = []
            try store.eachQueued { if LimitedWait.isReason($0.detail) { keys.append($0.key) } }
            return keys
        }
        for start in stride(from: 0, to: keys.count, by: Self.hastenedMax) {
            let part = keys[start..<min(keys.count, start + Self.hastenedMax)]
            let now = now
            try await write { $0.hastenings = part.map { (key: $0, due: now, reason: reason) } }
        }
    }
}
