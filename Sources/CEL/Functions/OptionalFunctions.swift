/// Optionals: values that may be absent.
enum OptionalFunctions {
    static let all = [of, none, ofNonZeroValue, hasValue, value, or, orValue, unwrap, unwrapOpt]

    private static let of = Function("optional.of", [.global([.a], .optional(.a))]) { .optional($0[0]) }

    private static let none = Function("optional.none", [.global([], .optional(.a))]) { _ in .optional(nil) }

    private static let ofNonZeroValue = Function("optional.ofNonZeroValue", [.global([.a], .optional(.a))]) {
        call in
        .optional(call[0].isZero ? nil : call[0])
    }

    private static let hasValue = Function("hasValue", [.member(.optional(.a), [], .bool)]) { call in
        guard case .optional(let held) = call[0] else { return call.mismatch() }
        return .bool(held != nil)
    }

    private static let value = Function("value", [.member(.optional(.a), [], .a)]) { call in
        guard case .optional(let held) = call[0] else { return call.mismatch() }
        return held ?? call.invalid("this optional holds no value")
    }

    private static let or = Function("or", [.member(.optional(.a), [.optional(.a)], .optional(.a))]) { call in
        guard case .optional(let held) = call[0], case .optional = call[1] else { return call.mismatch() }
        return held == nil ? call[1] : call[0]
    }

    private static let orValue = Function("orValue", [.member(.optional(.a), [.a], .a)]) { call in
        guard case .optional(let held) = call[0] else { return call.mismatch() }
        return held ?? call[1]
    }

    private static let unwrap = Function(
        "optional.unwrap", [.global([.list(.optional(.a))], .list(.a))], body: held)

    private static let unwrapOpt = Function(
        "unwrapOpt", [.member(.list(.optional(.a)), [], .list(.a))], body: held)

    /// What the optionals of a list hold.
    @Sendable private static func held(_ call: inout Call) -> Value {
        guard case .list(let elements) = call[0], call.meter.pay(elements.count) else {
            return call.mismatch()
        }
        return .list(elements.compactMap { if case .optional(let held) = $0 { held } else { nil } })
    }
}

extension Value {
    /// Whether this is what a field of its type holds before anything was put there.
    fileprivate var isZero: Bool {
        switch self {
        case .null: true
        case .bool(let truth): !truth
        case .int(let number): number == 0
        case .uint(let number): number == 0
        case .double(let number): number == 0
        case .string(let text): text.isEmpty
        case .bytes(let bytes): bytes.isEmpty
        case .list(let elements): elements.isEmpty
        case .map(let map): map.count == 0
        case .timestamp(let instant): instant.nanosecondsSinceEpoch == 0
        case .duration(let span): span.totalNanoseconds == 0
        case .optional(let held): held == nil
        case .type, .unknown, .error: false
        }
    }
}
