/// The lists extension, and `reverse` of texts.
enum ListFunctions {
    static let all = [reverse, slice, flatten, distinct, sort, range, first, last]

    private static let reverse = Function(
        "reverse", [.member(.string, [], .string), .member(.list(.a), [], .list(.a))]
    ) { call in
        switch call[0] {
        case .string(let text):
            guard call.meter.pay(bytes: text.utf8.count) else { return Call.tooExpensive }
            return .string(String(scalars: text.unicodeScalars.reversed()))
        case .list(let elements):
            return call.meter.pay(elements.count) ? .list(elements.reversed()) : Call.tooExpensive
        case .null, .bool, .int, .uint, .double, .bytes, .map, .timestamp, .duration, .type, .optional,
            .unknown, .error:
            return call.mismatch()
        }
    }

    private static let slice = Function("slice", [.member(.list(.a), [.int, .int], .list(.a))]) { call in
        guard case .list(let elements) = call[0], case .int(let start) = call[1], case .int(let end) = call[2]
        else { return call.mismatch() }
        guard 0 <= start, start <= end, end <= elements.count else {
            return .failure(
                .indexOutOfBounds, "a list of \(elements.count) has no part from \(start) to \(end)")
        }
        guard call.meter.pay(Int(end - start)) else { return Call.tooExpensive }
        return .list(Array(elements[Int(start)..<Int(end)]))
    }

    private static let flatten = Function(
        "flatten", [.member(.list(.list(.a)), [], .list(.a)), .member(.list(.dyn), [.int], .list(.dyn))]
    ) { call in
        guard case .list(let elements) = call[0] else { return call.mismatch() }
        var levels: Int64 = 1
        if call.count > 1 {
            guard case .int(let given) = call[1] else { return call.mismatch() }
            guard given >= 0 else {
                return call.invalid("lists are flattened by a positive number of levels")
            }
            levels = given
        }
        var flat = elements
        // Until nothing is left to flatten: an expression can ask for more levels than anybody lives to see.
        while levels > 0, flat.contains(where: \.isList) {
            levels -= 1
            let size = flat.reduce(0) { $0 + ($1.listCount ?? 1) }
            guard call.meter.pay(size) else { return Call.tooExpensive }
            flat = flat.flatMap { if case .list(let inner) = $0 { inner } else { [$0] } }
        }
        return .list(flat)
    }

    private static let distinct = Function("distinct", [.member(.list(.a), [], .list(.a))]) { call in
        guard case .list(let elements) = call[0] else { return call.mismatch() }
        var kept: [Value] = []
        for element in elements {
            let isKnown = kept.contains { call.meter.pay(1) && $0.equals(element, &call.meter) }
            guard !call.meter.isEmpty else { return Call.tooExpensive }
            if !isKnown { kept.append(element) }
        }
        return .list(kept)
    }

    private static let sort = Function("sort", [.member(.list(.a), [], .list(.a))]) { call in
        guard case .list(let elements) = call[0] else { return call.mismatch() }
        return Sorting.sort(elements, by: elements, &call.meter)
    }

    private static let range = Function("lists.range", [.global([.int], .list(.int))]) { call in
        guard case .int(let count) = call[0] else { return call.mismatch() }
        guard count >= 0, call.meter.pay(Int(clamping: count)) else {
            return count < 0 ? call.invalid("a range has no negative length") : Call.tooExpensive
        }
        return .list((0..<count).map(Value.int))
    }

    private static let first = Function("first", [.member(.list(.a), [], .optional(.a))]) { call in
        if case .list(let elements) = call[0] { .optional(elements.first) } else { call.mismatch() }
    }

    private static let last = Function("last", [.member(.list(.a), [], .optional(.a))]) { call in
        if case .list(let elements) = call[0] { .optional(elements.last) } else { call.mismatch() }
    }
}

extension Value {
    fileprivate var isList: Bool { listCount != nil }

    fileprivate var listCount: Int? {
        if case .list(let elements) = self { elements.count } else { nil }
    }
}
