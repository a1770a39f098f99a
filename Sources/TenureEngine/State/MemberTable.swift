import TenureCore

/// One 64-day bit mask per member: bit 0 is `today`, bit 63 the day 63 days before. Sorted by key hash.
package struct MemberTable: Hashable, Sendable {
    struct Row: Hashable, Sendable {
        var key: UInt64
        var mask: UInt64
    }

    private(set) var rows: [Row] = []
    private(set) var today = Day(number: 0)

    /// Members with any use that is remembered.
    package var count: Int { rows.count }

    /// More members than any account has; beyond it new ones are ignored, so that no sender can exhaust memory.
    static let rowsMax = 100_000

    /// Days after `today` are not taken: the table is advanced first.
    mutating func mark(_ key: UInt64, on day: Day) {
        let back = today - day
        guard (0..<64).contains(back) else { return }
        let index = place(of: key)
        if index < rows.count, rows[index].key == key {
            rows[index].mask |= 1 << UInt64(back)
        } else if rows.count < Self.rowsMax {
            rows.insert(Row(key: key, mask: 1 << UInt64(back)), at: index)
        }
    }

    private func place(of key: UInt64) -> Int { rows.bisected { $0.key < key } }

    mutating func advance(to day: Day) {
        guard day > today else { return }
        let gap = day - today
        today = day
        guard !rows.isEmpty else { return }
        for index in rows.indices { rows[index].mask = gap < 64 ? rows[index].mask << UInt64(gap) : 0 }
        if rows.contains(where: { $0.mask == 0 }) { rows.removeAll { $0.mask == 0 } }
    }

    /// Bits of the days in the range, as seen from `today`.
    func bits(_ days: ClosedRange<Day>) -> UInt64 {
        let newest = max(0, today - days.upperBound)
        let oldest = min(63, today - days.lowerBound)
        guard newest <= oldest else { return 0 }
        let width = UInt64(oldest - newest + 1)
        return (width == 64 ? UInt64.max : (1 << width) - 1) << UInt64(newest)
    }

    func activeMembers(_ days: ClosedRange<Day>) -> Int {
        let window = bits(days)
        var count = 0
        for row in rows where row.mask & window != 0 { count += 1 }
        return count
    }

    /// Pairs of (member, active day) in the range.
    func activeMemberDays(_ days: ClosedRange<Day>) -> Int {
        let window = bits(days)
        return rows.reduce(0) { $0 + ($1.mask & window).nonzeroBitCount }
    }

    /// Days on which any member was active, as bits from `today` back.
    var anyone: UInt64 { rows.reduce(0) { $0 | $1.mask } }

    package init() {}

    init(rows: [Row], today: Day) {
        self.rows = rows
        self.today = today
    }
}

extension ByteWriter {
    mutating func write(_ table: MemberTable) {
        write(table.today)
        write(list: table.rows) {
            $0.writeFixed($1.key)
            $0.write($1.mask)
        }
    }
}

extension ByteReader {
    mutating func readMemberTable() throws -> MemberTable {
        let today = try readDay()
        return MemberTable(rows: try readList { .init(key: try $0.readFixed(), mask: try $0.readUInt64()) }, today: today)
    }
}
