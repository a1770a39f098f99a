/// One way to call a function: the types it takes and the one it gives.
struct Signature: Sendable {
    let parameters: [Type]
    let result: Type
    /// Whether the first parameter stands before the dot.
    let isMember: Bool
    /// Whether the last parameter may be given any number of times, at least once.
    let isVariadic: Bool

    /// `name(parameters) -> result`
    static func global(_ parameters: [Type], _ result: Type, variadic: Bool = false) -> Signature {
        Signature(parameters: parameters, result: result, isMember: false, isVariadic: variadic)
    }

    /// `receiver.name(parameters) -> result`
    static func member(_ receiver: Type, _ parameters: [Type] = [], _ result: Type) -> Signature {
        Signature(parameters: [receiver] + parameters, result: result, isMember: true, isVariadic: false)
    }

    /// The parameters when called with `count` arguments.
    func parameters(for count: Int) -> [Type] {
        guard isVariadic, let last = parameters.last, count > parameters.count else { return parameters }
        return parameters + Array(repeating: last, count: count - parameters.count)
    }
}

extension Type {
    /// Stands for any one type within a signature.
    static let a = Type.variable(0)
    /// A second one.
    static let b = Type.variable(1)
}

/// The ways to apply the operators between two values.
enum OperatorSignatures {
    static func of(_ operation: BinaryOperator) -> [Signature] {
        switch operation {
        case .add: addition
        case .subtract: subtraction
        case .multiply, .divide: numbers([.int, .uint, .double])
        case .remainder: numbers([.int, .uint])
        case .equal, .notEqual: [.global([.a, .a], .bool)]
        case .less, .lessOrEqual, .greater, .greaterOrEqual: ordering
        case .isIn: [.global([.a, .list(.a)], .bool), .global([.a, .map(.a, .b)], .bool)]
        }
    }

    private static func numbers(_ types: [Type]) -> [Signature] { types.map { .global([$0, $0], $0) } }

    private static let addition =
        numbers([.int, .uint, .double, .string, .bytes, .duration])
        + [
            .global([.list(.a), .list(.a)], .list(.a)),
            .global([.timestamp, .duration], .timestamp), .global([.duration, .timestamp], .timestamp),
        ]

    private static let subtraction =
        numbers([.int, .uint, .double, .duration])
        + [.global([.timestamp, .timestamp], .duration), .global([.timestamp, .duration], .timestamp)]

    private static let ordering =
        ([.bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration] as [Type])
        .map { Signature.global([$0, $0], .bool) }
}
