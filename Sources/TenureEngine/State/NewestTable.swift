import TenureCore

/// The newest number of each of several things (the answer of each person, say), by the hash of its key.
package struct NewestTable: Hashable, Sendable {
    struct Row: Hashable, Sendable {
        var key: UInt64
        var latest: Latest<Double>
    }

    /// Sorted by key.
    private(set) var rows: [Row] = []

    /// Beyond it new keys are ignored, so that no sender can exhaust memory.
    static let rowsMax = 20_000
    /// Longer than the longest window, and than anything can be late behind it.
    static let daysMax: Int32 = 366 + 36

    mutating func update(_ key: UInt64, _ value: Double, _ version: Version) {
        let index = rows.bisected { $0.key < key }
        if index < rows.count, rows[index].key == key {
            rows[index].latest.update(value, version)
        } else if rows.count < Self.rowsMax {
            rows.insert(Row(key: key, latest: Latest(value, version)), at: index)
        }
    }

    mutating func forget(before instant: Instant) {
        if rows.contains(where: { $0.latest.version.occurred < instant }) {
            rows.removeAll { $0.latest.version.occurred < instant }
        }
    }

    package init() {}
    init(rows: [Row]) { self.rows = rows }
}

extension ByteWriter {
    mutating func write(_ table: NewestTable) {
        write(list: table.rows) {
            $0.writeFixed($1.key)
            $0.write(latest: $1.latest) { $0.write($1) }
        }
    }
}

extension ByteReader {
    mutating func readNewestTable() throws -> NewestTable {
        NewestTable(rows: try readList { .init(key: try $0.readFixed(), latest: try $0.readLatest { try $0.readDouble() }) })
    }
}
