/// Mistakes as a person reads them: title, the lines at fault, the rule, a hint.
package struct DiagnosticText {
    private let sources: [String: SourceText]

    /// Takes the folders that were read, so that lines can be shown.
    package init(_ folders: [ProgrammeFolder]) {
        var sources: [String: SourceText] = [:]
        for file in folders.flatMap(\.files) { sources[file.path] = SourceText(file.text) }
        self.sources = sources
    }

    /// All of them, an empty line between two.
    package func render(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.map { render($0) }.joined(separator: "\n")
    }

    /// One mistake, its last line ended.
    package func render(_ diagnostic: Diagnostic) -> String {
        let gutter = diagnostic.labels.map { String($0.place.line).count }.max() ?? 1
        let margin = String(repeating: " ", count: gutter)
        var lines = ["\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]: \(diagnostic.title)"]
        for (index, label) in diagnostic.labels.enumerated() {
            if index > 0 { lines.append("\(margin) │") }
            lines += excerpt(label, mark: index == 0 ? "^" : "-", margin: margin)
        }
        if !diagnostic.labels.isEmpty { lines.append("\(margin) │") }
        if !diagnostic.explanation.isEmpty { lines.append(diagnostic.explanation) }
        let hint = diagnostic.hint.map { "Hint: \($0)   " } ?? ""
        lines.append("\(hint)More: tenure explain \(diagnostic.code.rawValue)")
        return lines.joined(separator: "\n") + "\n"
    }

    private func excerpt(_ label: Diagnostic.Label, mark: String, margin: String) -> [String] {
        let place = label.place
        let number = String(place.line)
        let padded = String(repeating: " ", count: margin.count - number.count) + number
        let (line, column) = shown(place)
        let length = max(1, min(place.length, line.unicodeScalars.count - column + 1))
        let marks = String(repeating: " ", count: column - 1) + String(repeating: mark, count: length)
        return [
            "\(margin) ┌─ \(place.file):\(place.line):\(place.column)",
            "\(margin) │",
            "\(padded) │ \(line)".trimmingEnd(),
            "\(margin) │ \(marks) \(label.text)".trimmingEnd(),
        ]
    }

    /// The line without tabs and, when it is long, only the part around the place.
    private func shown(_ place: Place) -> (line: String, column: Int) {
        let whole = (sources[place.file]?.line(place.line) ?? []).map {
            $0.properties.isWhitespace ? " " : $0
        }
        let column = min(place.column, whole.count + 1)
        guard whole.count > 140 else { return (String(whole), column) }
        let start = max(0, column - 41)
        let part = whole[start...].prefix(120)
        let head: [Unicode.Scalar] = start > 0 ? ["…"] : []
        let tail: [Unicode.Scalar] = start + part.count < whole.count ? ["…"] : []
        return (String(head + part + tail), column - start + head.count)
    }
}

extension String {
    fileprivate init(_ scalars: [Unicode.Scalar]) { self = String(String.UnicodeScalarView(scalars)) }

    fileprivate func trimmingEnd() -> String {
        var copy = self
        while copy.last == " " { copy.removeLast() }
        return copy
    }
}
