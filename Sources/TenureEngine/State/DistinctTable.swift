import TenureCore

/// Which values were seen on which of the last 64 days, and where that is asked, with which member and when first.
package struct DistinctTable: Hashable, Sendable {
    struct Row: Hashable, Sendable {
        /// Hashes; the member is 0 where only values are told apart.
        var value: UInt64
        var member: UInt64
        /// Bit 0 is today.
        var mask: UInt64
        /// Only where rows are kept for ever.
        var first: Day?
    }

    /// Sorted by value and member.
    private(set) var rows: [Row] = []

    /// More than any account has; beyond it new ones are ignored, so that no sender can exhaust memory.
    static let rowsMax = 20_000

    /// - Parameter keepsAll: rows stay when their last day has left the mask.
    mutating func mark(_ value: UInt64, member: UInt64, on day: Day, today: Day, keepsAll: Bool) {
        let back = today - day
        let bit: UInt64 = (0..<64).contains(back) ? 1 << UInt64(back) : 0
        guard bit != 0 || keepsAll else { return }
        let index = rows.bisected { ($0.value, $0.member) < (value, member) }
        if index < rows.count, rows[index].value == value, rows[index].member == member {
            rows[index].mask |= bit
            if let first = rows[index].first { rows[index].first = min(first, day) }
        } else if rows.count < Self.rowsMax {
            rows.insert(Row(value: value, member: member, mask: bit, first: keepsAll ? day : nil), at: index)
        }
    }

    mutating func advance(by days: Int32) {
        guard days > 0, !rows.isEmpty else { return }
        for index in rows.indices { rows[index].mask = days < 64 ? rows[index].mask << UInt64(days) : 0 }
        rows.removeAll { $0.mask == 0 && $0.first == nil }
    }

    /// Values seen on the days of the mask with at least so many members.
    func count(_ days: UInt64, membersMin: Int) -> Int { count(membersMin) { $0.mask & days != 0 } }

    /// Values that reached so many members on one of the days.
    func countNew(_ days: ClosedRange<Day>, membersMin: Int) -> Int {
        count(membersMin) { $0.first.map { $0 <= days.upperBound } ?? false }
            - count(membersMin) { $0.first.map { $0 < days.lowerBound } ?? false }
    }

    func countAll(membersMin: Int) -> Int { count(membersMin) { _ in true } }

    private func count(_ membersMin: Int, where counts: (Row) -> Bool) -> Int {
        var (values, members) = (0, 0)
        for (index, row) in rows.enumerated() {
            if index == 0 || rows[index - 1].value != row.value { members = 0 }
            guard counts(row) else { continue }
            members += 1
            if members == membersMin { values += 1 }
        }
        return values
    }

    package init() {}
    init(rows: [Row]) { self.rows = rows }
}

extension ByteWriter {
    mutating func write(_ table: DistinctTable) {
        write(list: table.rows) {
            $0.writeFixed($1.value)
            $0.writeFixed($1.member)
            $0.write($1.mask)
            $0.write($1.first) { $0.write($1) }
        }
    }
}

extension ByteReader {
    mutating func readDistinctTable() throws -> DistinctTable {
        DistinctTable(
            rows: try readList {
                .init(
                    value: try $0.readFixed(), member: try $0.readFixed(), mask: try $0.readUInt64(),
                    first: try $0.readOptional { try $0.readDay() })
            })
    }
}
