/// Turns a checked tree into code.
struct Emitter {
    let checked: Checked
    private(set) var nodes: [Code.Node] = []
    private(set) var nodeRanges: [SourceRange] = []
    private(set) var steps: [Code.Step] = []
    private(set) var stepRanges: [SourceRange] = []
    private(set) var constants: [Value] = []
    private(set) var operands: [Int] = []
    private(set) var elements: [Code.Element] = []
    private(set) var entries: [Code.Entry] = []
    private(set) var names: [String] = []
    private(set) var functions: [Function] = []
    private(set) var comprehensions: [Code.Comprehension] = []
    private(set) var patterns: [Pattern] = []
    private(set) var issues: [Issue] = []
    /// Where each part of the tree was written; explanations ask for parts again.
    private var written: [Syntax.ID: Int] = [:]

    /// Whether literals that can not be read are mistakes now, rather than errors when they are evaluated.
    private let isChecked: Bool

    init(_ checked: Checked, isChecked: Bool) {
        self.checked = checked
        self.isChecked = isChecked
    }

    private var syntax: Syntax { checked.syntax }

    /// Writes the node with everything below it, and gives its place.
    mutating func emit(_ id: Syntax.ID) -> Int {
        if let known = written[id] { return known }
        let place = emitChain(id)
        written[id] = place
        return place
    }

    private mutating func emitChain(_ id: Syntax.ID) -> Int {
        var chain: [Syntax.ID] = []
        var inner = id
        while !standsForItself(inner), let head = syntax.head(of: inner) {
            chain.append(inner)
            inner = head
        }
        let base = emitLeaf(inner)
        guard !chain.isEmpty else { return base }
        // Right-hand sides write steps of their own, so these are gathered first and written in one run.
        let written = chain.reversed().map { (emitStep($0), syntax.ranges[$0]) }
        let lower = steps.count
        steps += written.map(\.0)
        stepRanges += written.map(\.1)
        return add(.chain(base, Code.Span(lower: lower, upper: steps.count)), id)
    }

    /// Whether a node has a meaning that makes its head part of its name.
    private func standsForItself(_ id: Syntax.ID) -> Bool {
        switch checked.meanings[id] {
        case .slot, .local, .typeName, .failure: true
        case .function(_, let isMember): !isMember
        case .variables, nil: false
        }
    }

    private mutating func add(_ node: Code.Node, _ id: Syntax.ID) -> Int {
        nodes.append(node)
        nodeRanges.append(syntax.ranges[id])
        return nodes.count - 1
    }

    private mutating func constant(_ value: Value, _ id: Syntax.ID) -> Int {
        constants.append(value)
        return add(.constant(constants.count - 1), id)
    }

    // MARK: Operands

    private mutating func emitLeaf(_ id: Syntax.ID) -> Int {
        switch checked.meanings[id] {
        case .slot(let slot): return add(isPresence(id) ? .slotPresence(slot) : .slot(slot), id)
        case .local(let place): return add(.local(place), id)
        case .typeName(let name): return constant(.type(name), id)
        case .failure(let error): return constant(.error(error), id)
        case .function(let function, _): return emitCall(function, id)
        case .variables, nil: return emitPlain(id)
        }
    }

    private func isPresence(_ id: Syntax.ID) -> Bool {
        if case .presence = syntax[id] { true } else { false }
    }

    private mutating func emitPlain(_ id: Syntax.ID) -> Int {
        switch syntax[id] {
        case .literal(let value): return constant(value, id)
        case .logical(let logic, let parts): return add(.logical(logic, emitAll(parts)), id)
        case .not(let operand): return add(.not(emit(operand)), id)
        case .negate(let operand): return add(.negate(emit(operand)), id)
        case .conditional(let condition, let then, let otherwise):
            return add(.conditional(emit(condition), then: emit(then), otherwise: emit(otherwise)), id)
        case .list(let parts): return emitList(parts, id)
        case .map(let parts): return emitMap(parts, id)
        case .bind(_, let value, let body):
            return add(.bind(firstLocal(id), value: emit(value), body: emit(body)), id)
        case .name, .select, .presence, .index, .call, .binary, .comprehension, .optionalMap:
            // The checker gave every one of these a meaning or a head.
            return constant(.failure(.noSuchField, "this name stands for nothing"), id)
        }
    }

    private mutating func emitAll(_ ids: [Syntax.ID]) -> Code.Span {
        let written = ids.map { emit($0) }
        operands += written
        return Code.Span(lower: operands.count - written.count, upper: operands.count)
    }

    private mutating func emitList(_ parts: [Syntax.Element], _ id: Syntax.ID) -> Int {
        let written = parts.map { Code.Element(node: emit($0.value), isOptional: $0.isOptional) }
        let values = written.compactMap { $0.isOptional ? nil : constantValue($0.node) }
        if values.count == parts.count { return constant(.list(values), id) }
        elements += written
        return add(.list(Code.Span(lower: elements.count - written.count, upper: elements.count)), id)
    }

    private func constantValue(_ node: Int) -> Value? {
        guard case .constant(let place) = nodes[node], constants[place].isKnown else { return nil }
        return constants[place]
    }

