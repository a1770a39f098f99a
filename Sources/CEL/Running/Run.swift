/// One evaluation under way.
struct Run {
    typealias SlotReader = (Int) -> Value

    let code: Code
    var meter: Meter
    /// The values of macro variables, by the place the checker gave them.
    var locals: [Value]

    init(_ code: Code, costLimit: Int) {
        self.code = code
        meter = Meter(limit: max(costLimit, 0))
        locals = code.localCount == 0 ? [] : Array(repeating: .null, count: code.localCount)
    }

    /// The value of the whole or of a part, paid for in full.
    ///
    /// A value may hold one list many times over. Its elements are paid for as often as they appear, so that
    /// whoever walks the result is not caught by one that is far larger than what was computed.
    mutating func result(of node: Int, _ read: SlotReader) -> Value {
        let value = value(of: node, read)
        return meter.payForAll(of: value) && !meter.isEmpty ? value : Call.tooExpensive
    }

    /// The value of one node. Each costs one unit at least.
    mutating func value(of node: Int, _ read: SlotReader) -> Value {
        guard meter.pay(1) else { return Call.tooExpensive }
        switch code.nodes[node] {
        case .constant(let place): return code.constants[place]
        case .slot(let slot): return self.slot(slot, read)
        case .local(let place): return locals[place]
        case .chain(let base, let span): return chain(base, span, read)
        case .logical(let logic, let span): return logical(logic, span, read)
        case .conditional(let condition, let then, let otherwise):
            return conditional(condition, then, otherwise, read).placed(at: code.nodeRanges[node])
        case .not, .negate, .list, .map, .call, .bind, .slotPresence:
            return rareValue(of: node, read).placed(at: code.nodeRanges[node])
        }
    }

    /// The nodes that small conditions seldom have, apart so that the common ones stay quick.
    private mutating func rareValue(of node: Int, _ read: SlotReader) -> Value {
        switch code.nodes[node] {
        case .not(let operand): return not(value(of: operand, read))
        case .negate(let operand): return Arithmetic.negate(value(of: operand, read))
        case .list(let span): return list(span, read)
        case .map(let span): return map(span, read)
        case .call(let function, let span):
            return call(code.functions[function], values(of: span, first: nil, read))
        case .bind(let local, let bound, let body):
            locals[local] = value(of: bound, read)
            return value(of: body, read)
        case .slotPresence(let slot): return presence(ofSlot: slot, read)
        case .constant, .slot, .local, .chain, .logical, .conditional: return .null
        }
    }

    // MARK: Slots

    @inline(__always)
    private func slot(_ slot: Int, _ read: SlotReader) -> Value {
        let value = read(slot)
        if case .unknown = value { return code.unknowns[slot] }
        return value
    }

    /// A slot is present unless it is null or its host says that there is no such key.
    private func presence(ofSlot slot: Int, _ read: SlotReader) -> Value {
        switch self.slot(slot, read) {
        case .null: return .bool(false)
        case .error(let error) where error.code == .noSuchKey || error.code == .noSuchField:
            return .bool(false)
        case .unknown(let slots): return .unknown(slots)
        case .error(let error): return .error(error)
        case .bool, .int, .uint, .double, .string, .bytes, .list, .map, .timestamp, .duration, .type,
            .optional:
            return .bool(true)
        }
    }

    // MARK: Chains

    private mutating func chain(_ base: Int, _ span: Code.Span, _ read: SlotReader) -> Value {
        var value = value(of: base, read)
        for place in span.places {
            guard meter.pay(1) else { return Call.tooExpensive }
            value = apply(code.steps[place], to: value, read)
            if case .error = value { value = value.placed(at: code.stepRanges[place]) }
        }
        return value
    }

    private mutating func apply(_ step: Code.Step, to value: Value, _ read: SlotReader) -> Value {
        switch step {
        case .compare(let operation, let right):
            return Comparison.apply(operation, value, self.value(of: right, read), &meter)
        case .equal(let right, let isNegated):
            return Comparison.equal(value, self.value(of: right, read), isNegated: isNegated, &meter)
        case .arithmetic(let operation, let right):
            return Arithmetic.apply(operation, value, self.value(of: right, read), &meter)
        case .contained(let right):
            return Comparison.contained(value, in: self.value(of: right, read), &meter)
        case .select(let name, let isOptional):
            return Access.select(code.names[name], of: value, isOptional: isOptional)
        case .presence(let name): return Access.presence(of: code.names[name], in: value)
        case .index(let key, let isOptional):
            return element(of: value, at: self.value(of: key, read), isOptional)
        case .call(let function, let span):
            return call(code.functions[function], values(of: span, first: value, read))
        case .matches(let pattern): return matches(code.patterns[pattern], value)
        case .comprehension(let place): return comprehend(code.comprehensions[place], over: value, read)
        case .optionalMap(let local, let body, let isFlat):
            return optionalMap(value, local, body, isFlat, read)
        case .failure(let place): return code.constants[place]
        }
    }

    private mutating func element(of value: Value, at key: Value, _ isOptional: Bool) -> Value {
        guard meter.pay(forKey: key) else { return Call.tooExpensive }
        return Access.element(of: value, at: key, isOptional: isOptional)
    }

    // MARK: Calls

    private mutating func values(of span: Code.Span, first: Value?, _ read: SlotReader) -> [Value] {
        var values = first.map { [$0] } ?? []
        values.reserveCapacity(values.count + span.places.count)
        for place in span.places { values.append(value(of: code.operands[place], read)) }
        return values
    }

    private mutating func call(_ function: Function, _ arguments: [Value]) -> Value {
        if let missing = Missing.among(arguments) { return missing }
        var call = Call(name: function.name, arguments: arguments, meter: meter, zones: code.zones)
        let result = function.body(&call)
        meter = call.meter
        return result
    }

    private mutating func matches(_ pattern: Pattern, _ value: Value) -> Value {
        guard case .string(let text) = value else {
            return value.isKnown ? .failure(.noSuchOverload, "`matches` needs a text") : value
        }
        return pattern.matches(text, &meter)
    }

    private mutating func optionalMap(
        _ value: Value, _ local: Int, _ body: Int, _ isFlat: Bool, _ read: SlotReader
    ) -> Value {
        guard case .optional(let held) = value else {
            return value.isKnown ? .failure(.noSuchOverload, "this needs an optional before the dot") : value
        }
        guard let held else { return value }
        locals[local] = held
        let result = self.value(of: body, read)
        return isFlat || !result.isKnown ? result : .optional(result)
    }
}

/// What stands for a result when operands are missing: unknown beats error, and the first error is kept.
enum Missing {
    static func among(_ values: [Value]) -> Value? {
        var missing: Value?
        for value in values where !value.isKnown { missing = missing.map { join($0, value) } ?? value }
        return missing
    }

    /// The stand-in for two operands, or nil when both are known.
    static func of(_ left: Value, _ right: Value) -> Value? {
        switch (left.isKnown, right.isKnown) {
        case (true, true): nil
        case (false, true): left
        case (true, false): right
        case (false, false): join(left, right)
        }
    }

    private static func join(_ first: Value, _ second: Value) -> Value {
        guard case .unknown(let more) = second else { return first }
        guard case .unknown(let slots) = first else { return second }
        return .unknown(slots.union(more))
    }
}
