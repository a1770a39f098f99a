/// A set of characters: ranges of code points and general categories, or everything but those.
struct CharacterSet: Sendable, Hashable {
    var ranges: [ClosedRange<UInt32>] = []
    var categories: [Category] = []
    var isNegated = false
    private var isSorted = false

    /// Unicode general categories by RE2's names, such as `L` or `Lu`; a negated one is everything else.
    struct Category: Sendable, Hashable {
        let members: [Unicode.GeneralCategory]
        let isNegated: Bool

        func contains(_ category: Unicode.GeneralCategory) -> Bool { members.contains(category) != isNegated }
    }

    init(_ ranges: [ClosedRange<UInt32>] = [], isNegated: Bool = false) {
        self.ranges = ranges
        self.isNegated = isNegated
    }

    init(_ first: Unicode.Scalar, _ last: Unicode.Scalar) { ranges = [first.value...last.value] }

    func contains(_ character: Unicode.Scalar) -> Bool { includes(character) != isNegated }

    private func includes(_ character: Unicode.Scalar) -> Bool {
        if isSorted ? isInSortedRanges(character.value) : ranges.contains(where: { $0.contains(character.value) }) {
            return true
        }
        guard !categories.isEmpty else { return false }
        let category = character.properties.generalCategory
        return categories.contains { $0.contains(category) }
    }

    /// The same set with its ranges ascending and apart, so that a character is found by halving.
    var sorted: CharacterSet {
        var set = self
        set.ranges = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = set.ranges.last, range.lowerBound <= last.upperBound {
                set.ranges[set.ranges.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                set.ranges.append(range)
            }
        }
        set.isSorted = true
        return set
    }

    private func isInSortedRanges(_ code: UInt32) -> Bool {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < code { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(code)
    }

    /// The set with what its ranges leave out and let in exchanged, as ranges.
    var inverted: [ClosedRange<UInt32>] {
        var gaps: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > next { gaps.append(next...range.lowerBound - 1) }
            next = max(next, range.upperBound + 1)
        }
        return next <= 0x10FFFF ? gaps + [next...0x10FFFF] : gaps
    }

    /// The set with both cases of every letter: all of ASCII, and single characters of other scripts.
    var ignoringCase: CharacterSet {
        var set = self
        for range in ranges {
            set.ranges +=
                range.shifted(within: 0x41...0x5A, by: 32) + range.shifted(within: 0x61...0x7A, by: -32)
            guard range.count == 1, let character = Unicode.Scalar(range.lowerBound) else { continue }
            for other in [character.properties.lowercaseMapping, character.properties.uppercaseMapping] {
                let scalars = Array(other.unicodeScalars)
                if scalars.count == 1 { set.ranges.append(scalars[0].value...scalars[0].value) }
            }
        }
        return set
    }

    static let digits = CharacterSet("0", "9")
    static let words = CharacterSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    static let spaces = CharacterSet([0x09...0x0A, 0x0C...0x0D, 0x20...0x20])
    static let anything = CharacterSet(isNegated: true)
    static let exceptNewline = CharacterSet([0x0A...0x0A], isNegated: true)

    static func isWord(_ character: Unicode.Scalar?) -> Bool { character.map(words.contains) ?? false }

    /// POSIX names as they stand between `[:` and `:]`.
    static let named: [String: [ClosedRange<UInt32>]] = [
        "alnum": [0x30...0x39, 0x41...0x5A, 0x61...0x7A], "alpha": [0x41...0x5A, 0x61...0x7A],
        "ascii": [0...0x7F], "blank": [0x09...0x09, 0x20...0x20], "cntrl": [0...0x1F, 0x7F...0x7F],
        "digit": [0x30...0x39], "graph": [0x21...0x7E], "lower": [0x61...0x7A], "print": [0x20...0x7E],
        "punct": [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E], "space": [0x09...0x0D, 0x20...0x20],
        "upper": [0x41...0x5A], "word": words.ranges, "xdigit": [0x30...0x39, 0x41...0x46, 0x61...0x66],
    ]

    /// General categories by their short names; one letter stands for all that begin with it.
    static let categoryNames: [(name: String, category: Unicode.GeneralCategory)] = [
        ("Lu", .uppercaseLetter), ("Ll", .lowercaseLetter), ("Lt", .titlecaseLetter), ("Lm", .modifierLetter),
        ("Lo", .otherLetter), ("Mn", .nonspacingMark), ("Mc", .spacingMark), ("Me", .enclosingMark),
        ("Nd", .decimalNumber), ("Nl", .letterNumber), ("No", .otherNumber), ("Pc", .connectorPunctuation),
        ("Pd", .dashPunctuation), ("Ps", .openPunctuation), ("Pe", .closePunctuation),
        ("Pi", .initialPunctuation),
        ("Pf", .finalPunctuation), ("Po", .otherPunctuation), ("Sm", .mathSymbol), ("Sc", .currencySymbol),
        ("Sk", .modifierSymbol), ("So", .otherSymbol), ("Zs", .spaceSeparator), ("Zl", .lineSeparator),
        ("Zp", .paragraphSeparator), ("Cc", .control), ("Cf", .format), ("Co", .privateUse),
    ]
}

extension ClosedRange<UInt32> {
    /// The part within some letters, moved to their other case.
    fileprivate func shifted(within letters: ClosedRange<UInt32>, by distance: Int32) -> [ClosedRange<UInt32>]
    {
        guard overlaps(letters) else { return [] }
        let part = clamped(to: letters)
        let lower = UInt32(Int32(part.lowerBound) + distance)
        return [lower...lower + (part.upperBound - part.lowerBound)]
    }
}
