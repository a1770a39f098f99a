import TenureCore

/// On which of the last 384 days something happened: bit 0 is today, bit n the day n days before.
package struct DayMask: Hashable, Sendable {
    /// 64 days each; without empty ones at the end, so that the same days have the same bytes.
    private(set) var words: [UInt64] = []

    static let days: Int32 = 384

    /// - Parameter back: days before today; later ones and those too far back are not taken.
    mutating func mark(_ back: Int32) {
        guard (0..<Self.days).contains(back) else { return }
        let word = Int(back) / 64
        while words.count <= word { words.append(0) }
        words[word] |= 1 << UInt64(back % 64)
    }

    /// Time passes by so many days.
    mutating func advance(by days: Int32) {
        guard days > 0, !words.isEmpty else { return }
        let marked = words
        words = Array(repeating: 0, count: Int(Self.days) / 64)
        guard days < Self.days else { return trim() }
        let (skipped, bits) = (Int(days) / 64, UInt64(days % 64))
        for (place, word) in marked.enumerated() {
            if place + skipped < words.count { words[place + skipped] |= word << bits }
            if bits > 0, place + skipped + 1 < words.count { words[place + skipped + 1] |= word >> (64 - bits) }
        }
        trim()
    }

    private mutating func trim() {
        while words.last == 0 { words.removeLast() }
    }

    /// Whether anything happened from `first` to `last` days before today.
    func holdsAny(_ first: Int, _ last: Int) -> Bool {
        for back in first...max(first, last) where back / 64 < words.count {
            if words[back / 64] & (1 << UInt64(back % 64)) != 0 { return true }
        }
        return false
    }

    package init() {}
    init(words: [UInt64]) {
        self.words = Array(words.prefix(Int(Self.days) / 64))
        trim()
    }
}
