/// The connectives: true and false as ever, unknown as the third value, errors behind it.
extension Run {
    /// `&&` or `||` over all operands: one that decides wins, then unknown, then the first error.
    mutating func logical(_ logic: Logic, _ span: Code.Span, _ read: SlotReader) -> Value {
        var verdict = Verdict(logic)
        for place in span.places {
            let operand = code.operands[place]
            if verdict.take(value(of: operand, read), at: code.nodeRanges[operand]) { break }
        }
        return verdict.value
    }

    func not(_ operand: Value) -> Value {
        switch operand {
        case .bool(let truth): .bool(!truth)
        case .unknown, .error: operand
        case .null, .int, .uint, .double, .string, .bytes, .list, .map, .timestamp, .duration, .type,
            .optional:
            .failure(.noSuchOverload, "there is no `!` for \(operand.typeName)")
        }
    }

    mutating func conditional(_ condition: Int, _ then: Int, _ otherwise: Int, _ read: SlotReader) -> Value {
        let outcome = value(of: condition, read)
        switch outcome {
        case .bool(let truth): return value(of: truth ? then : otherwise, read)
        case .unknown, .error: return outcome
        case .null, .int, .uint, .double, .string, .bytes, .list, .map, .timestamp, .duration, .type,
            .optional:
            return .failure(.noSuchOverload, "`?` needs a condition before it, not \(outcome.typeName)")
        }
    }
}

/// What a row of operands joined by one connective comes to, so far.
struct Verdict {
    private let deciding: Bool
    private var isDecided = false
    private var unknown: UnknownSet?
    private var failure: Value?

    /// `||` is decided by true, `&&` by false.
    init(_ logic: Logic) { deciding = logic == .or }

    /// Adds an operand; true when nothing after it matters.
    mutating func take(_ operand: Value, at range: SourceRange) -> Bool {
        switch operand {
        case .bool(let truth): isDecided = truth == deciding
        case .unknown(let slots): unknown = unknown?.union(slots) ?? slots
        case .error: failure = failure ?? operand
        case .null, .int, .uint, .double, .string, .bytes, .list, .map, .timestamp, .duration, .type,
            .optional:
            let message = "a condition is true or false, not \(operand.typeName)"
            failure = failure ?? Value.failure(.noSuchOverload, message).placed(at: range)
        }
        return isDecided
    }

    var value: Value {
        if isDecided { return .bool(deciding) }
        if let unknown { return .unknown(unknown) }
        return failure ?? .bool(!deciding)
    }
}
