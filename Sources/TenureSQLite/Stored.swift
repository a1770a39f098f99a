import Foundation
import GRDB
import TenureCore

/// A value on its way into a statement.
enum Stored {
    case text(String)
    case integer(Int64)
    case bytes([UInt8])
    case null

    static func number(_ value: Int) -> Stored { .integer(Int64(value)) }
    static func flag(_ value: Bool) -> Stored { .integer(value ? 1 : 0) }
    static func instant(_ value: Instant) -> Stored { .integer(value.milliseconds) }
    static func account(_ value: AccountID) -> Stored { .text(value.text) }
    /// Positions above `Int64.max` are refused before they get here; in a search they mean the end.
    static func position(_ value: UInt64) -> Stored { .integer(Int64(clamping: value)) }
    static func optional(_ value: Int?) -> Stored { value.map(number) ?? .null }
    static func optional(_ value: String?) -> Stored { value.map { .text($0) } ?? .null }

    var databaseValue: DatabaseValue {
        switch self {
        case .text(let text): StoredText.encode(text).databaseValue
        case .integer(let number): number.databaseValue
        case .bytes(let bytes): Data(bytes).databaseValue
        case .null: .null
        }
    }
}

/// Text as SQLite keeps it. The C interface underneath ends a text at its first NUL, so that two names could
/// become one: NUL and U+0001 become two characters each, in a way that keeps the order of bytes and every
/// prefix.
enum StoredText {
    static func encode(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 2 }) else { return text }
        let bytes = text.utf8.flatMap { $0 < 2 ? [1, $0 + 1] : [$0] }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func decode(_ text: String) -> String {
        guard text.utf8.contains(1) else { return text }
        var bytes: [UInt8] = []
        var isEscaped = false
        for byte in text.utf8 {
            if byte == 1, !isEscaped {
                isEscaped = true
                continue
            }
            bytes.append(isEscaped ? byte &- 1 : byte)
            isEscaped = false
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Database {
    /// Runs a statement that is prepared once per connection.
    func run(_ sql: String, _ values: [Stored]) throws {
        try cachedStatement(sql: sql).execute(arguments: StatementArguments(values.map(\.databaseValue)))
    }

    /// Hands over the rows of a query until `body` answers nil.
    func rows<Value>(
        _ query: StoreQuery, _ values: [Stored], _ body: (inout StoredRow) throws -> Value?
    ) throws -> [Value] {
        let statement = try cachedStatement(sql: query.rawValue)
        let cursor = try Row.fetchCursor(
            statement, arguments: StatementArguments(values.map(\.databaseValue)))
        var found: [Value] = []
        while let row = try cursor.next() {
            var stored = StoredRow(row, of: query)
            guard let value = try body(&stored) else { break }
            found.append(value)
        }
        return found
    }

    func row<Value>(
        _ query: StoreQuery, _ values: [Stored], _ body: (inout StoredRow) throws -> Value
    ) throws -> Value? {
        try rows(query, values, body).first
    }
}
