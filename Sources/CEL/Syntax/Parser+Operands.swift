extension Parser {
    /// A primary with all the fields, indexes and calls behind it.
    mutating func member() throws(Issue) -> Syntax.ID { try postfix(try primary()) }

    mutating func postfix(_ first: Syntax.ID) throws(Issue) -> Syntax.ID {
        var operand = first
        while true {
            if take(.dot) {
                operand = try selection(of: operand)
            } else if take(.openBracket) {
                operand = try indexing(of: operand)
            } else {
                return operand
            }
        }
    }

    private mutating func selection(of operand: Syntax.ID) throws(Issue) -> Syntax.ID {
        let isOptional = take(.question)
        let field = try fieldName()
        guard !isOptional, take(.openParenthesis) else {
            return add(.select(operand, field: field, isOptional: isOptional), from: operand)
        }
        let arguments = try arguments()
        return try call(field, target: operand, arguments, from: syntax.ranges[operand].lower)
    }

    private mutating func fieldName() throws(Issue) -> String {
        switch peek {
        case .name(let name) where !["true", "false", "null"].contains(name):
            advance()
            return name
        case .quotedName(let name):
            advance()
            return name
        case .name, .int, .uint, .double, .string, .bytes, .symbol, .end: throw unexpected("a field name")
        }
    }

    private mutating func indexing(of operand: Syntax.ID) throws(Issue) -> Syntax.ID {
        let isOptional = take(.question)
        let key = try nested { parser throws(Issue) in try parser.expression() }
        try expect(.closeBracket)
        return add(.index(operand, key: key, isOptional: isOptional), from: operand)
    }

    /// The arguments behind an opening bracket that was just taken, with the closing one.
    private mutating func arguments() throws(Issue) -> [Syntax.ID] {
        var arguments: [Syntax.ID] = []
        guard !take(.closeParenthesis) else { return [] }
        repeat {
            arguments.append(try nested { parser throws(Issue) in try parser.expression() })
        } while take(.comma)
        try expect(.closeParenthesis, or: .comma)
        return arguments
    }

    private mutating func primary() throws(Issue) -> Syntax.ID {
        let lower = here.lower
        switch peek {
        case .symbol(.openParenthesis): return try parenthesised(from: lower)
        case .symbol(.openBracket): return try list(from: lower)
        case .symbol(.openBrace): return try map(from: lower)
        case .symbol(.dot):
            advance()
            return try named(isAbsolute: true, from: lower)
        case .name: return try named(isAbsolute: false, from: lower)
        case .int(let amount):
            guard let number = Int64(exactly: amount) else { throw tooLargeForInt }
            return literal(.int(number))
        case .uint(let number): return literal(.uint(number))
        case .double(let number): return literal(.double(number))
        case .string(let text): return literal(.string(text))
        case .bytes(let bytes): return literal(.bytes(bytes))
        case .quotedName, .symbol, .end: throw unexpected("a value")
        }
    }

    private mutating func literal(_ value: Value) -> Syntax.ID {
        let range = here
        advance()
        return syntax.add(.literal(value), range)
    }

    private mutating func parenthesised(from lower: Int) throws(Issue) -> Syntax.ID {
        advance()
        let inner = try nested { parser throws(Issue) in try parser.expression() }
        try expect(.closeParenthesis)
        syntax.widen(inner, to: range(from: lower))
        return inner
    }

    private mutating func named(isAbsolute: Bool, from lower: Int) throws(Issue) -> Syntax.ID {
        guard case .name(let name) = peek else { throw unexpected("a name") }
        switch name {
        case "true": return literal(.bool(true))
        case "false": return literal(.bool(false))
        case "null": return literal(.null)
        case _ where Self.reserved.contains(name):
            throw Issue(.syntax, "`\(name)` is a reserved word", here)
        case _: break
        }
        advance()
        if take(.openParenthesis) { return try call(name, target: nil, try arguments(), from: lower) }
        return syntax.add(.name(name, isAbsolute: isAbsolute), range(from: lower))
    }

    private static let reserved: Set<String> = [
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
        "package",
        "namespace", "return", "var", "void", "while",
    ]

    private mutating func list(from lower: Int) throws(Issue) -> Syntax.ID {
        advance()
        var elements: [Syntax.Element] = []
        while peek != .symbol(.closeBracket) {
            let isOptional = take(.question)
            let value = try nested { parser throws(Issue) in try parser.expression() }
            elements.append(Syntax.Element(value: value, isOptional: isOptional))
            guard take(.comma) else { break }
        }
        try expect(.closeBracket, or: .comma)
        return syntax.add(.list(elements), range(from: lower))
    }

    private mutating func map(from lower: Int) throws(Issue) -> Syntax.ID {
        advance()
        var entries: [Syntax.Entry] = []
        while peek != .symbol(.closeBrace) {
            let isOptional = take(.question)
            let key = try nested { parser throws(Issue) in try parser.expression() }
            try expect(.colon)
            let value = try nested { parser throws(Issue) in try parser.expression() }
            entries.append(Syntax.Entry(key: key, value: value, isOptional: isOptional))
            guard take(.comma) else { break }
        }
        try expect(.closeBrace, or: .comma)
        return syntax.add(.map(entries), range(from: lower))
    }
}
