/// A program in the form it runs in: flat lists that refer to each other by place.
///
/// A node is an operand; a chain is an operand with steps applied to it one after another. As only right-hand
/// sides and brackets recurse, the stack an evaluation needs is bounded by the parser's depth limit.
final class Code: Sendable {
    let nodes: [Node]
    let nodeRanges: [SourceRange]
    let steps: [Step]
    let stepRanges: [SourceRange]
    let constants: [Value]
    /// Operands of connectives and calls.
    let operands: [Int]
    let elements: [Element]
    let entries: [Entry]
    let names: [String]
    let functions: [Function]
    let comprehensions: [Comprehension]
    let patterns: [Pattern]
    /// Per slot the unknown that stands for it, made once.
    let unknowns: [Value]
    let localCount: Int
    let zones: ZoneLookup?

    init(_ emitter: Emitter, zones: ZoneLookup?) {
        nodes = emitter.nodes
        nodeRanges = emitter.nodeRanges
        steps = emitter.steps
        stepRanges = emitter.stepRanges
        constants = emitter.constants
        operands = emitter.operands
        elements = emitter.elements
        entries = emitter.entries
        names = emitter.names
        functions = emitter.functions
        comprehensions = emitter.comprehensions
        patterns = emitter.patterns
        unknowns = emitter.checked.references.indices.map(Value.unknown(slot:))
        localCount = emitter.checked.localCount
        self.zones = zones
    }

    /// A run of places in one of the lists.
    struct Span: Sendable {
        let lower: Int
        let upper: Int

        var places: Range<Int> { lower..<upper }
    }

    enum Node: Sendable {
        case constant(Int)
        case slot(Int)
        /// `has(…)` of something that is a slot.
        case slotPresence(Int)
        case local(Int)
        case logical(Logic, Span)
        case not(Int)
        case negate(Int)
        case conditional(Int, then: Int, otherwise: Int)
        case list(Span)
        case map(Span)
        case call(Int, Span)
        case bind(Int, value: Int, body: Int)
        case chain(Int, Span)
    }

    enum Step: Sendable {
        case arithmetic(BinaryOperator, Int)
        case compare(BinaryOperator, Int)
        case equal(Int, isNegated: Bool)
        case contained(in: Int)
        case select(Int, isOptional: Bool)
        case presence(Int)
        case index(Int, isOptional: Bool)
        case call(Int, Span)
        /// `matches` with a literal pattern.
        case matches(Int)
        case comprehension(Int)
        case optionalMap(Int, body: Int, isFlat: Bool)
        /// What can not be applied, whatever the value.
        case failure(Int)
    }

    struct Element: Sendable {
        let node: Int
        let isOptional: Bool
    }

    struct Entry: Sendable {
        let key: Int
        let value: Int
        let isOptional: Bool
    }

    struct Comprehension: Sendable {
        let kind: Syntax.Comprehension.Kind
        let firstLocal: Int
        let variableCount: Int
        let filter: Int?
        let body: Int
    }
}
