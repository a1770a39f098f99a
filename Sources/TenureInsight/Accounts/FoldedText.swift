import TenureCore

/// A text as searches compare it: in small letters.
package struct FoldedText: Sendable {
    package let text: String
    /// Whether a byte is a character.
    private let isASCII: Bool

    package init(_ text: String) {
        self.text = text.lowercased()
        isASCII = self.text.utf8.allSatisfy { $0 < 0x80 }
    }

    package var isEmpty: Bool { text.isEmpty }
    package var bytesCount: Int { text.utf8.count }

    package func isSame(as other: FoldedText) -> Bool { TenureCore.isSame(text, other.text) }

    package func holds(_ wanted: FoldedText) -> Bool {
        guard isASCII, wanted.isASCII else { return !text.isEmpty && text.firstRange(of: wanted.text) != nil }
        return place(of: wanted, from: 0) != nil
    }

    /// 0: the very text; 1: it begins so; 2: a word of it does; 3: it holds it; nil: it does not.
    package func rank(of wanted: FoldedText) -> Int? {
        guard isASCII, wanted.isASCII else { return rankByCharacters(wanted.text) }
        guard !isEmpty, let first = place(of: wanted, from: 0) else { return nil }
        if first == 0 { return bytesCount == wanted.bytesCount ? 0 : 1 }
        return beginsWord(wanted, from: first) ? 2 : 3
    }

    private func rankByCharacters(_ wanted: String) -> Int? {
        guard !isEmpty, let place = text.firstRange(of: wanted)?.lowerBound else { return nil }
        if TenureCore.isSame(text, wanted) { return 0 }
        if place == text.startIndex { return 1 }
        let words = text.split { !$0.isLetter && !$0.isNumber }
        return words.contains { $0.hasPrefix(wanted) } ? 2 : 3
    }

    private func beginsWord(_ wanted: FoldedText, from first: Int) -> Bool {
        guard wanted.text.utf8.allSatisfy(\.isWord) else { return false }
        let bytes = text.utf8Span.span
        var next: Int? = first
        while let place = next {
            if place == 0 || !bytes[place - 1].isWord { return true }
            next = self.place(of: wanted, from: place + 1)
        }
        return false
    }

    /// By bytes; an empty text is found nowhere.
    private func place(of wanted: FoldedText, from start: Int) -> Int? {
        let (bytes, wanted) = (text.utf8Span.span, wanted.text.utf8Span.span)
        guard wanted.count > 0, bytes.count - start >= wanted.count else { return nil }
        let head = wanted[0]
        for place in start...(bytes.count - wanted.count) where bytes[place] == head {
            var length = 1
            while length < wanted.count, bytes[place + length] == wanted[length] { length += 1 }
            if length == wanted.count { return place }
        }
        return nil
    }
}

extension UInt8 {
    /// A letter or a digit of ASCII, in small letters.
    fileprivate var isWord: Bool { (0x61...0x7A).contains(self) || (0x30...0x39).contains(self) }
}
