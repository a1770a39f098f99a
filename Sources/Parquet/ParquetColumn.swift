/// A column of a file: flat, since every tool reads flat ones.
package struct ParquetColumn: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case text
        case integer
        /// Microseconds since 1970-01-01T00:00:00Z.
        case timestamp
        case number
        case flag
    }

    package var name: String
    package var kind: Kind
    /// Whether a row may have none.
    package var isOptional: Bool

    package init(_ name: String, _ kind: Kind, isOptional: Bool = false) {
        self.name = name
        self.kind = kind
        self.isOptional = isOptional
    }
}

/// What a row holds in a column.
package enum ParquetCell: Hashable, Sendable {
    case none
    case text(String)
    /// An integer, or the microseconds of a timestamp.
    case integer(Int64)
    case number(Double)
    case flag(Bool)
}

/// A row that is not one of the file's columns: a mistake of the caller.
package struct ParquetMistake: Error, Hashable, Sendable {
    package var detail: String
}

/// Numbers by which the format calls things.
enum Code {
    static let magic = Array("PAR1".utf8)

    enum PhysicalType: Int32 {
        case boolean = 0
        case int64 = 2
        case double = 5
        case byteArray = 6
    }

    enum Encoding: Int32 {
        case plain = 0
        case runLengths = 3
        case deltaNumbers = 5
        case dictionary = 8
    }

    enum Page: Int32 {
        case data = 0
        case dictionary = 2
    }

    static let zstd: Int32 = 6
}

extension ParquetColumn.Kind {
    var physicalType: Code.PhysicalType {
        switch self {
        case .text: .byteArray
        case .integer, .timestamp: .int64
        case .number: .double
        case .flag: .boolean
        }
    }
}
