/// An expression's tree, kept as a flat list: children come before their parents.
///
/// A list holds any depth without recursion, so that long chains (`a || b || …`) cost no stack anywhere.
struct Syntax: Sendable {
    typealias ID = Int

    indirect enum Node: Sendable {
        case literal(Value)
        /// A name; `isAbsolute` when it was written with a leading dot.
        case name(String, isAbsolute: Bool)
        case select(ID, field: String, isOptional: Bool)
        /// `has(operand.field)`.
        case presence(ID, field: String)
        case index(ID, key: ID, isOptional: Bool)
        case call(String, target: ID?, arguments: [ID])
        case list([Element])
        case map([Entry])
        case logical(Logic, [ID])
        case not(ID)
        case negate(ID)
        case binary(BinaryOperator, ID, ID)
        case conditional(ID, then: ID, otherwise: ID)
        case comprehension(ID, Comprehension)
        /// `cel.bind(name, value, body)`.
        case bind(String, value: ID, body: ID)
        /// `target.optMap(name, body)`, or `optFlatMap`.
        case optionalMap(ID, name: String, body: ID, isFlat: Bool)
    }

    struct Element: Sendable {
        let value: ID
        let isOptional: Bool
    }

    struct Entry: Sendable {
        let key: ID
        let value: ID
        let isOptional: Bool
    }

    /// A macro that walks a list or a map.
    struct Comprehension: Sendable {
        enum Kind: String, Sendable {
            case all
            case exists
            case existsOne
            case map
            case filter
            case transformList
            case transformMap
            case transformMapEntry
            case sortBy
        }

        let kind: Kind
        /// One name (the element or key) or two (index or key, then value).
        let names: [String]
        let filter: ID?
        let body: ID
    }

    private(set) var nodes: [Node] = []
    private(set) var ranges: [SourceRange] = []

    /// The node of the whole expression.
    var root: ID = 0

    subscript(id: ID) -> Node { nodes[id] }

    mutating func add(_ node: Node, _ range: SourceRange) -> ID {
        nodes.append(node)
        ranges.append(range)
        return nodes.count - 1
    }

    /// Moves a node's range outwards to the brackets around it.
    mutating func widen(_ id: ID, to range: SourceRange) { ranges[id] = range }
}

/// The two connectives.
enum Logic: Sendable {
    case and
    case or
}

/// The operators between two values, without the connectives.
@usableFromInline
enum BinaryOperator: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case isIn = "in"
}

extension Syntax {
    /// The operand at the left end of a node: chains grow to the left, and passes walk them in a loop.
    func head(of id: ID) -> ID? {
        switch nodes[id] {
        case .select(let head, _, _), .presence(let head, _), .index(let head, _, _), .binary(_, let head, _),
            .comprehension(let head, _), .optionalMap(let head, _, _, _):
            head
        case .call(_, let target, _): target
        case .literal, .name, .list, .map, .logical, .not, .negate, .conditional, .bind: nil
        }
    }

    /// The most words that a name may have; what stands behind them is a field of the name.
    private static let nameLimit = 16

    /// The words of a dotted name such as `account.seats`, or nil when the node is something else.
    func dottedName(_ id: ID) -> (words: [String], isAbsolute: Bool)? {
        var words: [String] = []
        var id = id
        while case .select(let operand, let field, false) = nodes[id] {
            words.append(field)
            guard words.count < Self.nameLimit else { return nil }
            id = operand
        }
        guard case .name(let first, let isAbsolute) = nodes[id] else { return nil }
        return ((words + [first]).reversed(), isAbsolute)
    }
}
