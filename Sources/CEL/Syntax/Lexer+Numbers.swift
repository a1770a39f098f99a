extension Lexer {
    /// An int, uint or double without its sign.
    mutating func number() throws(Issue) -> Token.Kind {
        let start = position
        let kind = isHexadecimal ? try hexadecimal(from: start) : try decimal(from: start)
        if let byte = peek(), byte.isNameByte {
            _ = take(while: \.isNameByte)
            throw syntax("a number can not be followed by letters", from: start)
        }
        return kind
    }

    private var isHexadecimal: Bool {
        peek() == UInt8(ascii: "0") && peek(1) == UInt8(ascii: "x")
    }

    private mutating func hexadecimal(from start: Int) throws(Issue) -> Token.Kind {
        position += 2
        return try whole(take { $0.hexDigit != nil }, radix: 16, from: start)
    }

    private mutating func decimal(from start: Int) throws(Issue) -> Token.Kind {
        let digits = take(while: \.isDigit)
        let fraction = takeFraction()
        let exponent = try takeExponent(from: start)
        guard fraction.isEmpty, exponent.isEmpty else {
            return try double(digits + fraction + exponent, from: start)
        }
        return try whole(digits, radix: 10, from: start)
    }

    private mutating func takeFraction() -> String {
        guard peek() == UInt8(ascii: "."), let next = peek(1), next.isDigit else { return "" }
        position += 1
        return "." + take(while: \.isDigit)
    }

    private mutating func takeExponent(from start: Int) throws(Issue) -> String {
        guard peek().map({ $0 | 0x20 }) == UInt8(ascii: "e") else { return "" }
        position += 1
        var sign = ""
        if let byte = peek(), byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") {
            sign = byte == UInt8(ascii: "-") ? "-" : ""
            position += 1
        }
        let digits = take(while: \.isDigit)
        guard !digits.isEmpty else { throw syntax("the exponent needs digits", from: start) }
        return "e" + sign + digits
    }

    private func double(_ text: String, from start: Int) throws(Issue) -> Token.Kind {
        guard let number = Double("0" + text), number.isFinite else {
            throw syntax("this number is too large for a double", from: start, code: .badLiteral)
        }
        return .double(number)
    }

    private mutating func whole(_ digits: String, radix: Int, from start: Int) throws(Issue) -> Token.Kind {
        let isUnsigned = peek().map { $0 | 0x20 } == UInt8(ascii: "u")
        if isUnsigned { position += 1 }
        guard !digits.isEmpty else { throw syntax("`0x` needs digits", from: start) }
        guard let amount = UInt64(digits, radix: radix) else {
            throw syntax("this number needs more than 64 bits", from: start, code: .badLiteral)
        }
        return isUnsigned ? .uint(amount) : .int(amount)
    }
}
