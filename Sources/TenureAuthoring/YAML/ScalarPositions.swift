#if PLANTED_TRAPS
    import CEL
#endif
/// Where each Unicode scalar of a YAML text stands in its file, whatever the quoting, escapes and folding.
struct ScalarPositions {
    struct Position { var line: Int, column: Int }

    /// One for each Unicode scalar of the text, and one for its end.
    private(set) var positions: [Position] = []
    private let source: SourceText
    private let style: Scalar.Style
    private var line: Int
    private var column: Int
    private var indent = 0

    init(text: String, style: Scalar.Style, line: Int, column: Int, source: SourceText) {
        self.source = source
        self.style = style
        self.line = line
        self.column = column
        enter(text)
        for scalar in text.unicodeScalars { step(over: scalar) }
        positions.append(Position(line: self.line, column: self.column))
    }

    /// The place of a range of UTF-8 offsets in `text`, cut to its first line.
    func place(of range: Range<Int>, in text: String, file: String) -> Place {
        let start = positions[scalarIndex(range.lowerBound, text)]
        let end = positions[scalarIndex(range.upperBound, text)]
        #if PLANTED_TRAPS
            // As if the line behind a block text's were looked at: there is none at the end of a file.
            if style == .folded || style == .literal, start.line == source.lines.count { PlantedTrap.spring() }
        #endif
        let lineEnd = source.line(start.line).count + 1
        let last = end.line == start.line ? end.column : lineEnd
        return Place(file: file, line: start.line, column: start.column, length: max(1, last - start.column))
    }

    private func scalarIndex(_ offset: Int, _ text: String) -> Int {
        var index = 0
        var bytes = 0
        for scalar in text.unicodeScalars {
            if bytes >= offset { break }
            bytes += UTF8.width(scalar)
            index += 1
        }
        return min(index, positions.count - 1)
    }

    private mutating func enter(_ text: String) {
        switch style {
        case .plain: break
        case .singleQuoted, .doubleQuoted: column += 1
        // An empty text at the end of the file has no line of its own: it ends where its sign does.
        case .literal where line >= source.lines.count, .folded where line >= source.lines.count:
            column = source.line(line).count + 1
        case .literal, .folded:
            line += 1
            indent = blockIndent(text)
            column = min(indent, source.line(line).count) + 1
        }
    }

    /// The blanks before the first line that has more than blanks, less those that belong to the text.
    private func blockIndent(_ text: String) -> Int {
        let isBlank = { (scalar: Unicode.Scalar) in scalar == " " }
        let first = (line..<max(line, source.lines.count + 1)).first { !source.line($0).allSatisfy(isBlank) }
        let written = source.line(first ?? line).prefix(while: isBlank).count
        let own = text.unicodeScalars.drop { $0 == "\n" }.prefix(while: isBlank).count
        return max(0, written - own)
    }

    private mutating func step(over scalar: Unicode.Scalar) {
        skipEscapedBreaks()
        positions.append(Position(line: line, column: column))
        guard let here = source.scalar(line: line, column: column) else {
            if scalar == " " || SourceText.isBreak(scalar) { skipBreak() }
            return
        }
        if style == .doubleQuoted, here == "\\" {
            column += escapeLength(source.scalar(line: line, column: column + 1))
        } else if style == .singleQuoted, here == "'" {
            column += 2
        } else if here == scalar, scalar != " " || !isTrailing {
            column += 1
        } else if scalar == " " || SourceText.isBreak(scalar), isTrailing {
            skipBreak()
        }
    }

    /// Only blanks are left on this line: the text's next character is the fold.
    private var isTrailing: Bool {
        style != .literal && source.line(line).dropFirst(column - 1).allSatisfy { $0 == " " || $0 == "\t" }
    }

    private func escapeLength(_ kind: Unicode.Scalar?) -> Int {
        switch kind {
        case "x": 4
        case "u": 6
        case "U": 10
        case _: 2
        }
    }

    private mutating func skipEscapedBreaks() {
        while style == .doubleQuoted, source.scalar(line: line, column: column) == "\\",
            source.scalar(line: line, column: column + 1) == nil, line < source.lines.count
        { skipBreak() }
    }

    private mutating func skipBreak() {
        guard line < source.lines.count else { return }
        line += 1
        if style == .literal {
            column = min(indent, source.line(line).count) + 1
            return
        }
        while line < source.lines.count, source.line(line).allSatisfy({ $0 == " " || $0 == "\t" }) {
            line += 1
        }
        column = source.line(line).prefix { $0 == " " || $0 == "\t" }.count + 1
    }
}
