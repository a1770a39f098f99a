import CEL

/// A part of a condition that compares one thing with literals: `account.seats < 5`, `health.band in ["a", "b"]`,
/// `flag("x")`. Whatever is not of that shape is not judged by its values.
struct ConditionShape {
    struct Literal {
        var value: Value
        /// Of a text without its quotes; in UTF-8 offsets of the condition.
        var range: SourceRange
    }

    var operation: String
    var literals: [Literal]

    private enum Token {
        case reference(String)
        case literal(Literal)
        case sign(String)
    }

    /// Nil when the part is of another shape, or about something else than the reference.
    init?(_ source: String, _ range: SourceRange, about reference: String) {
        var scanner = Scanner(source, range)
        guard let tokens = scanner.tokens(), let found = Self.split(tokens, reference) else { return nil }
        (operation, literals) = found
    }

    private static func split(_ tokens: [Token], _ wanted: String) -> (String, [Literal])? {
        if tokens.count == 1, case .reference(wanted) = tokens[0] { return ("", []) }
        guard tokens.count >= 3 else { return nil }
        if case .reference(wanted) = tokens[0], case .sign(let sign) = tokens[1] {
            if tokens.count == 3, case .literal(let literal) = tokens[2], isComparison(sign) {
                return (sign, [literal])
            }
            return sign == "in" ? list(Array(tokens[2...])).map { ("in", $0) } : nil
        }
        guard tokens.count == 3, case .literal(let literal) = tokens[0], case .sign(let sign) = tokens[1],
            case .reference(wanted) = tokens[2], isComparison(sign)
        else { return nil }
        return (sign, [literal])
    }

    private static func isComparison(_ sign: String) -> Bool {
        ["==", "!=", "<", "<=", ">", ">="].contains(sign)
    }

    /// `[a, b]`
    private static func list(_ tokens: [Token]) -> [Literal]? {
        guard tokens.count >= 3, case .sign("[")? = tokens.first, case .sign("]")? = tokens.last else {
            return nil
        }
        var literals: [Literal] = []
        for (index, token) in tokens.dropFirst().dropLast().enumerated() {
            switch (token, index % 2) {
            case (.literal(let literal), 0): literals.append(literal)
            case (.sign(","), 1): break
            case (_, _): return nil
            }
        }
        return literals
    }
}

extension ConditionShape {
    /// Takes the text of a part to tokens; anything unexpected ends it.
    private struct Scanner {
        private let bytes: [UInt8]
        private let end: Int
        private var index: Int

        init(_ source: String, _ range: SourceRange) {
            bytes = Array(source.utf8)
            end = max(0, min(range.upper, bytes.count))
            index = max(0, min(range.lower, end))
        }

        mutating func tokens() -> [Token]? {
            var tokens: [Token] = []
            while let byte = peek() {
                guard byte != 0x20, byte != 0x0A else {
                    index += 1
                    continue
                }
                guard tokens.count < 200, let token = token(byte) else { return nil }
                tokens.append(token)
            }
            return Self.withoutBrackets(tokens)
        }

        private static func withoutBrackets(_ tokens: [Token]) -> [Token] {
            var rest = tokens[...]
            while rest.count > 2, case .sign("(")? = rest.first, case .sign(")")? = rest.last {
                rest = rest.dropFirst().dropLast()
            }
            return Array(rest)
        }

        private func peek(_ ahead: Int = 0) -> UInt8? { index + ahead < end ? bytes[index + ahead] : nil }

        private mutating func token(_ byte: UInt8) -> Token? {
            switch byte {
            case 0x22, 0x27: return text(byte).map { .literal($0) }
            case 0x30...0x39, 0x2D: return number().map { .literal($0) }
            case 0x3D, 0x21, 0x3C, 0x3E, 0x5B, 0x5D, 0x2C, 0x28, 0x29: return sign(byte)
            case _: return isWord(byte) ? word() : nil
            }
        }

        private mutating func sign(_ byte: UInt8) -> Token? {
            let isDouble = peek(1) == 0x3D && (byte == 0x3D || byte == 0x21 || byte == 0x3C || byte == 0x3E)
            let text = String(decoding: bytes[index..<(index + (isDouble ? 2 : 1))], as: UTF8.self)
            index += isDouble ? 2 : 1
            return .sign(text)
        }

        /// Without escapes, so that its bytes are its text.
        private mutating func text(_ quote: UInt8) -> Literal? {
            let start = index + 1
            guard let close = (start..<end).first(where: { bytes[$0] == quote || bytes[$0] == 0x5C }),
                bytes[close] == quote
            else { return nil }
            index = close + 1
            return Literal(
                value: .string(String(decoding: bytes[start..<close], as: UTF8.self)),
                range: SourceRange(lower: start, upper: close))
        }

        private mutating func number() -> Literal? {
            let start = index
            index += 1
            while let byte = peek(), (0x30...0x39).contains(byte) || byte == 0x2E { index += 1 }
            let text = String(decoding: bytes[start..<index], as: UTF8.self)
            let value: Value? =
                text.contains(".") ? Double(text).map { .double($0) } : Int64(text).map { .int($0) }
            if let next = peek(), isWord(next) { return nil }
            return value.map { Literal(value: $0, range: SourceRange(lower: start, upper: index)) }
        }

        private mutating func word() -> Token? {
            let start = index
            while let byte = peek(), isWord(byte) || byte == 0x2E { index += 1 }
            let name = String(decoding: bytes[start..<index], as: UTF8.self)
            switch name {
            case "in": return .sign("in")
            case "true", "false", "null":
                let value: Value = name == "null" ? .null : .bool(name == "true")
                return .literal(Literal(value: value, range: SourceRange(lower: start, upper: index)))
            case _: return peek() == 0x28 ? call(name) : .reference(name)
            }
        }

        /// `name("argument")` and perhaps `.field`, as references describe themselves.
        private mutating func call(_ name: String) -> Token? {
            index += 1
            while peek() == 0x20 { index += 1 }
            guard let quote = peek(), quote == 0x22 || quote == 0x27, let argument = text(quote),
                case .string(let written) = argument.value
            else { return nil }
            while peek() == 0x20 { index += 1 }
            guard peek() == 0x29 else { return nil }
            index += 1
            let start = index
            while let byte = peek(), isWord(byte) || byte == 0x2E { index += 1 }
            return .reference(
                "\(name)(\"\(written)\")" + String(decoding: bytes[start..<index], as: UTF8.self))
        }

        private func isWord(_ byte: UInt8) -> Bool {
            switch byte {
            case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0x5F: true
            case _: false
            }
        }
    }
}
