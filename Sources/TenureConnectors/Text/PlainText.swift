/// A piece of a line: words, or the address of a page.
enum TextSpan: Hashable, Sendable {
    case text(String)
    case link(String)
}

/// What a blank line, or a change between prose and a list, sets apart.
enum TextBlock: Hashable, Sendable {
    case paragraph(lines: [[TextSpan]])
    case list(items: [[TextSpan]])
}

/// The little structure that plain text has: paragraphs, lists of `- item` lines, bare links.
enum PlainText {
    /// Line ends as LF, other control characters (which no reader shows) left out, no white space at the end.
    static func normalised(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        var afterReturn = false
        for scalar in text.unicodeScalars {
            if scalar == "\r" || (scalar == "\n" && !afterReturn) { scalars.append("\n") }
            if scalar == "\t" || !isControl(scalar) { scalars.append(scalar) }
            afterReturn = scalar == "\r"
        }
        while let last = scalars.last, last == "\n" || last == " " || last == "\t" { scalars.removeLast() }
        return String(scalars)
    }

    /// C0, DEL and C1, and the two separators that some readers take for line ends.
    static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0x2028
            || scalar.value == 0x2029
    }

    static func blocks(_ text: String) -> [TextBlock] {
        var blocks: [TextBlock] = []
        var joins = false
        for line in normalised(text).split(separator: "\n", omittingEmptySubsequences: false) {
            let words = line.drop { $0 == " " || $0 == "\t" }
            guard !words.isEmpty else {
                joins = false
                continue
            }
            append(words, to: &blocks, joining: joins)
            joins = true
        }
        return blocks
    }

    private static func append(_ line: Substring, to blocks: inout [TextBlock], joining: Bool) {
        let item = listItem(line)
        let spans = spans(item ?? line)
        switch (joining ? blocks.last : nil, item) {
        case (.list(let items)?, .some): blocks[blocks.count - 1] = .list(items: items + [spans])
        case (.paragraph(let lines)?, nil): blocks[blocks.count - 1] = .paragraph(lines: lines + [spans])
        case (_, .some): blocks.append(.list(items: [spans]))
        case (_, nil): blocks.append(.paragraph(lines: [spans]))
        }
    }

    private static func listItem(_ line: Substring) -> Substring? {
        for mark in ["- ", "* ", "• "] where line.hasPrefix(mark) { return line.dropFirst(2) }
        return nil
    }
}

// MARK: - Links

extension PlainText {
    static func spans(_ line: Substring) -> [TextSpan] {
        var spans: [TextSpan] = []
        var plain = ""
        for word in line.split(separator: " ", omittingEmptySubsequences: false) {
            if !plain.isEmpty || !spans.isEmpty { plain += " " }
            guard let (before, link, after) = link(in: word) else {
                plain += word
                continue
            }
            plain += before
            if !plain.isEmpty { spans.append(.text(plain)) }
            spans.append(.link(String(link)))
            plain = String(after)
        }
        if !plain.isEmpty || spans.isEmpty { spans.append(.text(plain)) }
        return spans
    }

    /// The first `http(s)://` of a word, without the punctuation that belongs to the sentence around it.
    private static func link(in word: Substring) -> (before: Substring, link: Substring, after: Substring)? {
        guard let start = linkStart(word) else { return nil }
        var link = word[start...].prefix { isLinkCharacter($0) }
        while let last = link.last, ".,;:!?'*_".contains(last) || (last == ")" && !link.contains("(")) {
            link.removeLast()
        }
        guard !link.hasSuffix("/") || link.utf8.count > "https://".utf8.count else { return nil }
        guard let host = link.split(separator: "/", maxSplits: 2).dropFirst().first, !host.isEmpty else {
            return nil
        }
        return (word[..<start], link, word[link.endIndex...])
    }

    private static func linkStart(_ word: Substring) -> Substring.Index? {
        var index = word.startIndex
        while index < word.endIndex {
            let rest = word[index...]
            if rest.hasPrefix("https://") || rest.hasPrefix("http://") { return index }
            index = word.index(after: index)
        }
        return nil
    }

    private static func isLinkCharacter(_ character: Character) -> Bool {
        guard let byte = character.asciiValue else { return false }
        return byte > 0x20 && byte < 0x7F && !"<>\"`\\".contains(character)
    }
}
