import TenureCore
import TenureInsight
import Testing

/// Searching by bytes finds what searching by characters finds.
@Suite struct FoldedTextTests {
    /// As it would be done character by character.
    private func rank(_ text: String, _ wanted: String) -> Int? {
        let (text, wanted) = (text.lowercased(), wanted.lowercased())
        guard !text.isEmpty, let place = text.firstRange(of: wanted)?.lowerBound else { return nil }
        if isSame(text, wanted) { return 0 }
        if place == text.startIndex { return 1 }
        return text.split { !$0.isLetter && !$0.isNumber }.contains { $0.hasPrefix(wanted) } ? 2 : 3
    }

    @Test func `both rank every short text alike`() {
        let letters = ["a", "B", " ", "-", "1", "é", "e", "\u{301}"]
        let pairs = letters.flatMap { first in letters.map { first + $0 } }
        let texts = [""] + letters + pairs + pairs.flatMap { pair in letters.map { pair + $0 } }
        let wanted = letters + pairs
        for text in texts {
            let folded = FoldedText(text)
            for word in wanted {
                let isFound = rank(text, word) != nil
                #expect(folded.rank(of: FoldedText(word)) == rank(text, word), "\(text.debugDescription) \(word.debugDescription)")
                #expect(folded.holds(FoldedText(word)) == isFound, "\(text.debugDescription) \(word.debugDescription)")
            }
        }
    }

    @Test func `a word that begins later counts as one that begins`() {
        #expect(FoldedText("Northwind Wind").rank(of: FoldedText("wind")) == 2)
        #expect(FoldedText("Northwinds").rank(of: FoldedText("wind")) == 3)
        #expect(FoldedText("Wind and").rank(of: FoldedText("d a")) == 3)
    }
}
