/// Finds what every name stands for and what type every part has, and collects all mistakes.
struct Checker {
    let vocabulary: Vocabulary
    var checked: Checked
    var issues: [Issue] = []
    var substitution = Substitution()
    private var scope: [Variable] = []
    private var slots: [Reference: Int] = [:]

    private struct Variable {
        let name: String
        let type: Type
    }

    init(_ syntax: Syntax, _ vocabulary: Vocabulary) {
        self.vocabulary = vocabulary
        checked = Checked(syntax)
    }

    var syntax: Syntax { checked.syntax }

    /// Checks a whole tree. `expected` is what the result must be able to stand for.
    static func check(
        _ syntax: Syntax, _ vocabulary: Vocabulary, expecting expected: Type?
    ) -> Result<Checked, Issues> {
        var checker = Checker(syntax, vocabulary)
        let result = checker.type(of: syntax.root)
        checker.require(result, toBe: expected, at: syntax.root)
        guard checker.issues.isEmpty else { return .failure(Issues(checker.issues)) }
        checker.finishTypes()
        return .success(checker.checked)
    }

    private mutating func finishTypes() {
        for id in checked.types.indices {
            checked.types[id] = substitution.resolve(checked.types[id], unknownAsDyn: true)
        }
    }

    // MARK: Walking

    /// The type of a node. Chains that grow to the left are walked in a loop, from the inside out.
    mutating func type(of id: Syntax.ID) -> Type {
        var chain: [Syntax.ID] = []
        var inner = id
        var known = nameType(inner)
        while known == nil, let head = syntax.head(of: inner) {
            chain.append(inner)
            inner = head
            known = nameType(inner)
        }
        var type = known ?? leafType(inner)
        checked.types[inner] = type
        for step in chain.reversed() {
            type = stepType(step, on: type)
            checked.types[step] = type
        }
        return type
    }

    /// The type of a node that has no head, or whose head is part of its name.
    private mutating func leafType(_ id: Syntax.ID) -> Type {
        switch syntax[id] {
        case .literal(let value): return value.literalType
        case .list(let elements): return listType(elements)
        case .map(let entries): return mapType(entries)
        case .logical(let logic, let operands): return logicalType(logic, operands)
        case .not(let operand): return applyPrefix("!", [.global([.bool], .bool)], operand, at: id)
        case .negate(let operand):
            return applyPrefix("-", [.int, .double, .duration].map { .global([$0], $0) }, operand, at: id)
        case .conditional(let condition, let then, let otherwise):
            return conditionalType(condition, then, otherwise, at: id)
        case .bind(let name, let value, let body):
            let type = type(of: value)
            return within([(name, type)], of: id) { $0.type(of: body) }
        case .call(let name, _, let arguments): return globalCallType(name, arguments, at: id)
        case .name, .select, .presence, .index, .binary, .comprehension, .optionalMap: return .dyn
        }
    }

    /// The type of a node whose head has the given type.
    private mutating func stepType(_ id: Syntax.ID, on head: Type) -> Type {
        switch syntax[id] {
        case .select(_, let field, let isOptional): return selectType(field, of: head, isOptional, at: id)
        case .presence(_, let field):
            _ = selectType(field, of: head, true, at: id)
            return .bool
        case .index(_, let key, let isOptional): return indexType(head, type(of: key), isOptional, at: id)
        case .binary(let operation, _, let right): return binaryType(operation, head, right, at: id)
        case .call(let name, _, let arguments): return memberCallType(name, head, arguments, at: id)
        case .comprehension(_, let comprehension): return comprehensionType(comprehension, over: head, at: id)
        case .optionalMap(_, let name, let body, let isFlat):
            return optionalMapType(name, body, isFlat, of: head, at: id)
        case .literal, .name, .list, .map, .logical, .not, .negate, .conditional, .bind: return head
        }
    }

    // MARK: Names in scope

    /// Runs `body` with variables in scope, and notes on `id` where they are kept.
    mutating func within<T>(
        _ variables: [(String, Type)], of id: Syntax.ID, _ body: (inout Checker) -> T
    ) -> T {
        checked.meanings[id] = .variables(from: scope.count)
        scope += variables.map { Variable(name: $0.0, type: $0.1) }
        checked.localCount = max(checked.localCount, scope.count)
        defer { scope.removeLast(variables.count) }
        return body(&self)
    }

    func variable(_ name: String) -> (place: Int, type: Type)? {
        scope.lastIndex { $0.name.hasSameBytes(as: name) }.map { ($0, scope[$0].type) }
    }

    var scopeNames: [String] { scope.map(\.name) }

    /// The slot of a reference: a new one the first time.
    mutating func slot(_ reference: Reference) -> Int {
        if let known = slots[reference] { return known }
        checked.references.append(reference)
        slots[reference] = checked.references.count - 1
        return checked.references.count - 1
    }

    // MARK: Mistakes

    /// Notes a mistake. Without checking it shows at run time instead.
    mutating func report(_ issue: Issue, at id: Syntax.ID, as code: EvaluationError.Code = .noSuchOverload) {
        if vocabulary.isChecked {
            issues.append(issue)
        } else if checked.meanings[id] == nil, code != .noSuchOverload {
            checked.meanings[id] = .failure(EvaluationError(code, issue.message, range: issue.range))
        }
    }

    func name(_ type: Type) -> String { substitution.resolve(type).description }

    private mutating func require(_ type: Type, toBe expected: Type?, at id: Syntax.ID) {
        guard let expected, vocabulary.isChecked, !substitution.accept([type], as: [expected]) else { return }
        let message = "this gives \(name(type)), but \(expected) is needed here"
        report(Issue(.typeMismatch, message, syntax.ranges[id]), at: id)
    }
}

extension Value {
    /// The type of a literal.
    var literalType: Type {
        switch self {
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .string: .string
        case .bytes: .bytes
        case .null: .null
        case .list, .map, .timestamp, .duration, .type, .optional, .unknown, .error: .dyn
        }
    }
}
