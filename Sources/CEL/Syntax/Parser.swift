/// Reads tokens into a tree. Every nesting of brackets, prefixes and conditionals counts against one limit.
struct Parser {
    /// The longest expression, in code points.
    static let lengthLimit = 4_096
    /// How deep brackets, prefix operators and `?:` may nest.
    static let depthLimit = 32

    private let tokens: [Token]
    let expandsMacros: Bool
    private var place = 0
    private var depth = 0
    var syntax = Syntax()

    private init(_ tokens: [Token], expandsMacros: Bool) {
        self.tokens = tokens
        self.expandsMacros = expandsMacros
    }

    /// The tree of a whole expression, or the first mistake.
    static func parse(_ source: String, expandsMacros: Bool = true) throws(Issue) -> Syntax {
        let whole = SourceRange(lower: 0, upper: source.utf8.count)
        let scalars = source.unicodeScalars
        if let end = scalars.index(scalars.startIndex, offsetBy: lengthLimit, limitedBy: scalars.endIndex),
            end < scalars.endIndex
        {
            throw mistake(inBeginning: String(scalars[..<end]), of: whole)
        }
        return try parse(Lexer.tokens(of: source), whole, expandsMacros: expandsMacros)
    }

    /// What is wrong with an expression that is too long: most that are were nested by a machine.
    private static func mistake(inBeginning source: String, of whole: SourceRange) -> Issue {
        do throws(Issue) {
            _ = try parse(Lexer.tokens(of: source), whole, expandsMacros: true)
        } catch {
            if error.code == .tooDeep { return error }
        }
        return Issue(.tooLong, "an expression has at most \(lengthLimit) characters", whole)
    }

    private static func parse(
        _ tokens: [Token], _ whole: SourceRange, expandsMacros: Bool
    ) throws(Issue) -> Syntax {
        var parser = Parser(tokens, expandsMacros: expandsMacros)
        guard parser.peek != .end else { throw Issue(.syntax, "the expression is empty", whole) }
        parser.syntax.root = try parser.expression()
        guard parser.peek == .end else { throw parser.unexpected("an operator") }
        return parser.syntax
    }

    // MARK: Tokens

    var peek: Token.Kind { tokens[place].kind }
    var here: SourceRange { tokens[place].range }

    /// The range from a place to the token before this one.
    func range(from lower: Int) -> SourceRange {
        SourceRange(lower: lower, upper: place > 0 ? tokens[place - 1].range.upper : lower)
    }

    mutating func advance() { if place < tokens.count - 1 { place += 1 } }

    mutating func take(_ symbol: Symbol) -> Bool {
        guard peek == .symbol(symbol) else { return false }
        advance()
        return true
    }

    mutating func expect(_ symbol: Symbol, or other: Symbol? = nil) throws(Issue) {
        guard !take(symbol) else { return }
        let alternatives = [other, symbol].compactMap { $0 }.map { "`\($0.rawValue)`" }
        throw unexpected(alternatives.joined(separator: " or "))
    }

    func unexpected(_ expected: String) -> Issue {
        Issue(.syntax, "expected \(expected), found \(peek.spelling)", here)
    }

    /// Runs `body` one level deeper.
    mutating func nested<T>(_ body: (inout Parser) throws(Issue) -> T) throws(Issue) -> T {
        try deepen(by: 1)
        defer { depth -= 1 }
        return try body(&self)
    }

    private mutating func deepen(by levels: Int) throws(Issue) {
        guard depth + levels <= Self.depthLimit else {
            throw Issue(.tooDeep, "this nests deeper than \(Self.depthLimit) levels", here)
        }
        depth += levels
    }

    // MARK: Operators

    /// `condition ? a : b`, or what binds tighter.
    mutating func expression() throws(Issue) -> Syntax.ID {
        let condition = try logical(.or)
        guard take(.question) else { return condition }
        let then = try logical(.or)
        try expect(.colon)
        let otherwise = try nested { parser throws(Issue) in try parser.expression() }
        return add(.conditional(condition, then: then, otherwise: otherwise), from: condition)
    }

    /// A chain of `||`, or within one of `&&`, as one node with all its operands.
    private mutating func logical(_ logic: Logic) throws(Issue) -> Syntax.ID {
        var operands = [try logicalOperand(logic)]
        while take(logic == .or ? .or : .and) { operands.append(try logicalOperand(logic)) }
        return operands.count == 1 ? operands[0] : add(.logical(logic, operands), from: operands[0])
    }

    private mutating func logicalOperand(_ logic: Logic) throws(Issue) -> Syntax.ID {
        logic == .or ? try logical(.and) : try binary(level: 0)
    }

    /// From the loosest to the tightest; all associate to the left.
    private static let levels: [[Symbol: BinaryOperator]] = [
        [
            .equal: .equal, .notEqual: .notEqual, .less: .less, .lessOrEqual: .lessOrEqual,
            .greater: .greater,
            .greaterOrEqual: .greaterOrEqual, .isIn: .isIn,
        ],
        [.plus: .add, .minus: .subtract],
        [.times: .multiply, .divide: .divide, .percent: .remainder],
    ]

    private mutating func binary(level: Int) throws(Issue) -> Syntax.ID {
        guard level < Self.levels.count else { return try prefixed() }
        var left = try binary(level: level + 1)
        while case .symbol(let symbol) = peek, let operation = Self.levels[level][symbol] {
            advance()
            let right = try binary(level: level + 1)
            left = add(.binary(operation, left, right), from: left)
        }
        return left
    }

    private mutating func prefixed() throws(Issue) -> Syntax.ID {
        let lower = here.lower
        if take(.not) {
            let operand = try nested { parser throws(Issue) in try parser.prefixed() }
            return syntax.add(.not(operand), range(from: lower))
        }
        guard take(.minus) else { return try member() }
        if let negative = try negativeNumber(from: lower) { return try postfix(negative) }
        let operand = try nested { parser throws(Issue) in try parser.prefixed() }
        return syntax.add(.negate(operand), range(from: lower))
    }

    /// A number behind a minus: the sign belongs to the literal, as the least integer has no positive twin.
    private mutating func negativeNumber(from lower: Int) throws(Issue) -> Syntax.ID? {
        let value: Value
        switch peek {
        case .int(let amount):
            guard amount <= Int64.min.magnitude else { throw tooLargeForInt }
            value = .int(Int64(truncatingIfNeeded: 0 &- amount))
        case .double(let number): value = .double(-number)
        case .name, .quotedName, .uint, .string, .bytes, .symbol, .end: return nil
        }
        advance()
        return syntax.add(.literal(value), range(from: lower))
    }

    var tooLargeForInt: Issue { Issue(.badLiteral, "this number needs more than 64 bits", here) }

    /// Adds a node that begins where `first` begins.
    mutating func add(_ node: Syntax.Node, from first: Syntax.ID) -> Syntax.ID {
        syntax.add(node, range(from: syntax.ranges[first].lower))
    }
}
