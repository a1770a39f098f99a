/// The math extension.
enum MathFunctions {
    static let all = [
        extreme("math.greatest", keeping: .after), extreme("math.least", keeping: .before),
        rounding("math.ceil") { $0.rounded(.up) }, rounding("math.floor") { $0.rounded(.down) },
        rounding("math.round") { $0.rounded(.toNearestOrAwayFromZero) },
        rounding("math.trunc") { $0.rounded(.towardZero) },
        test("math.isNaN", \.isNaN), test("math.isInf", \.isInfinite), test("math.isFinite", \.isFinite),
        abs, sign, sqrt,
        bits("math.bitAnd", { $0 & $1 }, { $0 & $1 }), bits("math.bitOr", { $0 | $1 }, { $0 | $1 }),
        bits("math.bitXor", { $0 ^ $1 }, { $0 ^ $1 }), bitNot,
        shift("math.bitShiftLeft") { $0 << $1 }, shift("math.bitShiftRight") { $0 >> $1 },
    ]

    private static let kinds: [Type] = [.int, .uint, .double]

    // MARK: Extremes

    private static func extreme(_ name: String, keeping wanted: Ordering) -> Function {
        let rows = kinds.flatMap { [Signature.global([$0], $0, variadic: true), .global([.list($0)], $0)] }
        let mixed: [Signature] = [.global([.dyn], .dyn, variadic: true)]
        return Function(name, rows + mixed) { call in
            var values = call.arguments
            if case .list(let elements) = call[0], call.count == 1 { values = elements }
            guard call.meter.pay(values.count) else { return Call.tooExpensive }
            guard var best = values.first, best.numericOrder(against: best) != nil else {
                return call.mismatch()
            }
            for value in values.dropFirst() {
                guard let order = value.numericOrder(against: best) else { return call.mismatch() }
                if order == wanted { best = value }
            }
            return best
        }
    }

    // MARK: Doubles

    private static func rounding(_ name: String, _ body: @escaping @Sendable (Double) -> Double) -> Function {
        Function(name, [.global([.double], .double)]) { call in
            if case .double(let number) = call[0] { .double(body(number)) } else { call.mismatch() }
        }
    }

    private static func test(_ name: String, _ body: @escaping @Sendable (Double) -> Bool) -> Function {
        Function(name, [.global([.double], .bool)]) { call in
            if case .double(let number) = call[0] { .bool(body(number)) } else { call.mismatch() }
        }
    }

    private static let sqrt = Function("math.sqrt", kinds.map { .global([$0], .double) }) { call in
        call[0].asDouble.map { .double($0.squareRoot()) } ?? call.mismatch()
    }

    // MARK: Signs

    private static let abs = Function("math.abs", kinds.map { .global([$0], $0) }) { call in
        switch call[0] {
        case .int(let number): Int64(exactly: number.magnitude).map(Value.int) ?? Arithmetic.overflowed
        case .uint: call[0]
        case .double(let number): .double(number.magnitude)
        case .null, .bool, .string, .bytes, .list, .map, .timestamp, .duration, .type, .optional, .unknown,
            .error:
            call.mismatch()
        }
    }

    private static let sign = Function("math.sign", kinds.map { .global([$0], $0) }) { call in
        switch call[0] {
        case .int(let number): .int(number.signum())
        case .uint(let number): .uint(number == 0 ? 0 : 1)
        case .double(let number): .double(number > 0 ? 1 : number < 0 ? -1 : number)
        case .null, .bool, .string, .bytes, .list, .map, .timestamp, .duration, .type, .optional, .unknown,
            .error:
            call.mismatch()
        }
    }

    // MARK: Bits

    private static func bits(
        _ name: String, _ signed: @escaping @Sendable (Int64, Int64) -> Int64,
        _ unsigned: @escaping @Sendable (UInt64, UInt64) -> UInt64
    ) -> Function {
        Function(name, [.global([.int, .int], .int), .global([.uint, .uint], .uint)]) { call in
            switch (call[0], call[1]) {
            case (.int(let a), .int(let b)): .int(signed(a, b))
            case (.uint(let a), .uint(let b)): .uint(unsigned(a, b))
            case (_, _): call.mismatch()
            }
        }
    }

    private static let bitNot = Function("math.bitNot", [.global([.int], .int), .global([.uint], .uint)]) {
        call in
        if case .int(let number) = call[0] { return .int(~number) }
        if case .uint(let number) = call[0] { return .uint(~number) }
        return call.mismatch()
    }

    /// Shifts move bits, not amounts: zeros come in on both sides, and from 64 places on nothing is left.
    private static func shift(_ name: String, _ body: @escaping @Sendable (UInt64, Int64) -> UInt64)
        -> Function
    {
        Function(name, [.global([.int, .int], .int), .global([.uint, .int], .uint)]) { call in
            guard case .int(let places) = call[1] else { return call.mismatch() }
            guard places >= 0 else { return call.invalid("bits are shifted by a positive number of places") }
            let places64 = min(places, 64)
            if case .int(let number) = call[0] {
                return .int(Int64(bitPattern: body(UInt64(bitPattern: number), places64)))
            }
            if case .uint(let number) = call[0] { return .uint(body(number, places64)) }
            return call.mismatch()
        }
    }
}
