/// The strings extension. Places in a text count code points.
enum TextFunctions {
    static let all = [
        charAt, indexOf, lastIndexOf, join, lowerAscii, upperAscii, replace, split, substring, trim, quote,
        TextFormat.function,
    ]

    private static func outOfRange(_ index: Int64) -> Value {
        .failure(.indexOutOfBounds, "there is no place \(index) in this text")
    }

    /// The text's code points, paid for.
    private static func scalars(_ value: Value, _ call: inout Call) -> [Unicode.Scalar]? {
        guard case .string(let text) = value, call.meter.pay(bytes: text.utf8.count) else { return nil }
        return Array(text.unicodeScalars)
    }

    /// The answer when an argument was no text or there was nothing left to pay for it.
    private static func refusal(_ call: Call) -> Value {
        call.meter.isEmpty ? Call.tooExpensive : call.mismatch()
    }

    private static let charAt = Function("charAt", [.member(.string, [.int], .string)]) { call in
        guard case .int(let index) = call[1], let text = scalars(call[0], &call) else { return refusal(call) }
        guard index >= 0, index <= text.count else { return outOfRange(index) }
        return .string(index == text.count ? "" : String(Character(text[Int(index)])))
    }

    // MARK: Searching

    private static let indexOf = search("indexOf", defaultStart: { _, _ in 0 }) { part, text, start in
        guard start + part.count <= text.count else { return nil }
        return Places.first(of: part, in: text, from: start)
    }

    private static let lastIndexOf = search("lastIndexOf", defaultStart: { $0 - $1 }) { part, text, start in
        let end = min(start + part.count, text.count)
        let found = Places.first(of: part.reversed(), in: text[..<end].reversed(), from: 0)
        return found.map { end - $0 - part.count }
    }

    private typealias Search = @Sendable ([Unicode.Scalar], [Unicode.Scalar], Int) -> Int?

    private static func search(
        _ name: String, defaultStart: @escaping @Sendable (Int, Int) -> Int, _ find: @escaping Search
    ) -> Function {
        Function(name, [.member(.string, [.string], .int), .member(.string, [.string, .int], .int)]) { call in
            guard let text = scalars(call[0], &call), let part = scalars(call[1], &call) else {
                return refusal(call)
            }
            var start = defaultStart(text.count, part.count)
            if call.count > 2 {
                guard case .int(let index) = call[2] else { return call.mismatch() }
                guard index >= 0, index <= text.count else { return outOfRange(index) }
                start = Int(index)
            }
            guard start >= 0 else { return .int(-1) }
            return .int(Int64(find(part, text, start) ?? -1))
        }
    }

    // MARK: Taking apart and putting together

    private static let substring = Function(
        "substring", [.member(.string, [.int], .string), .member(.string, [.int, .int], .string)]
    ) { call in
        guard case .int(let start) = call[1], let text = scalars(call[0], &call) else { return refusal(call) }
        var end = Int64(text.count)
        if call.count > 2 {
            guard case .int(let given) = call[2] else { return call.mismatch() }
            end = given
        }
        guard start >= 0, start <= text.count else { return outOfRange(start) }
        guard end >= start, end <= text.count else { return outOfRange(end) }
        return .string(String(scalars: text[Int(start)..<Int(end)]))
    }

    private static let join = Function(
        "join", [.member(.list(.string), [], .string), .member(.list(.string), [.string], .string)]
    ) { call in
        guard case .list(let elements) = call[0] else { return call.mismatch() }
        var separator = ""
        if call.count > 1 {
            guard case .string(let given) = call[1] else { return call.mismatch() }
            separator = given
        }
        let texts = elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
        guard texts.count == elements.count else { return call.mismatch() }
        return joined(texts, separator, &call)
    }

