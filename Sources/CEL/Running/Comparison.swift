/// `<`, `<=`, `>`, `>=`, `==`, `!=` and `in`.
enum Comparison {
    static func apply(_ operation: BinaryOperator, _ left: Value, _ right: Value, _ meter: inout Meter)
        -> Value
    {
        if case .string(let text) = left, !meter.pay(bytes: text.utf8.count) { return Call.tooExpensive }
        if let order = left.order(against: right) { return .bool(operation.holds(for: order)) }
        return Missing.of(left, right) ?? noOverload(operation, left, right)
    }

    static func equal(_ left: Value, _ right: Value, isNegated: Bool, _ meter: inout Meter) -> Value {
        if let missing = Missing.of(left, right) { return missing }
        let isEqual = left.equals(right, &meter)
        return meter.isEmpty ? Call.tooExpensive : .bool(isEqual != isNegated)
    }

    static func contained(_ value: Value, in collection: Value, _ meter: inout Meter) -> Value {
        if let missing = Missing.of(value, collection) { return missing }
        switch collection {
        case .list(let elements):
            let isIn = elements.contains { meter.pay(1) && value.equals($0, &meter) }
            return meter.isEmpty ? Call.tooExpensive : .bool(isIn)
        case .map(let map): return meter.pay(forKey: value) ? .bool(map[value] != nil) : Call.tooExpensive
        case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .type, .optional,
            .unknown,
            .error:
            return noOverload(.isIn, value, collection)
        }
    }

    static func noOverload(_ operation: BinaryOperator, _ left: Value, _ right: Value) -> Value {
        .failure(
            .noSuchOverload, "there is no `\(operation.rawValue)` for \(left.typeName) and \(right.typeName)")
    }
}

extension BinaryOperator {
    /// Whether the comparison is true of values in this order.
    @inline(__always)
    func holds(for order: Ordering) -> Bool {
        switch self {
        case .less: order == .before
        case .lessOrEqual: order == .before || order == .same
        case .greater: order == .after
        case .greaterOrEqual: order == .after || order == .same
        case .equal: order == .same
        case .notEqual: order != .same
        case .add, .subtract, .multiply, .divide, .remainder, .isIn: false
        }
    }
}
