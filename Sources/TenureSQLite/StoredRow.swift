import Foundation
import GRDB
import TenureCore

/// The columns of a result row, taken from left to right; another type than expected throws instead of
/// trapping.
struct StoredRow {
    private let row: Row
    private let query: StoreQuery
    private var column = 0

    init(_ row: Row, of query: StoreQuery) {
        self.row = row
        self.query = query
    }

    mutating func optionalInteger() throws -> Int64? {
        let value = next()
        guard !value.isNull else { return nil }
        guard let number = Int64.fromDatabaseValue(value) else { throw unexpected }
        return number
    }

    mutating func optionalText() throws -> String? {
        let value = next()
        guard !value.isNull else { return nil }
        guard let text = String.fromDatabaseValue(value) else { throw unexpected }
        return StoredText.decode(text)
    }

    mutating func bytes() throws -> [UInt8] {
        guard let data = Data.fromDatabaseValue(next()) else { throw unexpected }
        return [UInt8](data)
    }

    mutating func integer() throws -> Int64 { try known(optionalInteger()) }
    mutating func text() throws -> String { try known(optionalText()) }
    mutating func number() throws -> Int { Int(try integer()) }
    mutating func flag() throws -> Bool { try integer() != 0 }
    mutating func instant() throws -> Instant { Instant(milliseconds: try integer()) }
    mutating func account() throws -> AccountID { AccountID(try text()) }

    mutating func position() throws -> UInt64 {
        guard let position = UInt64(exactly: try integer()) else { throw unexpected }
        return position
    }

    mutating func day() throws -> Day {
        guard let number = Int32(exactly: try integer()) else { throw unexpected }
        return Day(number: number)
    }

    /// What the row must be when its own checksum or its text does not hold.
    var unexpected: UnexpectedRow { UnexpectedRow(query: query.rawValue, column: column) }

    private func known<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw unexpected }
        return value
    }

    private mutating func next() -> DatabaseValue {
        defer { column += 1 }
        return column < row.count ? row[column] : .null
    }
}

/// A stored value that no writer of ours wrote: the file is damaged or was edited.
struct UnexpectedRow: Error {
    var query: String
    var column: Int
}
