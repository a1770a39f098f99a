/// A tree with what the checker found out about it.
struct Checked: Sendable {
    /// What a node stands for, where its text alone does not say it.
    enum Meaning: Sendable {
        case slot(Int)
        case local(Int)
        case typeName(TypeName)
        /// A call of a function; the target, if any, is the first argument when it is a member.
        case function(Function, isMember: Bool)
        /// The first of the variables that a macro declares.
        case variables(from: Int)
        /// Only without checking: what goes wrong when this is evaluated.
        case failure(EvaluationError)
    }

    let syntax: Syntax
    var meanings: [Meaning?]
    var types: [Type]
    var references: [Reference] = []
    var localCount = 0

    init(_ syntax: Syntax) {
        self.syntax = syntax
        meanings = Array(repeating: nil, count: syntax.nodes.count)
        types = Array(repeating: .dyn, count: syntax.nodes.count)
    }
}
