/// The parts of a regular expression.
indirect enum PatternNode: Sendable {
    case empty
    case character(CharacterSet)
    case assertion(Pattern.Assertion)
    case sequence([PatternNode])
    case alternatives([PatternNode])
    case repeated(PatternNode, atLeast: Int, atMost: Int?)
}

/// Reads RE2's syntax: what has no linear-time meaning (back references, look-around) is refused.
struct PatternParser {
    typealias Mistake = Pattern.Mistake

    /// How deep groups may nest.
    private static let depthLimit = 32
    /// The largest number in `{n,m}`, as in RE2.
    private static let repeatLimit = 1_000

    struct Flags {
        var ignoresCase = false
        var isMultiline = false
        var dotMatchesNewline = false
    }

    private let source: [Unicode.Scalar]
    private var place = 0
    private var depth = 0
    var flags = Flags()

    static func parse(_ source: String) throws(Mistake) -> PatternNode {
        var parser = PatternParser(source: Array(source.unicodeScalars))
        let node = try parser.alternatives()
        guard parser.peek == nil else { throw Mistake(message: "a pattern has a `)` too many") }
        return node
    }

    private init(source: [Unicode.Scalar]) { self.source = source }

    // MARK: Characters

    var peek: Unicode.Scalar? { place < source.count ? source[place] : nil }

    /// The character behind the next one.
    var following: Unicode.Scalar? { place + 1 < source.count ? source[place + 1] : nil }

    mutating func next() -> Unicode.Scalar? {
        guard let character = peek else { return nil }
        place += 1
        return character
    }

    mutating func take(_ text: String) -> Bool {
        let wanted = Array(text.unicodeScalars)
        guard source[place...].starts(with: wanted) else { return false }
        place += wanted.count
        return true
    }

    mutating func require(_ text: String, _ message: String) throws(Mistake) {
        guard take(text) else { throw Mistake(message: message) }
    }

    // MARK: Structure

    private mutating func alternatives() throws(Mistake) -> PatternNode {
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func sequence() throws(Mistake) -> PatternNode {
        var items: [PatternNode] = []
        while let character = peek, character != "|", character != ")" {
            items.append(try repetition(of: try item()))
        }
        return items.count == 1 ? items[0] : items.isEmpty ? .empty : .sequence(items)
    }

    private mutating func repetition(of item: PatternNode) throws(Mistake) -> PatternNode {
        guard let (least, most) = try count() else { return item }
        // Laziness changes which match is found, not whether there is one.
        _ = take("?")
        guard try count() == nil else {
            throw Mistake(message: "a repetition can not be repeated: use a group")
        }
        return .repeated(item, atLeast: least, atMost: most)
    }

    private mutating func count() throws(Mistake) -> (least: Int, most: Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        let start = place
        guard take("{"), let least = number() else { return notACount(start) }
        var most: Int? = least
        if take(",") { most = number() }
        guard take("}") else { return notACount(start) }
        guard least <= Self.repeatLimit, most ?? 0 <= Self.repeatLimit, most ?? least >= least else {
            throw Mistake(message: "a repetition counts from small to large, up to \(Self.repeatLimit)")
        }
        return (least, most)
    }

    /// A brace that opens no count stands for itself.
    private mutating func notACount(_ start: Int) -> (least: Int, most: Int?)? {
        place = start
        return nil
    }

    private mutating func number() -> Int? {
        var digits = ""
        while let character = peek, ("0"..."9").contains(character) {
            digits.unicodeScalars.append(character)
            place += 1
        }
        return digits.isEmpty ? nil : Int(digits) ?? Self.repeatLimit + 1
    }

    private mutating func item() throws(Mistake) -> PatternNode {
        guard let character = next() else { return .empty }
        switch character {
        case "(": return try group()
        case "[": return .character(try characterClass())
        case ".": return .character(flags.dotMatchesNewline ? .anything : .exceptNewline)
        case "^": return .assertion(flags.isMultiline ? .lineStart : .textStart)
        case "$": return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
        case "\\": return try escape()
        case "*", "+", "?": throw Mistake(message: "`\(character)` has nothing before it to repeat")
        case _: return literal(character)
        }
    }

    func literal(_ character: Unicode.Scalar) -> PatternNode {
        let set = CharacterSet(character, character)
        return .character(flags.ignoresCase ? set.ignoringCase : set)
    }

    private mutating func group() throws(Mistake) -> PatternNode {
        guard depth < Self.depthLimit else { throw Mistake(message: "groups nest too deep in this pattern") }
        depth += 1
        let outer = flags
        defer { depth -= 1 }
        if take("?"), try !groupKind() { return .empty }
        let inner = try alternatives()
        try require(")", "a group in this pattern is not closed")
        flags = outer
        return inner
    }

    /// What stands behind `(?`; false when it only sets flags for what follows.
    private mutating func groupKind() throws(Mistake) -> Bool {
        if take("P<") || (take("<") && peek != "=" && peek != "!") {
            while let character = next(), character != ">" {}
            return true
        }
        var isOn = true
        while let character = next() {
            switch character {
            case ":": return true
            case ")": return false
            case "-": isOn = false
            case "i": flags.ignoresCase = isOn
            case "m": flags.isMultiline = isOn
            case "s": flags.dotMatchesNewline = isOn
            case "U": continue
            case _: throw Mistake(message: "patterns know no `(?\(character)`")
            }
        }
        throw Mistake(message: "a group in this pattern is not closed")
    }
}
