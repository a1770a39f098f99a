import GRDB
package import TenureCore
package import TenureStore

extension SQLiteStore {
    package func claimOutbox(due: Instant, limit: Int) throws -> [OutboxRow] {
        try write { database in
            let rows = try database.rows(.outboxDue, [.instant(due), .limit(limit)]) { try OutboxRow(&$0) }
            return try rows.map { row in
                var row = row
                row.state = .sending
                try database.run("UPDATE outbox SET state = 'sending' WHERE key = ?", [.text(row.key)])
                return row
            }
        }
    }

    package func settle(_ settlements: [OutboxSettlement]) throws {
        guard !settlements.isEmpty else { return }
        try write { database in
            for settlement in settlements { try settlement.write(database) }
        }
    }

    package func outbox(key: String) throws -> OutboxRow? {
        try read { try $0.row(.outboxRow, [.text(key)]) { try OutboxRow(&$0) } }
    }

    package func outboxSteps(key: String, limit: Int) throws -> [OutboxStep] {
        try read { database in
            try database.rows(.outboxSteps, [.text(key), .limit(limit)]) { try OutboxStep(&$0) }.reversed()
        }
    }

    package func arrivals(at address: String, since: Instant, limit: Int) throws -> [OutboxArrival] {
        try read { database in
            try database.rows(.outboxArrivals, [.text(address), .instant(since), .limit(limit)]) {
                OutboxArrival(key: try $0.text(), at: try $0.instant())
            }
        }
    }

    package func outbox(_ query: OutboxQuery) throws -> [OutboxRow] {
        try read { database in
            guard let start = try query.start(database) else { return [] }
            guard !query.states.isEmpty else { return try query.page(database, nil, start) }
            let rows = try Set(query.states).flatMap { try query.page(database, $0, start) }
            return Array(rows.sorted { $0.isNewer(than: $1) }.prefix(max(0, query.limit)))
        }
    }
}

extension OutboxSettlement {
    fileprivate func write(_ database: Database) throws {
        try database.run(
            """
            UPDATE outbox SET state = ?, attempts = ?, due = ?, detail = ? WHERE key = ? AND state = 'sending'
            """, [.text(state.rawValue), .number(attempts), .instant(due), .text(detail), .text(key)])
        let isChanged = database.changesCount > 0
        try OutboxStep(at: at, state: state, detail: detail).writeIfChanged(key, database)
        if isChanged, mayHaveArrived { try writeArrival(database) }
    }

    private func writeArrival(_ database: Database) throws {
        try database.run(
            """
            INSERT INTO outbox_arrival (key, address, at)
            SELECT key, lower(address), ? FROM outbox WHERE key = ? AND channel = 'mail'
            ON CONFLICT (key) DO UPDATE SET at = excluded.at
            """, [.instant(at), .text(key)])
    }
}

extension OutboxRow {
    fileprivate func isNewer(than other: OutboxRow) -> Bool {
        created != other.created ? created > other.created : precedes(other.key, key)
    }
}

extension OutboxQuery {
    /// The place that the page lies before; nil when there is no row of that key.
    fileprivate func start(_ database: Database) throws -> [Stored]? {
        guard let beforeKey else { return [.integer(.max), .text("\u{10FFFF}")] }
        let row = try database.row(.outboxRow, [.text(beforeKey)]) { try OutboxRow(&$0) }
        return row.map { [.instant($0.created), .text($0.key)] }
    }

    /// One state at a time, so that an index gives the newest rows of a rare state at once.
    fileprivate func page(
        _ database: Database, _ state: OutboxRow.State?, _ start: [Stored]
    ) throws -> [OutboxRow] {
        let chosen: StoreQuery
        var values: [Stored] = []
        switch (account, state) {
        case (nil, nil): chosen = .outbox
        case (nil, _?): chosen = .outboxOfState
        case (_?, nil): chosen = .outboxOfAccount
        case (_?, _?): chosen = .outboxOfAccountAndState
        }
        if let account { values.append(.account(account)) }
        if let state { values.append(.text(state.rawValue)) }
        return try database.rows(chosen, values + start + [.limit(limit)]) { try OutboxRow(&$0) }
    }
}
