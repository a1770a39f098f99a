import TenureAuthoring
import TenureCore

/// Mistakes as people and as programs get them: both tell of the same mistakes, and of places that there are.
struct RenderedMistakes {
    private let mistakes: [Diagnostic]
    private let folders: [ProgrammeFolder]

    init(_ mistakes: [Diagnostic], _ folders: [ProgrammeFolder]) {
        self.mistakes = mistakes
        self.folders = folders
    }

    func check(_ promises: inout Promises) {
        promises.expect(Set(mistakes).count == mistakes.count, "a mistake is told twice")
        promises.expect(mistakes.count <= 201, "\(mistakes.count) mistakes are told")
        let lines = Lines(folders)
        for label in mistakes.flatMap(\.labels) {
            promises.expect(lines.hold(label.place), "\(label.place) lies outside of its file")
        }
        checkText(&promises)
        checkJSON(&promises)
    }

    private func checkText(_ promises: inout Promises) {
        let text = DiagnosticText(folders).render(mistakes)
        let lines = text.split(whereSeparator: \.isNewline)
        let heads = lines.count { $0.hasPrefix("error[P") || $0.hasPrefix("warning[P") }
        let ends = lines.count { $0.contains("More: tenure explain P") }
        promises.expect(heads == mistakes.count, "the text tells of \(heads) mistakes, not \(mistakes.count)")
        promises.expect(ends >= mistakes.count, "the text explains \(ends) mistakes, not \(mistakes.count)")
    }

    private func checkJSON(_ promises: inout Promises) {
        var limits = JSONReader.Limits()
        limits.stringBytes = 1 << 20
        limits.allowsNUL = true
        guard case .success(let json) = JSONReader.read(Diagnostic.json(mistakes).text, limits: limits) else {
            return promises.expect(false, "the JSON of the mistakes can not be read")
        }
        let listed = json.object?["diagnostics"]?.array ?? []
        let told = listed.map { $0.object?["code"]?.string }
        promises.expect(told == mistakes.map(\.code.rawValue), "the JSON tells of other mistakes")
    }
}

/// The lengths of all lines, counted anew: by YAML's breaks, without a byte-order mark.
private struct Lines {
    private var lengths: [String: [Int]] = [:]

    init(_ folders: [ProgrammeFolder]) {
        for file in folders.flatMap(\.files) { lengths[file.path] = Self.lengths(file.text) }
    }

    private static func lengths(_ text: String) -> [Int] {
        var lengths = [0]
        var last: Unicode.Scalar?
        for (place, scalar) in text.unicodeScalars.enumerated() {
            switch scalar.value {
            case 0x0A where last == "\r": break
            case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: lengths.append(0)
            case 0xFEFF where place == 0: break
            case _: lengths[lengths.count - 1] += 1
            }
            last = scalar
        }
        return lengths
    }

    /// Whether the place is there; what is missing may be marked one column behind the end of a line.
    func hold(_ place: Place) -> Bool {
        guard let lengths = lengths[place.file] else { return place.line == 1 && place.column == 1 }
        guard place.line >= 1, place.line <= lengths.count, place.column >= 1, place.length >= 1 else { return false }
        return place.column - 1 + place.length <= max(lengths[place.line - 1], place.column)
            && place.column <= lengths[place.line - 1] + 1
    }
}