    private static func joined(_ texts: [String], _ separator: String, _ call: inout Call) -> Value {
        let separators = separator.utf8.count.multipliedReportingOverflow(by: max(texts.count - 1, 0))
        let size = texts.reduce(0) { $0 + $1.utf8.count }
        guard !separators.overflow, call.meter.pay(texts.count),
            call.meter.pay(bytes: separators.partialValue),
            call.meter.pay(bytes: size)
        else { return Call.tooExpensive }
        return .string(texts.joined(separator: separator))
    }

    private static let split = Function(
        "split",
        [.member(.string, [.string], .list(.string)), .member(.string, [.string, .int], .list(.string))]
    ) { call in
        guard let text = scalars(call[0], &call), let separator = scalars(call[1], &call) else {
            return refusal(call)
        }
        guard let limit = limit(at: 2, call) else { return call.mismatch() }
        if limit == 0 { return .list([]) }
        guard call.meter.pay(text.count) else { return Call.tooExpensive }
        return .list(Places.pieces(of: text, by: separator, atMost: limit).map(Value.string))
    }

    /// An optional count; negative counts and none at all mean as many as there are.
    private static func limit(at place: Int, _ call: Call) -> Int? {
        guard call.count > place else { return .max }
        guard case .int(let given) = call[place] else { return nil }
        return given < 0 ? .max : Int(clamping: given)
    }

    private static let replace = Function(
        "replace",
        [
            .member(.string, [.string, .string], .string),
            .member(.string, [.string, .string, .int], .string),
        ]
    ) { call in
        guard let text = scalars(call[0], &call), let old = scalars(call[1], &call),
            case .string(let new) = call[2]
        else { return refusal(call) }
        guard let limit = limit(at: 3, call) else { return call.mismatch() }
        if limit == 0 { return call[0] }
        guard call.meter.pay(text.count) else { return Call.tooExpensive }
        let pieces = Places.pieces(
            of: text, by: old, atMost: limit == .max ? .max : limit + 1, aroundEach: true)
        return joined(pieces, new, &call)
    }

    // MARK: Changing letters

    private static let lowerAscii = change("lowerAscii") { text in
        text.map { ("A"..."Z").contains($0) ? Unicode.Scalar(UInt8($0.value) + 32) : $0 }[...]
    }

    private static let upperAscii = change("upperAscii") { text in
        text.map { ("a"..."z").contains($0) ? Unicode.Scalar(UInt8($0.value) - 32) : $0 }[...]
    }

    private static let trim = change("trim") { text in
        let isBlank: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
        guard let first = text.firstIndex(where: { !isBlank($0) }),
            let last = text.lastIndex(where: { !isBlank($0) })
        else { return [] }
        return text[first...last]
    }

    private static func change(
        _ name: String, _ body: @escaping @Sendable ([Unicode.Scalar]) -> ArraySlice<Unicode.Scalar>
    ) -> Function {
        Function(name, [.member(.string, [], .string)]) { call in
            guard let text = scalars(call[0], &call) else { return refusal(call) }
            return .string(String(scalars: body(text)))
        }
    }

    private static let quote = Function("strings.quote", [.global([.string], .string)]) { call in
        guard let text = scalars(call[0], &call), call.meter.pay(bytes: text.count * 2) else {
            return refusal(call)
        }
        return .string(quoted(text))
    }

    /// A text literal of these code points.
    static func quoted(_ text: some Sequence<Unicode.Scalar>) -> String {
        var quoted = "\""
        for scalar in text {
            if let escape = escapes[scalar] { quoted += escape } else { quoted.unicodeScalars.append(scalar) }
        }
        return quoted + "\""
    }

    private static let escapes: [Unicode.Scalar: String] = [
        "\u{7}": "\\a", "\u{8}": "\\b", "\u{C}": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\u{B}": "\\v",
        "\\": "\\\\", "\"": "\\\"",
    ]
}

extension String {
    /// A text of these code points.
    init(scalars: some Sequence<Unicode.Scalar>) {
        var view = UnicodeScalarView()
        view.append(contentsOf: scalars)
        self = String(view)
    }
}
