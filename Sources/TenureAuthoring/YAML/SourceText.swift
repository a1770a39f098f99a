/// A file's text by lines, broken where YAML breaks them.
struct SourceText: Sendable {
    let lines: [[Unicode.Scalar]]
    /// How many scalars of the text come before each line.
    private let starts: [Int]

    init(_ text: String) {
        var (lines, starts): ([[Unicode.Scalar]], [Int]) = ([], [0])
        var line: [Unicode.Scalar] = []
        var afterReturn = false
        for (place, scalar) in text.unicodeScalars.enumerated() {
            switch scalar {
            case "\n" where afterReturn: starts[starts.count - 1] = place + 1
            case _ where Self.isBreak(scalar):
                lines.append(line)
                starts.append(place + 1)
                line = []
            case "\u{FEFF}" where lines.isEmpty && line.isEmpty: starts[0] = place + 1
            default: line.append(scalar)
            }
            afterReturn = scalar == "\r"
        }
        lines.append(line)
        (self.lines, self.starts) = (lines, starts)
    }

    /// The place's scalars, counted from the text's first; nil: they are not all on one line.
    func scalars(of place: Place) -> Range<Int>? {
        guard lines.indices.contains(place.line - 1), place.column >= 1, place.length >= 0,
            place.length <= lines[place.line - 1].count - (place.column - 1)
        else { return nil }
        let first = starts[place.line - 1] + place.column - 1
        return first..<first + place.length
    }

    /// Whether a line ends here; a return with a newline behind it is one end.
    static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": true
        case _: false
        }
    }

    /// The scalar at a position counted from 1; nil at the end of a line and beyond.
    func scalar(line: Int, column: Int) -> Unicode.Scalar? {
        guard line >= 1, line <= lines.count, column >= 1, column <= lines[line - 1].count else { return nil }
        return lines[line - 1][column - 1]
    }

    /// The line counted from 1 as text; empty beyond the end.
    func line(_ number: Int) -> [Unicode.Scalar] {
        number >= 1 && number <= lines.count ? lines[number - 1] : []
    }
}
