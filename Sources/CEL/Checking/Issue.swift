/// A mistake in an expression: what is wrong, where, and what may have been meant.
public struct Issue: Error, Sendable, Hashable {
    /// The kinds of mistake.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        case syntax
        case tooLong
        case tooDeep
        case badLiteral
        case badPattern
        case undeclared
        case notAValue
        case unknownFunction
        case noOverload
        case typeMismatch
    }

    public let code: Code
    /// One sentence for the author.
    public let message: String
    /// The part of the expression that is wrong, in UTF-8 offsets.
    public let range: SourceRange
    /// Names near to the one written, nearest first, at most four.
    public let suggestions: [String]

    init(_ code: Code, _ message: String, _ range: SourceRange, suggestions: [String] = []) {
        self.code = code
        self.message = message
        self.range = range
        self.suggestions = suggestions
    }
}

/// All mistakes found in one expression, in the order of their places.
public struct Issues: Error, Sendable, Hashable {
    /// At least one, and at most a hundred.
    public let issues: [Issue]

    static let limit = 100

    init(_ found: [Issue]) {
        let ordered = found.enumerated().sorted {
            ($0.element.range.lower, $0.offset) < ($1.element.range.lower, $1.offset)
        }
        issues = ordered.prefix(Self.limit).map(\.element)
    }
}
