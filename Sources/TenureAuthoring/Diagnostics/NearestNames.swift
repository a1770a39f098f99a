/// Names that somebody who wrote a wrong one may have meant.
enum NearestNames {
    /// At most four of `names`: those equal but for case, else those within a third of the length in edits,
    /// nearest first and otherwise in the order given.
    static func of(_ wrong: String, among names: [String]) -> [String] {
        let letters = Array(wrong.lowercased().unicodeScalars)
        let sameButCase = names.filter { $0.lowercased() == wrong.lowercased() }
        if !sameButCase.isEmpty { return Array(sameButCase.prefix(4)) }
        guard letters.count <= 100 else { return [] }
        let limit = max(letters.count / 3, 1)
        return names.enumerated()
            .compactMap { index, name in
                distance(letters, Array(name.lowercased().unicodeScalars), atMost: limit).map {
                    ($0, index, name)
                }
            }
            .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
            .prefix(4).map(\.2)
    }

    /// Insertions, deletions, replacements and swaps of neighbours from one to the other; nil beyond `limit`.
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar], atMost limit: Int)
        -> Int?
    {
        guard abs(left.count - right.count) <= limit else { return nil }
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var best = min(
                    last[column] + (letter == other ? 0 : 1), last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count] <= limit ? last[right.count] : nil
    }
}

/// Names as prose: `` `a`, `b` or `c` ``.
func listed(_ names: [String], _ joint: String = "or") -> String {
    let quoted = names.map { "`\($0)`" }
    guard quoted.count > 1, let last = quoted.last else { return quoted.first ?? "nothing" }
    return quoted.dropLast().joined(separator: ", ") + " \(joint) " + last
}

/// The hint that offers the nearest names; nil when none is near.
func didYouMean(_ wrong: String, among names: [String]) -> String? {
    let near = NearestNames.of(wrong, among: names)
    return near.isEmpty ? nil : "did you mean \(listed(near))?"
}
