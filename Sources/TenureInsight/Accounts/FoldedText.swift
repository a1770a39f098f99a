import TenureCore

/// A text as searches compare it: in small letters.
package struct FoldedText: Sendable {
    package let text: String
    /// Whether a byte is a character.
    let isASCII: Bool

    package init(_ text: String) { self.init(folded: text.lowercased()) }

    /// Of a text, its letters and digits alone: as names are compared that people write in their own way.
    package init(lettersOf text: String) { self.init(folded: text.lowercased().filter { $0.isLetter || $0.isNumber }) }

    init(folded text: String) {
        self.text = text
        isASCII = text.utf8.allSatisfy { $0 < 0x80 }
    }

    package var isEmpty: Bool { text.isEmpty }
    package var bytesCount: Int { text.utf8.count }

    package func isSame(as other: FoldedText) -> Bool { TenureCore.isSame(text, other.text) }

    package func holds(_ wanted: FoldedText) -> Bool {
        guard isASCII, wanted.isASCII else { return !text.isEmpty && text.firstRange(of: wanted.text) != nil }
        return ByteSearch.place(of: wanted.text.utf8Span.span, in: text.utf8Span.span, 0..<bytesCount) != nil
    }

    /// 0: the very text; 1: it begins so; 2: a word of it does; 3: it holds it; nil: it does not.
    package func rank(of wanted: FoldedText) -> Int? {
        guard isASCII, wanted.isASCII else { return rankByCharacters(wanted.text) }
        return ByteSearch.rank(of: wanted.text.utf8Span.span, in: text.utf8Span.span, 0..<bytesCount).map { Int($0) }
    }

    private func rankByCharacters(_ wanted: String) -> Int? {
        guard !isEmpty, let place = text.firstRange(of: wanted)?.lowerBound else { return nil }
        if TenureCore.isSame(text, wanted) { return 0 }
        if place == text.startIndex { return 1 }
        let words = text.split { !$0.isLetter && !$0.isNumber }
        return words.contains { $0.hasPrefix(wanted) } ? 2 : 3
    }
}
