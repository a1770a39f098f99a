import TenureCore

/// The outbox of `MemoryStore`.
struct MemoryOutbox: Sendable {
    private var rows: [RowKey: OutboxRow] = [:]
    private var byCreation = SortedList<TimedKey>()
    private var queued = SortedList<DueKey>()

    private var steps: [RowKey: [OutboxStep]] = [:]
    private var arrivals: [RowKey: (address: [UInt8], at: Instant)] = [:]

    func row(_ key: String) -> OutboxRow? { rows[RowKey(key)] }
    func steps(_ key: String) -> [OutboxStep] { steps[RowKey(key)] ?? [] }

    func arrivals(at address: String, since: Instant, limit: Int) -> [OutboxArrival] {
        let wanted = asciiLowered(address)
        let found = arrivals.filter { $0.value.address == wanted && $0.value.at >= since }
        let newestFirst = found.sorted { $0.value.at != $1.value.at ? $0.value.at > $1.value.at : $0.key > $1.key }
        return newestFirst.prefix(max(0, limit)).map { OutboxArrival(key: $0.key.text, at: $0.value.at) }
    }

    /// A key that is known keeps its row: the message exists, whatever became of it.
    mutating func add(_ row: OutboxRow) {
        guard self.row(row.key) == nil else { return }
        byCreation.insert(TimedKey(at: row.created, key: RowKey(row.key)))
        put(row)
    }

    /// For rows that nobody has claimed.
    mutating func stop(_ key: String, as state: OutboxRow.State, at: Instant, reason: String) {
        guard var row = row(key), row.state == .queued || row.state == .held else { return }
        row.state = state
        row.detail = reason
        put(row, since: at)
    }

    mutating func approve(_ key: String, due: Instant, at: Instant, reason: String) {
        guard var row = row(key), row.state == .held || row.state == .failed else { return }
        row.state = .queued
        row.due = due
        row.detail = reason
        put(row, since: at)
    }

    mutating func hasten(_ key: String, due: Instant, at: Instant, reason: String) {
        guard var row = row(key), row.state == .queued, row.due > due else { return }
        row.due = due
        row.detail = reason
        put(row, since: at)
    }

    mutating func claim(due: Instant, limit: Int) -> [OutboxRow] {
        let ready = queued.elements.prefix { $0.due <= due }.prefix(max(0, limit))
        return ready.compactMap { entry in
            guard var row = rows[entry.key] else { return nil }
            row.state = .sending
            put(row)
            return row
        }
    }

    mutating func settle(_ settlement: OutboxSettlement) {
        guard var row = row(settlement.key), row.state == .sending else { return }
        row.state = settlement.state
        row.attempts = settlement.attempts
        row.due = settlement.due
        row.detail = settlement.detail
        put(row, since: settlement.at)
        if settlement.mayHaveArrived, row.channel == "mail" {
            arrivals[RowKey(row.key)] = (asciiLowered(row.address), settlement.at)
        }
    }

    func page(_ query: OutboxQuery) -> [OutboxRow] {
        var end = byCreation.elements.count
        if let before = query.beforeKey {
            guard let row = row(before) else { return [] }
            end = byCreation.index(of: TimedKey(at: row.created, key: RowKey(before)))
        }
        let matching = byCreation.elements[..<end].reversed().lazy.compactMap { rows[$0.key] }.filter(
            query.matches)
        return Array(matching.prefix(max(0, query.limit)))
    }

    /// Puts what something happened to.
    private mutating func put(_ row: OutboxRow, since at: Instant) {
        put(row)
        steps[RowKey(row.key), default: []].append(OutboxStep(at: at, state: row.state, detail: row.detail))
    }

    private mutating func put(_ row: OutboxRow) {
        let key = RowKey(row.key)
        if let old = rows[key], old.state == .queued { queued.remove(DueKey(old)) }
        if row.state == .queued { queued.insert(DueKey(row)) }
        rows[key] = row
    }
}

/// A waiting row's place: what is due first, then what is older, then by the key's bytes.
private struct DueKey: Comparable, Sendable {
    let due: Instant
    let created: Instant
    let key: RowKey

    init(_ row: OutboxRow) {
        due = row.due
        created = row.created
        key = RowKey(row.key)
    }

    static func < (left: DueKey, right: DueKey) -> Bool {
        (left.due, left.created, left.key) < (right.due, right.created, right.key)
    }
}

extension OutboxQuery {
    fileprivate func matches(_ row: OutboxRow) -> Bool {
        (states.isEmpty || states.contains(row.state)) && (account.map { $0 == row.account } ?? true)
    }
}
