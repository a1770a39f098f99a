/// A file's text by lines, broken where YAML breaks them.
struct SourceText: Sendable {
    let lines: [[Unicode.Scalar]]

    init(_ text: String) {
        var lines: [[Unicode.Scalar]] = []
        var line: [Unicode.Scalar] = []
        var afterReturn = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n" where afterReturn: break
            case _ where Self.isBreak(scalar):
                lines.append(line)
                line = []
            case "\u{FEFF}" where lines.isEmpty && line.isEmpty: break
            default: line.append(scalar)
            }
            afterReturn = scalar == "\r"
        }
        lines.append(line)
        self.lines = lines
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
