import TenureCore

/// How well a text fits: texts of ASCII in small letters.
extension ByteSearch {
    /// 0: the very text; 1: it begins so; 2: a word of it does; 3: it holds it; nil: it does not.
    static func rank(of wanted: Swift.Span<UInt8>, in bytes: Swift.Span<UInt8>, _ range: Range<Int>) -> UInt8? {
        guard let first = place(of: wanted, in: bytes, range) else { return nil }
        if first == range.lowerBound { return range.count == wanted.count ? 0 : 1 }
        return beginsWord(wanted, in: bytes, range, from: first) ? 2 : 3
    }

    private static func beginsWord(
        _ wanted: Swift.Span<UInt8>, in bytes: Swift.Span<UInt8>, _ range: Range<Int>, from first: Int
    ) -> Bool {
        for index in wanted.indices where !wanted[index].isWord { return false }
        var next: Int? = first
        while let place = next {
            if place == range.lowerBound || !bytes[place - 1].isWord { return true }
            next = self.place(of: wanted, in: bytes, (place + 1)..<range.upperBound)
        }
        return false
    }
}

extension UInt8 {
    /// A letter or a digit of ASCII, in small letters.
    fileprivate var isWord: Bool { (0x61...0x7A).contains(self) || (0x30...0x39).contains(self) }
}
