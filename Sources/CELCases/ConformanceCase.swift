import CEL

/// One case in the form in which google/cel-spec's cases are kept as JSON: an expression, where it stands, and what
/// must come of it.
package struct ConformanceCase: Sendable {
    /// `file/section/name`.
    package let id: String
    /// `core`, `checker` or `ext:` with the name of an extension.
    package let feature: String
    package let expression: String
    let expectation: Expectation
    /// The type that the checker must find, as it is written in the file.
    let deducedType: String?
    let bindings: [String: Value]
    let vocabulary: Vocabulary

    /// What must come of the expression.
    enum Expectation: Sendable {
        case value(Value)
        /// That there is an error counts, not its words.
        case error
        /// Only that it is free of mistakes.
        case compiles
    }
}

/// Why a file of cases can not be used.
package struct CaseFileMistake: Error, Sendable {
    /// The case by its place in the file, from 1, and its id when it has one; nil for the file as a whole.
    package let place: String?
    /// One sentence.
    package let what: String
}
