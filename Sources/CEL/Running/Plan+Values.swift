/// What plans do with less common values, kept out of their callers.
extension Plan {
    @usableFromInline
    func compareOthers(_ left: Value, _ relation: Relation, _ right: Value) -> Outcome {
        if let missing = Missing.of(left, right) {
            guard case .unknown(let slots) = missing else { return .other }
            return .unknown(slots.bits)
        }
        guard left.isShort, right.isShort else { return .other }
        switch relation {
        case .equal: return left.celEquals(right) ? .holds : .fails
        case .notEqual: return left.celEquals(right) ? .fails : .holds
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            return left.order(against: right).map(relation.outcome) ?? .other
        }
    }

    @usableFromInline
    func negate(_ operand: Value) -> Value { Arithmetic.negate(operand) }

    /// The result of what costs nothing but itself. Sums of texts and lists, which cost, end as an error.
    @usableFromInline
    func calculate(_ operation: BinaryOperator, _ left: Value, _ right: Value) -> Value {
        if case .double(let a) = left, case .double(let b) = right {
            switch operation {
            case .add: return .double(a + b)
            case .subtract: return .double(a - b)
            case .multiply: return .double(a * b)
            case .divide: return .double(a / b)
            case .remainder, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .isIn: break
            }
        }
        var nothing = Meter(limit: 0)
        return Arithmetic.apply(operation, left, right, &nothing)
    }
}

extension Plan.Relation {
    fileprivate func outcome(for order: Ordering) -> Plan.Outcome {
        let isTrue =
            switch self {
            case .less: order == .before
            case .lessOrEqual: order == .before || order == .same
            case .greater: order == .after
            case .greaterOrEqual: order == .after || order == .same
            case .equal: order == .same
            case .notEqual: order != .same
            }
        return isTrue ? .holds : .fails
    }
}

extension Value {
    /// Whether comparing the value costs no more than a plan allows for.
    fileprivate var isShort: Bool {
        switch self {
        case .null, .bool, .int, .uint, .double, .timestamp, .duration: true
        case .string(let text): text.utf8.count <= Plan.textLimit
        case .bytes, .list, .map, .type, .optional, .unknown, .error: false
        }
    }
}