    private mutating func emitMap(_ parts: [Syntax.Entry], _ id: Syntax.ID) -> Int {
        let written = parts.map {
            Code.Entry(key: emit($0.key), value: emit($0.value), isOptional: $0.isOptional)
        }
        entries += written
        return add(.map(Code.Span(lower: entries.count - written.count, upper: entries.count)), id)
    }

    private func firstLocal(_ id: Syntax.ID) -> Int {
        if case .variables(let place) = checked.meanings[id] { place } else { 0 }
    }

    private mutating func emitCall(_ function: Function, _ id: Syntax.ID) -> Int {
        guard case .call(_, _, let arguments) = syntax[id] else { return constant(.null, id) }
        if function.name == "matches", case .literal(.string(let source)) = syntax[arguments[1]] {
            return emitMatch(of: arguments[0], source, at: arguments[1], id)
        }
        if isChecked, ["timestamp", "duration"].contains(function.name),
            case .literal(let text) = syntax[arguments[0]]
        {
            return emitTime(function, text, id)
        }
        let span = emitAll(arguments)
        functions.append(function)
        return add(.call(functions.count - 1, span), id)
    }

    private mutating func emitMatch(
        of text: Syntax.ID, _ source: String, at pattern: Syntax.ID, _ id: Syntax.ID
    ) -> Int {
        let base = emit(text)
        steps.append(emitPattern(source, at: pattern))
        stepRanges.append(syntax.ranges[id])
        return add(.chain(base, Code.Span(lower: steps.count - 1, upper: steps.count)), id)
    }

    /// A time written as a literal is read now, and a mistake in it is reported now.
    private mutating func emitTime(_ function: Function, _ text: Value, _ id: Syntax.ID) -> Int {
        var call = Call(name: function.name, arguments: [text], meter: Meter(limit: .max), zones: nil)
        let value = function.body(&call)
        if case .error(let error) = value {
            issues.append(Issue(.badLiteral, error.message, syntax.ranges[id]))
        }
        return constant(value, id)
    }

    // MARK: Steps

    private mutating func emitStep(_ id: Syntax.ID) -> Code.Step {
        switch syntax[id] {
        case .select(_, let field, let isOptional): return .select(name(field), isOptional: isOptional)
        case .presence(_, let field): return .presence(name(field))
        case .index(_, let key, let isOptional): return .index(emit(key), isOptional: isOptional)
        case .binary(let operation, _, let right): return emitBinary(operation, right)
        case .call(_, _, let arguments): return emitMemberCall(arguments, id)
        case .comprehension(_, let comprehension): return emitComprehension(comprehension, id)
        case .optionalMap(_, _, let body, let isFlat):
            return .optionalMap(firstLocal(id), body: emit(body), isFlat: isFlat)
        case .literal, .name, .list, .map, .logical, .not, .negate, .conditional, .bind:
            // Only nodes with a head are asked for.
            return failure("this stands for nothing")
        }
    }

    private mutating func failure(_ message: String) -> Code.Step {
        constants.append(.failure(.noSuchOverload, message))
        return .failure(constants.count - 1)
    }

    private mutating func name(_ field: String) -> Int {
        names.append(field)
        return names.count - 1
    }

    private mutating func emitBinary(_ operation: BinaryOperator, _ right: Syntax.ID) -> Code.Step {
        let right = emit(right)
        switch operation {
        case .add, .subtract, .multiply, .divide, .remainder: return .arithmetic(operation, right)
        case .less, .lessOrEqual, .greater, .greaterOrEqual: return .compare(operation, right)
        case .equal: return .equal(right, isNegated: false)
        case .notEqual: return .equal(right, isNegated: true)
        case .isIn: return .contained(in: right)
        }
    }

    private mutating func emitMemberCall(_ arguments: [Syntax.ID], _ id: Syntax.ID) -> Code.Step {
        guard case .function(let function, _) = checked.meanings[id] else {
            // The checker names the function of every call.
            return failure("there is no such function")
        }
        if function.name == "matches", case .literal(.string(let source)) = syntax[arguments[0]] {
            return emitPattern(source, at: arguments[0])
        }
        let span = emitAll(arguments)
        functions.append(function)
        return .call(functions.count - 1, span)
    }

    private mutating func emitPattern(_ source: String, at id: Syntax.ID) -> Code.Step {
        switch Pattern.compile(source) {
        case .success(let pattern): patterns.append(pattern)
        case .failure(let mistake): issues.append(Issue(.badPattern, mistake.message, syntax.ranges[id]))
        }
        return .matches(patterns.count - 1)
    }

    private mutating func emitComprehension(_ comprehension: Syntax.Comprehension, _ id: Syntax.ID)
        -> Code.Step
    {
        let code = Code.Comprehension(
            kind: comprehension.kind, firstLocal: firstLocal(id), variableCount: comprehension.names.count,
            filter: comprehension.filter.map { emit($0) }, body: emit(comprehension.body))
        comprehensions.append(code)
        return .comprehension(comprehensions.count - 1)
    }
}
