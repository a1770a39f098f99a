/// Cuts an expression into tokens.
struct Lexer {
    let source: [UInt8]
    var position = 0

    init(_ source: String) { self.source = Array(source.utf8) }

    /// Every token up to and including `.end`, or the first mistake.
    static func tokens(of source: String) throws(Issue) -> [Token] {
        var lexer = Lexer(source)
        var tokens: [Token] = []
        repeat {
            tokens.append(try lexer.next())
        } while tokens.last?.kind != .end
        return tokens
    }

    mutating func next() throws(Issue) -> Token {
        skipBlanks()
        let start = position
        let kind = try read()
        return Token(kind: kind, range: SourceRange(lower: start, upper: position))
    }

    private mutating func read() throws(Issue) -> Token.Kind {
        guard let byte = peek() else { return .end }
        if let opening = textOpening() { return try text(opening) }
        if byte.isNameStart { return word() }
        if byte.isDigit || (byte == UInt8(ascii: ".") && (peek(1)?.isDigit ?? false)) { return try number() }
        if byte == UInt8(ascii: "`") { return try quotedName() }
        return try symbol()
    }

    func peek(_ ahead: Int = 0) -> UInt8? {
        position + ahead < source.count ? source[position + ahead] : nil
    }

    private mutating func skipBlanks() {
        while let byte = peek() {
            if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "/") {
                while let byte = peek(), byte != UInt8(ascii: "\n") { position += 1 }
            } else if byte.isBlank {
                position += 1
            } else {
                return
            }
        }
    }

    private mutating func word() -> Token.Kind {
        let name = take(while: \.isNameByte)
        return name == "in" ? .symbol(.isIn) : .name(name)
    }

    mutating func take(while belongs: (UInt8) -> Bool) -> String {
        let start = position
        while let byte = peek(), belongs(byte) { position += 1 }
        return String(decoding: source[start..<position], as: UTF8.self)
    }

    private mutating func quotedName() throws(Issue) -> Token.Kind {
        let start = position
        position += 1
        let name = take { $0.isNameByte || "-./ ".utf8.contains($0) }
        guard peek() == UInt8(ascii: "`"), !name.isEmpty else {
            throw syntax(
                "a quoted name holds letters, digits and `_-./ ` and ends with a backtick", from: start)
        }
        position += 1
        return .quotedName(name)
    }

    private mutating func symbol() throws(Issue) -> Token.Kind {
        let start = position
        for length in [2, 1] where start + length <= source.count {
            let text = String(decoding: source[start..<start + length], as: UTF8.self)
            guard let symbol = Symbol(rawValue: text) else { continue }
            position += length
            return .symbol(symbol)
        }
        position += 1
        while let byte = peek(), byte & 0xC0 == 0x80 { position += 1 }
        throw strangeCharacter(from: start)
    }

    private func strangeCharacter(from start: Int) -> Issue {
        let text = String(decoding: source[start..<position], as: UTF8.self)
        let hint: [String: String] = ["=": "==", "&": "&&", "|": "||"]
        let advice = hint[text].map { ": did you mean `\($0)`?" } ?? ""
        let shown = source[start] < 0x20 ? "a control character" : "`\(text)`"
        return syntax("\(shown) has no meaning here\(advice)", from: start)
    }

    /// A mistake in what was read since `start`, up to the end of the last character.
    func syntax(_ message: String, from start: Int, code: Issue.Code = .syntax) -> Issue {
        var end = max(position, start)
        while end < source.count, source[end] & 0xC0 == 0x80 { end += 1 }
        return Issue(code, message, SourceRange(lower: start, upper: end))
    }
}

extension UInt8 {
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    var isNameStart: Bool { isLetter || self == UInt8(ascii: "_") }
    var isNameByte: Bool { isNameStart || isDigit }
    var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
    var isBlank: Bool { self == 0x20 || (0x09...0x0D).contains(self) && self != 0x0B }

    /// The amount of a hexadecimal digit.
    var hexDigit: UInt8? {
        if isDigit { return self - UInt8(ascii: "0") }
        let letter = self | 0x20
        return (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(letter)
            ? letter - UInt8(ascii: "a") + 10 : nil
    }
}
