/// The sets extension: lists taken as sets.
enum SetFunctions {
    static let all = [
        relation("sets.contains") { whole, part, meter in holds(whole, all: part, &meter) },
        relation("sets.equivalent") { one, other, meter in
            holds(one, all: other, &meter) && holds(other, all: one, &meter)
        },
        relation("sets.intersects") { one, other, meter in
            one.contains { has(other, $0, &meter) }
        },
    ]

    private typealias Relation = @Sendable ([Value], [Value], inout Meter) -> Bool

    private static func relation(_ name: String, _ body: @escaping Relation) -> Function {
        Function(name, [.global([.list(.a), .list(.a)], .bool)]) { call in
            guard case .list(let first) = call[0], case .list(let second) = call[1] else {
                return call.mismatch()
            }
            let result = body(first, second, &call.meter)
            return call.meter.isEmpty ? Call.tooExpensive : .bool(result)
        }
    }

    private static func holds(_ whole: [Value], all part: [Value], _ meter: inout Meter) -> Bool {
        part.allSatisfy { has(whole, $0, &meter) }
    }

    private static func has(_ list: [Value], _ value: Value, _ meter: inout Meter) -> Bool {
        list.contains { meter.pay(1) && $0.equals(value, &meter) }
    }
}
