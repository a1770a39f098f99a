package import TenureCore

/// One ticket, invoice, contract…: the newest value of each field, by the order of the kind's declaration.
package struct Entity: Hashable, Sendable {
    package var kind: String
    package var key: String
    /// In declared order; nil: never set.
    package var fields: [Latest<JSON>?]
    /// When anything about it last occurred.
    package var touched: Instant
    /// Empty where no clock looks at it.
    package var trail = Trail()
}

/// An account's entities, sorted by kind and key.
package struct EntityTable: Hashable, Sendable {
    package private(set) var rows: [Entity] = []
    /// More open entities than any account has; beyond it new ones are ignored.
    static let rowsMax = 20_000
    /// A closed entity is forgotten so many days after anything last happened to it.
    static let closedDaysMax: Int32 = 91

    func place(_ kind: String, _ key: String) -> (index: Int, found: Bool) {
        let index = rows.bisected { Self.isBefore($0, kind, key) }
        let found = index < rows.count && isSame(rows[index].kind, kind) && isSame(rows[index].key, key)
        return (index, found)
    }

    private static func isBefore(_ row: Entity, _ kind: String, _ key: String) -> Bool {
        isSame(row.kind, kind) ? precedes(row.key, key) : precedes(row.kind, kind)
    }

    mutating func update(kind: String, key: String, fieldCount: Int, at occurred: Instant, _ body: (inout Entity) -> Void) {
        let (index, found) = place(kind, key)
        if !found {
            guard rows.count < Self.rowsMax else { return }
            rows.insert(
                Entity(kind: kind, key: key, fields: Array(repeating: nil, count: fieldCount), touched: occurred), at: index)
        }
        while rows[index].fields.count < fieldCount { rows[index].fields.append(nil) }
        rows[index].touched = max(rows[index].touched, occurred)
        body(&rows[index])
    }

    /// - Parameter trails: where each place of the trails goes; nil: there is none any more.
    mutating func move(_ fields: (Entity) -> [Latest<JSON>?], trails: [Int?]) {
        for index in rows.indices {
            rows[index].fields = fields(rows[index])
            rows[index].trail.move(trails)
        }
    }

    mutating func forget(touchedBefore instant: Instant, where isForgotten: (Entity) -> Bool) {
        // By place: looking at a row's one field copies nothing, and nearly always all are younger.
        for index in rows.indices where rows[index].touched < instant {
            return rows.removeAll { $0.touched < instant && isForgotten($0) }
        }
    }

    /// Rows of one kind.
    func rows(of kind: String) -> ArraySlice<Entity> {
        let start = rows.bisected { precedes($0.kind, kind) }
        let end = rows.bisected { !precedes(kind, $0.kind) }
        return rows[start..<end]
    }

    package init() {}
    init(rows: [Entity]) { self.rows = rows }
}

extension ByteWriter {
    mutating func write(_ table: EntityTable) {
        write(list: table.rows) { writer, row in
            writer.write(row.kind)
            writer.write(row.key)
            writer.write(list: row.fields) { $0.write($1) { $0.write(latest: $1) { $0.write($1) } } }
            writer.write(row.touched)
            writer.write(row.trail)
        }
    }
}

extension ByteReader {
    /// - Parameter format: of the state that it is part of.
    mutating func readEntityTable(format: UInt8) throws -> EntityTable {
        EntityTable(
            rows: try readList { reader in
                var entity = Entity(
                    kind: try reader.readString(), key: try reader.readString(),
                    fields: try reader.readList { try $0.readOptional { try $0.readLatest { try $0.readJSON() } } },
                    touched: try reader.readInstant())
                if format > 4 { entity.trail = try reader.readTrail() }
                return entity
            })
    }
}
