/// Why an evaluation has no value.
public struct EvaluationError: Error, Sendable, Hashable {
    /// The kinds of failure.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        case noSuchOverload
        case noSuchKey
        case noSuchField
        case indexOutOfBounds
        case divisionByZero
        case overflow
        case invalidArgument
        case badPattern
        case costExceeded
        /// The host could not give a slot's value.
        case host
    }

    public let code: Code
    /// One sentence for people.
    public let message: String
    /// The part of the expression that failed; nil for an error that came in from outside.
    public internal(set) var range: SourceRange?

    /// An error with its sentence.
    public init(_ code: Code, _ message: String, range: SourceRange? = nil) {
        self.code = code
        self.message = message
        self.range = range
    }
}

extension Value {
    static func failure(_ code: EvaluationError.Code, _ message: String) -> Value {
        .error(EvaluationError(code, message))
    }

    /// The same error, said to be at `range` unless a deeper place is known already.
    func placed(at range: SourceRange) -> Value {
        guard case .error(var error) = self, error.range == nil else { return self }
        error.range = range
        return .error(error)
    }
}
