/// Names that may have been meant.
enum Suggestions {
    static let limit = 4

    /// The candidates near to a name, nearest first: those that differ in case only, else those few edits
    /// apart.
    ///
    /// Words that dotted names share say nothing: `account.sets` is near `account.seats`, not `account.tier`.
    static func near(_ name: String, among candidates: some Sequence<String>) -> [String] {
        let others = Set(candidates).subtracting([name])
        let sameLetters = others.filter { $0.lowercased() == name.lowercased() }
        guard sameLetters.isEmpty else { return Array(sameLetters.sorted(by: inByteOrder).prefix(limit)) }
        var found: [(distance: Int, name: String)] = []
        for candidate in others {
            let (written, other) = withoutSharedWords(name, candidate)
            let allowed = max(written.count / 3, 1)
            guard abs(other.count - written.count) <= allowed else { continue }
            let distance = editDistance(written, other)
            if distance <= allowed { found.append((distance, candidate)) }
        }
        let ordered = found.sorted { first, second in
            first.distance == second.distance
                ? inByteOrder(first.name, second.name) : first.distance < second.distance
        }
        return ordered.prefix(limit).map(\.name)
    }

    static func inByteOrder(_ first: String, _ second: String) -> Bool {
        first.utf8.lexicographicallyPrecedes(second.utf8)
    }

    private static let lengthLimit = 200

    /// The letters of both names from the first dotted word in which they differ to the last.
    private static func withoutSharedWords(_ first: String, _ second: String) -> (
        [Unicode.Scalar], [Unicode.Scalar]
    ) {
        var a = first.lowercased().split(separator: ".", omittingEmptySubsequences: false)[...]
        var b = second.lowercased().split(separator: ".", omittingEmptySubsequences: false)[...]
        while a.count > 1, b.count > 1, a.first == b.first { (a, b) = (a.dropFirst(), b.dropFirst()) }
        while a.count > 1, b.count > 1, a.last == b.last { (a, b) = (a.dropLast(), b.dropLast()) }
        return (letters(a), letters(b))
    }

    private static func letters(_ words: ArraySlice<Substring>) -> [Unicode.Scalar] {
        Array(words.joined(separator: ".").unicodeScalars.prefix(lengthLimit))
    }

    /// Insertions, removals, changes and swaps of neighbours that lead from one to the other.
    private static func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var older: [Int] = []
        var previous = Array(0...b.count)
        for (i, letter) in a.enumerated() {
            var row = [i + 1]
            for (j, other) in b.enumerated() {
                var best = min(previous[j] + (letter == other ? 0 : 1), previous[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, letter == b[j - 1], a[i - 1] == other { best = min(best, older[j - 1] + 1) }
                row.append(best)
            }
            (older, previous) = (previous, row)
        }
        return previous[b.count]
    }
}
