/// Searching in a row of elements.
enum Places {
    /// Where `part` begins in `whole` at or after `start`, in time linear in both.
    static func first<Element: Equatable>(of part: [Element], in whole: [Element], from start: Int) -> Int? {
        guard !part.isEmpty else { return start <= whole.count ? start : nil }
        return Finder(part).first(in: whole, from: start)
    }

    /// The texts between the separators. An empty separator parts every two characters;
    /// with `aroundEach` it also stands before the first and behind the last.
    static func pieces(
        of text: [Unicode.Scalar], by separator: [Unicode.Scalar], atMost limit: Int, aroundEach: Bool = false
    ) -> [String] {
        guard !separator.isEmpty else { return characters(of: text, atMost: limit, aroundEach) }
        let finder = Finder(separator)
        var pieces: [String] = []
        var start = 0
        while pieces.count < limit - 1, let place = finder.first(in: text, from: start) {
            pieces.append(String(scalars: text[start..<place]))
            start = place + separator.count
        }
        return pieces + [String(scalars: text[start...])]
    }

    private static func characters(of text: [Unicode.Scalar], atMost limit: Int, _ aroundEach: Bool)
        -> [String]
    {
        var pieces = aroundEach && limit > 1 ? [""] : []
        var rest = text[...]
        while pieces.count < limit - 1, let first = rest.first, aroundEach || rest.count > 1 {
            pieces.append(String(Character(first)))
            rest = rest.dropFirst()
        }
        return pieces + (rest.isEmpty && !aroundEach ? [] : [String(scalars: rest)])
    }
}

/// Knuth, Morris and Pratt's search: never looks at an element of the whole twice.
private struct Finder<Element: Equatable> {
    private let part: [Element]
    /// For each place in the part the longest beginning of the part that ends there.
    private let fallbacks: [Int]

    init(_ part: [Element]) {
        self.part = part
        var table = [0]
        var length = 0
        for element in part.dropFirst() {
            while length > 0, element != part[length] { length = table[length - 1] }
            if element == part[length] { length += 1 }
            table.append(length)
        }
        fallbacks = table
    }

    func first(in whole: [Element], from start: Int) -> Int? {
        var matched = 0
        var place = start
        while place < whole.count {
            while matched > 0, whole[place] != part[matched] { matched = fallbacks[matched - 1] }
            if whole[place] == part[matched] { matched += 1 }
            if matched == part.count { return place - matched + 1 }
            place += 1
        }
        return nil
    }
}
