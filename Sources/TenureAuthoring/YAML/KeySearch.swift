/// Finds a key of a mapping in the text, for mistakes that the parser places no better than at the mapping.
///
/// It looks at lines, brackets and quotes only, which is enough to point at a key and never decides what a file means.
struct KeySearch {
    private let source: SourceText

    init(_ source: SourceText) { self.source = source }

    /// The key at a place or, where the mapping's bracket stands there, behind it.
    func start(of name: String, from place: (line: Int, column: Int)) -> (line: Int, column: Int)? {
        if isKey(name, at: place) { return place }
        return source.scalar(line: place.line, column: place.column) == "{"
            ? search(name, from: (place.line, place.column + 1)) : nil
    }

    /// The next key of that name in the same mapping.
    func next(_ name: String, after place: (line: Int, column: Int)) -> (line: Int, column: Int)? {
        isFlow(at: place) ? search(name, from: (place.line, place.column + 1)) : below(name, place)
    }

    /// A block mapping's keys stand in one column.
    private func below(_ name: String, _ place: (line: Int, column: Int)) -> (line: Int, column: Int)? {
        for line in stride(from: place.line + 1, through: source.lines.count, by: 1) {
            let text = source.line(line)
            let blanks = text.prefix { $0 == " " }.count
            if blanks < place.column - 1, blanks < text.count, text[blanks] != "#" { return nil }
            if blanks == place.column - 1, isKey(name, at: (line, place.column)) {
                return (line, place.column)
            }
        }
        return nil
    }

    /// In brackets: past whatever stands in brackets or quotes of its own.
    private func search(_ name: String, from start: (line: Int, column: Int)) -> (line: Int, column: Int)? {
        var depth = 0
        var quote: Unicode.Scalar?
        var mayBegin = true
        var (line, column) = start
        while line <= source.lines.count {
            guard let scalar = source.scalar(line: line, column: column) else {
                (line, column) = (line + 1, 1)
                continue
            }
            if mayBegin, depth == 0, quote == nil, isKey(name, at: (line, column)) { return (line, column) }
            if let open = quote {
                if scalar == open { quote = nil }
            } else {
                switch scalar {
                case "\"", "'": quote = scalar
                case "[", "{": depth += 1
                case "]", "}":
                    depth -= 1
                    if depth < 0 { return nil }
                case _: break
                }
                mayBegin = scalar == "," || scalar == "{" || (mayBegin && scalar == " ")
            }
            column += 1
        }
        return nil
    }

    private func isKey(_ name: String, at place: (line: Int, column: Int)) -> Bool {
        let rest = source.line(place.line).dropFirst(place.column - 1)
        guard rest.starts(with: name.unicodeScalars) else { return false }
        return rest.dropFirst(name.unicodeScalars.count).drop { $0 == " " }.first == ":"
    }

    /// The mapping is written in braces: before the key stands a brace, a comma, or nothing but a flow's line.
    private func isFlow(at place: (line: Int, column: Int)) -> Bool {
        let before = source.line(place.line).prefix(place.column - 1).last { $0 != " " }
        return before == "{" || before == ","
    }
}

/// A text whose repeated keys are renamed one after the other, so that the parser gets past them.
struct RenamedKeys {
    /// What a renamed key begins with; nobody writes it.
    static let mark = "\u{E000}"
    private static let limit = 20
    private(set) var text: String
    private var count = 0

    init(_ text: String) { self.text = text }

    /// Renames the key at a place; false when that cannot be done, or too often.
    mutating func rename(at place: Place) -> Bool {
        count += 1
        guard count <= Self.limit, place.length >= 1 else { return false }
        guard let range = SourceText(text).scalars(of: place) else { return false }
        // As long as before, so that every other place stays what it is.
        let name = Array("\(Self.mark)\(count)".unicodeScalars).prefix(place.length)
        let padding = Array(repeating: Unicode.Scalar(0xE001) ?? "_", count: place.length - name.count)
        var scalars = Array(text.unicodeScalars)
        scalars.replaceSubrange(range, with: name + padding)
        text = String(String.UnicodeScalarView(scalars))
        return true
    }
}
