/// How a text literal was opened.
struct TextOpening {
    let length: Int
    let quote: UInt8
    let isTriple: Bool
    let isRaw: Bool
    let isBytes: Bool
}

extension Lexer {
    /// The opening of a text literal at the current place, if one begins here: `b` for bytes, then `r` for
    /// raw, then quotes.
    func textOpening() -> TextOpening? {
        var length = 0
        var isRaw = false
        var isBytes = false
        while let byte = peek(length), length < 2 {
            if byte | 0x20 == UInt8(ascii: "r"), !isRaw {
                isRaw = true
            } else if byte | 0x20 == UInt8(ascii: "b"), !isBytes, !isRaw {
                isBytes = true
            } else {
                break
            }
            length += 1
        }
        guard let quote = peek(length), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            return nil
        }
        let isTriple = peek(length + 1) == quote && peek(length + 2) == quote
        return TextOpening(
            length: length + (isTriple ? 3 : 1), quote: quote, isTriple: isTriple, isRaw: isRaw,
            isBytes: isBytes)
    }

    /// A whole text literal.
    mutating func text(_ opening: TextOpening) throws(Issue) -> Token.Kind {
        let start = position
        position += opening.length
        var content: [UInt8] = []
        while !closes(opening) {
            guard let byte = peek(), byte != 0 || opening.isBytes else {
                throw syntax("this text is not closed", from: start)
            }
            if byte == UInt8(ascii: "\\"), !opening.isRaw {
                try appendEscape(to: &content, opening)
            } else if !opening.isTriple, byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                throw syntax("a line can end only in a text between triple quotes", from: start)
            } else {
                content.append(byte)
                position += 1
            }
        }
        position += opening.isTriple ? 3 : 1
        return opening.isBytes ? .bytes(content) : .string(String(decoding: content, as: UTF8.self))
    }

    private func closes(_ opening: TextOpening) -> Bool {
        guard peek() == opening.quote else { return false }
        return !opening.isTriple || (peek(1) == opening.quote && peek(2) == opening.quote)
    }

    private mutating func appendEscape(to content: inout [UInt8], _ opening: TextOpening) throws(Issue) {
        let start = position
        guard let letter = peek(1) else { throw syntax("a text can not end with a backslash", from: start) }
        position += 2
        switch letter {
        case UInt8(ascii: "x"), UInt8(ascii: "X"):
            let amount = try digits(2, radix: 16, from: start)
            try append(amount, to: &content, opening, from: start)
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            guard !opening.isBytes else { throw syntax("bytes know no `\\u`; write `\\x`", from: start) }
            let count = letter == UInt8(ascii: "u") ? 4 : 8
            let amount = try digits(count, radix: 16, from: start)
            try append(amount, to: &content, opening, from: start)
        case UInt8(ascii: "0")...UInt8(ascii: "3"):
            position -= 1
            let amount = try digits(3, radix: 8, from: start)
            try append(amount, to: &content, opening, from: start)
        default:
            guard let byte = Self.simpleEscapes[letter] else { throw syntax("unknown escape", from: start) }
            content.append(byte)
        }
    }

    private mutating func digits(_ count: Int, radix: Int, from start: Int) throws(Issue) -> UInt32 {
        let end = min(position + count, source.count)
        let text = String(decoding: source[position..<end], as: UTF8.self)
        position = end
        guard text.utf8.count == count, text.utf8.allSatisfy({ $0.hexDigit != nil }),
            let amount = UInt32(text, radix: radix)
        else { throw syntax("this escape needs \(count) digits", from: start) }
        return amount
    }

    private func append(
        _ amount: UInt32, to content: inout [UInt8], _ opening: TextOpening, from start: Int
    ) throws(Issue) {
        if opening.isBytes, let byte = UInt8(exactly: amount) {
            content.append(byte)
        } else if let scalar = Unicode.Scalar(amount), !opening.isBytes {
            content.append(contentsOf: String(Character(scalar)).utf8)
        } else {
            throw syntax("this escape names no character", from: start)
        }
    }

    private static let simpleEscapes: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "t"): 9, UInt8(ascii: "n"): 10,
        UInt8(ascii: "v"): 11, UInt8(ascii: "f"): 12, UInt8(ascii: "r"): 13, UInt8(ascii: "\\"): 0x5C,
        UInt8(ascii: "?"): 0x3F, UInt8(ascii: "\""): 0x22, UInt8(ascii: "'"): 0x27, UInt8(ascii: "`"): 0x60,
    ]
}
