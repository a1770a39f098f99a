/// The smallest programme with one mistake, what to write instead, and the rule behind it.
///
/// Every example is read by a test: it has this mistake and no other, and none once it is mended.
package struct MistakeExample: Sendable {
    /// Files of a folder that has its `programme:` elsewhere: a line `-- path --` begins one, what stands before the
    /// first is `example.yaml`. `«300 × text»` stands for that many copies, `«U+0000»` for a character and `«0xFF»`
    /// for a byte that no editor shows.
    package var text: String
    /// What is wrong in the text, word for word and once.
    package var wrong: String
    /// What belongs there; empty when it is to be left out.
    package var right: String
    /// How to put such a mistake right, in a sentence.
    package var fix: String

    init(_ text: String, wrong: String, right: String, fix: String) {
        self.text = text
        self.wrong = wrong
        self.right = right
        self.fix = fix
    }
}

extension MistakeExample {
    /// What to do about the example itself; nil where a code span could not show it on one line.
    package var instead: String? {
        guard !wrong.contains("\n"), !right.contains("\n"), !(wrong + right).contains("`") else { return nil }
        return right.isEmpty ? "Here: leave out `\(wrong)`." : "Here: write `\(right)` instead of `\(wrong)`."
    }
}

extension MistakeCode {
    /// Codes near to one that there is not: at most four, those of its own family first, then by number.
    package static func nearest(to text: String) -> [MistakeCode] {
        guard let wanted = Int(text.dropFirst()) else { return [] }
        return allCases.sorted { $0.distance(to: wanted) < $1.distance(to: wanted) }.prefix(4).map { $0 }
    }

    /// Another family is farther than any number of the same.
    private func distance(to wanted: Int) -> Int {
        let number = Int(rawValue.dropFirst()) ?? 0
        return abs(number - wanted) + (number / 100 == wanted / 100 ? 0 : 10_000)
    }

    /// What somebody reads who asks what the code means: its meaning, an example and the way out.
    package var explanation: String {
        let example = example
        let lines = example.text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.isEmpty ? "" : "    \(line)"
        }
        let fix = [example.fix, example.instead].compactMap { $0 }.joined(separator: " ")
        return (["\(rawValue): \(meaning)", "", "For example:", ""] + lines + ["", fix]).joined(
            separator: "\n")
    }
}
