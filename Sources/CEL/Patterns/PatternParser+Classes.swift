/// Escapes and `[…]`.
extension PatternParser {
    /// What stands behind a backslash outside of a class.
    mutating func escape() throws(Mistake) -> PatternNode {
        switch peek {
        case "A": return assertion(.textStart)
        case "z": return assertion(.textEnd)
        case "b": return assertion(.wordBoundary)
        case "B": return assertion(.noWordBoundary)
        case _: break
        }
        if let set = try setEscape() { return .character(set) }
        return literal(try characterEscape())
    }

    private mutating func assertion(_ assertion: Pattern.Assertion) -> PatternNode {
        _ = next()
        return .assertion(assertion)
    }

    /// `\d`, `\pL` and their like, or nil when the escape is of one character.
    private mutating func setEscape() throws(Mistake) -> CharacterSet? {
        if take("p") { return try category(isNegated: false) }
        if take("P") { return try category(isNegated: true) }
        for (name, set) in Self.sets where take(name) { return set }
        return nil
    }

    private static let sets: [(String, CharacterSet)] = [
        ("d", .digits), ("w", .words), ("s", .spaces), ("D", CharacterSet(CharacterSet.digits.inverted)),
        ("W", CharacterSet(CharacterSet.words.inverted)), ("S", CharacterSet(CharacterSet.spaces.inverted)),
    ]

    private mutating func category(isNegated: Bool) throws(Mistake) -> CharacterSet {
        var name = ""
        if take("{") {
            while let character = next(), character != "}" { name.unicodeScalars.append(character) }
        } else if let character = next() {
            name.unicodeScalars.append(character)
        }
        let isInverse = name.hasPrefix("^")
        let wanted = isInverse ? String(name.dropFirst()) : name
        let members = CharacterSet.categoryNames.filter { $0.name.hasPrefix(wanted) }.map(\.category)
        guard !wanted.isEmpty, !members.isEmpty else {
            throw Mistake(message: "patterns know no category `\(name)`")
        }
        var set = CharacterSet()
        set.categories = [CharacterSet.Category(members: members, isNegated: isNegated != isInverse)]
        return set
    }

    private mutating func characterEscape() throws(Mistake) -> Unicode.Scalar {
        guard let character = next() else { throw Mistake(message: "a pattern can not end with a backslash") }
        if let simple = Self.simpleEscapes[character] { return simple }
        if character == "x" { return try hexadecimal() }
        guard !character.properties.isAlphabetic, !("0"..."9").contains(character) else {
            throw Mistake(message: "patterns know no `\\\(character)`")
        }
        return character
    }

    private static let simpleEscapes: [Unicode.Scalar: Unicode.Scalar] = [
        "a": "\u{7}", "f": "\u{C}", "n": "\n", "r": "\r", "t": "\t", "v": "\u{B}",
    ]

    private mutating func hexadecimal() throws(Mistake) -> Unicode.Scalar {
        var digits = ""
        if take("{") {
            while let character = next(), character != "}" { digits.unicodeScalars.append(character) }
        } else {
            for character in [next(), next()] { digits.unicodeScalars.append(character ?? "?") }
        }
        guard !digits.hasPrefix("+"), let code = UInt32(digits, radix: 16),
            let character = Unicode.Scalar(code)
        else {
            throw Mistake(message: "`\\x` needs two digits, or more between braces")
        }
        return character
    }

    /// A class behind its opening bracket.
    mutating func characterClass() throws(Mistake) -> CharacterSet {
        var set = CharacterSet()
        set.isNegated = take("^")
        var isFirst = true
        while isFirst || peek != "]" {
            guard peek != nil else { throw Mistake(message: "a `[` in this pattern is not closed") }
            isFirst = false
            try addItem(to: &set)
        }
        _ = next()
        return flags.ignoresCase ? set.ignoringCase : set
    }

    private mutating func addItem(to set: inout CharacterSet) throws(Mistake) {
        if take("[:") { return try addNamed(to: &set) }
        if take("\\") {
            if let escaped = try setEscape() {
                set.ranges += escaped.ranges
                set.categories += escaped.categories
                return
            }
            return try addRange(from: try characterEscape(), to: &set)
        }
        guard let character = next() else { return }
        try addRange(from: character, to: &set)
    }

    private mutating func addNamed(to set: inout CharacterSet) throws(Mistake) {
        let isInverse = take("^")
        var name = ""
        while let character = peek, character != ":" {
            name.unicodeScalars.append(character)
            _ = next()
        }
        guard take(":]"), let ranges = CharacterSet.named[name] else {
            throw Mistake(message: "patterns know no class `[:\(name):]`")
        }
        set.ranges += isInverse ? CharacterSet(ranges).inverted : ranges
    }

    private mutating func addRange(from first: Unicode.Scalar, to set: inout CharacterSet) throws(Mistake) {
        var last = first
        if isRangeAhead {
            _ = next()
            last = take("\\") ? try characterEscape() : next() ?? first
        }
        guard first <= last else { throw Mistake(message: "a range in this pattern runs backwards") }
        set.ranges.append(first.value...last.value)
    }

    /// A hyphen is a range only between two characters.
    private var isRangeAhead: Bool { peek == "-" && following != nil && following != "]" }
}
