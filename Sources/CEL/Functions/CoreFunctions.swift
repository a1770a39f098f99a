/// What every CEL has: sizes, texts within texts, types.
enum CoreFunctions {
    static let all = [size, type, dyn, contains, startsWith, endsWith, matches]

    private static let size = Function(
        "size",
        ([.string, .bytes, .list(.a), .map(.a, .b)] as [Type]).flatMap {
            [Signature.global([$0], .int), .member($0, [], .int)]
        }
    ) { call in
        switch call[0] {
        case .string(let text):
            guard call.meter.pay(bytes: text.utf8.count) else { return Call.tooExpensive }
            return .int(Int64(text.unicodeScalars.count))
        case .bytes(let bytes): return .int(Int64(bytes.count))
        case .list(let elements): return .int(Int64(elements.count))
        case .map(let map): return .int(Int64(map.count))
        case .null, .bool, .int, .uint, .double, .timestamp, .duration, .type, .optional, .unknown, .error:
            return call.mismatch()
        }
    }

    private static let type = Function("type", [.global([.a], .type(.a))]) { .type($0[0].typeName) }

    private static let dyn = Function("dyn", [.global([.a], .dyn)]) { $0[0] }

    private static let contains = textTest("contains") { text, part in
        // As UTF-8 never has one character inside another, a hit of bytes is a hit of characters.
        Places.first(of: Array(part.utf8), in: Array(text.utf8), from: 0) != nil
    }

    private static let startsWith = textTest("startsWith") { $0.utf8.starts(with: $1.utf8) }

    private static let endsWith = textTest("endsWith") { $0.utf8.reversed().starts(with: $1.utf8.reversed()) }

    private static func textTest(_ name: String, _ test: @escaping @Sendable (String, String) -> Bool)
        -> Function
    {
        Function(name, [.member(.string, [.string], .bool)]) { call in
            guard case .string(let text) = call[0], case .string(let part) = call[1] else {
                return call.mismatch()
            }
            guard call.meter.pay(bytes: text.utf8.count + part.utf8.count) else { return Call.tooExpensive }
            return .bool(test(text, part))
        }
    }

    private static let matches = Function(
        "matches", [.global([.string, .string], .bool), .member(.string, [.string], .bool)]
    ) { call in
        guard case .string(let text) = call[0], case .string(let source) = call[1] else {
            return call.mismatch()
        }
        guard call.meter.pay(bytes: source.utf8.count) else { return Call.tooExpensive }
        switch Pattern.compile(source) {
        case .success(let pattern): return pattern.matches(text, &call.meter)
        case .failure(let mistake): return .failure(.badPattern, mistake.message)
        }
    }
}
