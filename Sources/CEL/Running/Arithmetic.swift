/// `+`, `-`, `*`, `/` and `%`. Nothing wraps around: what does not fit is an error.
enum Arithmetic {
    static func apply(_ operation: BinaryOperator, _ left: Value, _ right: Value, _ meter: inout Meter)
        -> Value
    {
        switch (left, right) {
        case (.int(let a), .int(let b)): return integers(operation, a, b, Value.int)
        case (.uint(let a), .uint(let b)): return integers(operation, a, b, Value.uint)
        case (.double(let a), .double(let b)):
            return doubles(operation, a, b) ?? noOverload(operation, left, right)
        case (_, _): break
        }
        if let missing = Missing.of(left, right) { return missing }
        let joined = operation == .add ? join(left, right, &meter) : nil
        return joined ?? TimeArithmetic.apply(operation, left, right) ?? noOverload(operation, left, right)
    }

    private static func noOverload(_ operation: BinaryOperator, _ left: Value, _ right: Value) -> Value {
        Comparison.noOverload(operation, left, right)
    }

    static func negate(_ operand: Value) -> Value {
        switch operand {
        case .int(let number):
            let (result, overflow) = Int64(0).subtractingReportingOverflow(number)
            return overflow ? overflowed : .int(result)
        case .double(let number): return .double(-number)
        case .duration(let span):
            return Duration(nanoseconds: -span.totalNanoseconds).map(Value.duration) ?? overflowed
        case .unknown, .error: return operand
        case .null, .bool, .uint, .string, .bytes, .list, .map, .timestamp, .type, .optional:
            return .failure(.noSuchOverload, "there is no `-` for \(operand.typeName)")
        }
    }

    static let overflowed = Value.failure(.overflow, "the result does not fit")
    private static let dividedByZero = Value.failure(.divisionByZero, "division by zero")

    private static func integers<Number: FixedWidthInteger>(
        _ operation: BinaryOperator, _ a: Number, _ b: Number, _ wrap: (Number) -> Value
    ) -> Value {
        let (result, overflow): (Number, Bool)
        switch operation {
        case .add: (result, overflow) = a.addingReportingOverflow(b)
        case .subtract: (result, overflow) = a.subtractingReportingOverflow(b)
        case .multiply: (result, overflow) = a.multipliedReportingOverflow(by: b)
        case .divide:
            guard b != 0 else { return dividedByZero }
            (result, overflow) = a.dividedReportingOverflow(by: b)
        case .remainder:
            guard b != 0 else { return dividedByZero }
            (result, overflow) = a.remainderReportingOverflow(dividingBy: b)
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .isIn:
            return noOverload(operation, wrap(a), wrap(b))
        }
        return overflow ? overflowed : wrap(result)
    }

    private static func doubles(_ operation: BinaryOperator, _ a: Double, _ b: Double) -> Value? {
        switch operation {
        case .add: .double(a + b)
        case .subtract: .double(a - b)
        case .multiply: .double(a * b)
        case .divide: .double(a / b)
        case .remainder, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .isIn: nil
        }
    }

    /// `+` of texts, bytes and lists; paid for by what is written.
    private static func join(_ left: Value, _ right: Value, _ meter: inout Meter) -> Value? {
        switch (left, right) {
        case (.string(let a), .string(let b)):
            return meter.pay(bytes: a.utf8.count + b.utf8.count) ? .string(a + b) : Call.tooExpensive
        case (.bytes(let a), .bytes(let b)):
            return meter.pay(bytes: a.count + b.count) ? .bytes(a + b) : Call.tooExpensive
        case (.list(let a), .list(let b)):
            return meter.pay(a.count + b.count) ? .list(a + b) : Call.tooExpensive
        case (_, _): return nil
        }
    }
}

/// Sums and differences of instants and spans.
enum TimeArithmetic {
    static func apply(_ operation: BinaryOperator, _ left: Value, _ right: Value) -> Value? {
        let sign: Int128
        switch operation {
        case .add: sign = 1
        case .subtract: sign = -1
        case .multiply, .divide, .remainder, .equal, .notEqual, .less, .lessOrEqual, .greater,
            .greaterOrEqual, .isIn:
            return nil
        }
        switch (left, right) {
        case (.timestamp(let a), .duration(let b)):
            return instant(a.nanosecondsSinceEpoch + sign * b.totalNanoseconds)
        case (.duration(let a), .timestamp(let b)) where sign > 0:
            return instant(a.totalNanoseconds + b.nanosecondsSinceEpoch)
        case (.duration(let a), .duration(let b)): return span(a.totalNanoseconds + sign * b.totalNanoseconds)
        case (.timestamp(let a), .timestamp(let b)) where sign < 0:
            return difference(a.nanosecondsSinceEpoch - b.nanosecondsSinceEpoch)
        case (_, _): return nil
        }
    }

    private static func instant(_ nanoseconds: Int128) -> Value {
        Timestamp(nanosecondsSinceEpoch: nanoseconds).map(Value.timestamp) ?? Arithmetic.overflowed
    }

    private static func span(_ nanoseconds: Int128) -> Value {
        Duration(nanoseconds: nanoseconds).map(Value.duration) ?? Arithmetic.overflowed
    }

    /// The specification keeps the distance of two instants within 64 bits of nanoseconds, some 292 years.
    private static func difference(_ nanoseconds: Int128) -> Value {
        Int64(exactly: nanoseconds) == nil ? Arithmetic.overflowed : span(nanoseconds)
    }
}
