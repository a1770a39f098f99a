/// One word of an expression with its place.
struct Token: Sendable {
    enum Kind: Sendable, Hashable {
        case name(String)
        /// A field name between backticks.
        case quotedName(String)
        /// The digits' amount; a minus sign is a token of its own.
        case int(UInt64)
        case uint(UInt64)
        case double(Double)
        case string(String)
        case bytes([UInt8])
        case symbol(Symbol)
        case end
    }

    let kind: Kind
    let range: SourceRange
}

/// The punctuation of CEL, and the operator that is spelt as a word.
enum Symbol: String, Sendable, CaseIterable {
    case openParenthesis = "("
    case closeParenthesis = ")"
    case openBracket = "["
    case closeBracket = "]"
    case openBrace = "{"
    case closeBrace = "}"
    case dot = "."
    case comma = ","
    case colon = ":"
    case question = "?"
    case not = "!"
    case minus = "-"
    case plus = "+"
    case times = "*"
    case divide = "/"
    case percent = "%"
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case and = "&&"
    case or = "||"
    case isIn = "in"
}

extension Token.Kind {
    /// The token as a reader would call it in a message.
    var spelling: String {
        switch self {
        case .name(let name): "`\(name)`"
        case .quotedName(let name): "the quoted name `\(name)`"
        case .int, .uint, .double: "a number"
        case .string, .bytes: "a text"
        case .symbol(let symbol): "`\(symbol.rawValue)`"
        case .end: "the end"
        }
    }
}
