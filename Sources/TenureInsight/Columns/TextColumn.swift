import TenureCore

/// Texts of all accounts as searches compare them, one after another in one array of bytes.
package struct TextColumn: Sendable {
    private var bytes = SlotLists<UInt8>()
    /// By slot: whether a byte is a character in all of its texts.
    private var isASCII: [Bool] = []

    /// Of a text that does not hold what is looked for.
    package static let none = UInt8.max
    /// UTF-8 never has it.
    private static let separator: UInt8 = 0xFF

    init() {}

    /// - Parameter slot: a known one, or the next.
    mutating func set(_ texts: [FoldedText], at slot: Int) {
        bytes.set(Array(texts.map { Array($0.text.utf8) }.joined(separator: [Self.separator])), at: slot)
        if slot == isASCII.count { isASCII.append(true) }
        isASCII[slot] = texts.allSatisfy(\.isASCII)
    }

    /// As it is compared; only where a slot has one text.
    package func text(of slot: Int) -> String { String(decoding: bytes[slot], as: UTF8.self) }

    /// By slot, how well the best of its texts fits, as `FoldedText.rank` says; the better of it and what is there already.
    package func rank(_ wanted: FoldedText, into ranks: inout [UInt8]) {
        guard wanted.isASCII else { return rankByCharacters(wanted, into: &ranks) }
        let (all, sought) = (bytes.elements.span, wanted.text.utf8Span.span)
        for slot in isASCII.indices {
            let rank = isASCII[slot] ? Self.rank(sought, in: all, bytes.ranges[slot]) : rankByCharacters(wanted, at: slot)
            ranks[slot] = min(ranks[slot], rank)
        }
    }

    /// Of texts in ASCII.
    private static func rank(_ wanted: Swift.Span<UInt8>, in bytes: Swift.Span<UInt8>, _ range: Range<Int>) -> UInt8 {
        guard ByteSearch.place(of: wanted, in: bytes, range) != nil else { return none }
        var (best, start) = (none, range.lowerBound)
        for end in range.lowerBound...range.upperBound where end == range.upperBound || bytes[end] == separator {
            if let rank = ByteSearch.rank(of: wanted, in: bytes, start..<end) { best = min(best, rank) }
            start = end + 1
        }
        return best
    }

    private func rankByCharacters(_ wanted: FoldedText, into ranks: inout [UInt8]) {
        for slot in isASCII.indices { ranks[slot] = min(ranks[slot], rankByCharacters(wanted, at: slot)) }
    }

    private func rankByCharacters(_ wanted: FoldedText, at slot: Int) -> UInt8 {
        let texts = bytes[slot].split(separator: Self.separator).map { String(decoding: $0, as: UTF8.self) }
        return texts.compactMap { FoldedText(folded: $0).rank(of: wanted) }.min().map { UInt8(clamping: $0) } ?? Self.none
    }
}
