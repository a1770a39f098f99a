/// A condition as tests of slots, joined by connectives: the form that most conditions have, and that is evaluated
/// without allocating.
///
/// It gives what `Run` gives, or nothing: wherever an error or an uncommon kind of value shows, `Run` is asked
/// instead. What a plan may cost is known beforehand, so that nothing has to be counted on the way.
@usableFromInline
struct Plan: Sendable {
    /// The first is the whole; those below a connective stand in a row. Empty when the program has no such form.
    @usableFromInline let tests: [Test]
    /// The sides of comparisons that are more than a slot or a constant.
    @usableFromInline let operands: [Operand]
    @usableFromInline let constants: [Value]
    /// Constant texts that slots are compared with, all ASCII.
    @usableFromInline let texts: [String]
    /// The most that `Run` would charge for what the plan does.
    @usableFromInline let cost: Int

    /// The longest text, in bytes, that a plan compares; what comparing it costs is part of `cost`.
    @usableFromInline static let textLimit = 640

    /// One condition over slots. Places are those of the plan's lists.
    @usableFromInline
    enum Test: Sendable {
        case constant(Bool)
        /// A slot that is true or false.
        case flag(Int32)
        /// `has(…)` of a slot.
        case present(Int32)
        case double(Int32, Relation, Double)
        case int(Int32, Relation, Int64)
        case bool(Int32, isEqual: Bool, Bool)
        case text(Int32, isEqual: Bool, Int32)
        case slots(Int32, Relation, Int32)
        case values(Int32, Relation, Int32)
        case not(Int32)
        /// `&&` or `||` over the tests from one place up to another; the Boolean is the outcome that decides.
        case joined(deciding: Bool, Int32, Int32)
        case conditional(Int32, then: Int32, otherwise: Int32)
    }

    /// A side of a comparison.
    @usableFromInline
    enum Operand: Sendable {
        case slot(Int32)
        case constant(Int32)
        case negated(Int32)
        case arithmetic(Int32, BinaryOperator, Int32)
    }

    /// How two values are compared.
    @usableFromInline
    enum Relation: UInt8, Sendable {
        case less
        case lessOrEqual
        case greater
        case greaterOrEqual
        case equal
        case notEqual
    }

    /// What a test came to.
    @usableFromInline
    enum Outcome: Sendable {
        case holds
        case fails
        /// For want of the slots with these bits.
        case unknown(UInt64)
        /// An error, or what a plan does not do: `Run` tells.
        case other
    }
}

extension Plan.Relation {
    @inlinable @inline(__always)
    func holds<Number: Comparable>(_ left: Number, _ right: Number) -> Plan.Outcome {
        let isTrue =
            switch self {
            case .less: left < right
            case .lessOrEqual: left <= right
            case .greater: left > right
            case .greaterOrEqual: left >= right
            case .equal: left == right
            case .notEqual: left != right
            }
        return isTrue ? .holds : .fails
    }

    /// The outcome for values that are not equal and stand in no order; only equality can be asked of those.
    @inlinable
    var outcomeWhenDifferent: Plan.Outcome {
        switch self {
        case .equal: .fails
        case .notEqual: .holds
        case .less, .lessOrEqual, .greater, .greaterOrEqual: .other
        }
    }

    /// The relation with its sides exchanged.
    var mirrored: Plan.Relation {
        switch self {
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        case .equal, .notEqual: self
        }
    }
}
