/// The values of a column in the rows of one group.
struct ColumnValues {
    let column: ParquetColumn
    private(set) var isPresent: [Bool] = []
    /// Of a column of text; empty where there is none.
    private(set) var texts = PackedTexts()
    /// Of every other: integers as they are, numbers as their bits, flags as 0 and 1; 0 where there is none.
    private(set) var words: [Int64] = []

    init(_ column: ParquetColumn) { self.column = column }

    var bytes: Int { texts.bytes.count + 8 * words.count + isPresent.count }

    mutating func append(_ cell: ParquetCell) throws(ParquetMistake) {
        switch (cell, column.kind) {
        case (.none, let kind) where column.isOptional: kind == .text ? texts.append([]) : words.append(0)
        case (.text(let text), .text): texts.append(text.utf8)
        case (.integer(let number), .integer), (.integer(let number), .timestamp): words.append(number)
        case (.number(let number), .number): words.append(Int64(bitPattern: number.bitPattern))
        case (.flag(let flag), .flag): words.append(flag ? 1 : 0)
        case (.none, _), (.text, _), (.integer, _), (.number, _), (.flag, _):
            throw ParquetMistake(detail: "\(column.name) takes no \(cell)")
        }
        isPresent.append(cell != .none)
    }

    /// Numbers that are in the order of the values, those without one first.
    func ranks() -> [Int64] {
        guard column.kind == .text else { return zip(isPresent, words).map { $0 ? $1 : .min } }
        let rows = isPresent.indices.filter { isPresent[$0] }
        let dictionary = TextDictionary(texts, rows: rows)
        let sorted = (0..<dictionary.distinct.count).sorted {
            dictionary.distinct[$0].lexicographicallyPrecedes(dictionary.distinct[$1])
        }
        var byPlace = [Int64](repeating: 0, count: sorted.count)
        for (rank, place) in sorted.enumerated() { byPlace[place] = Int64(rank) }
        var ranks = [Int64](repeating: -1, count: isPresent.count)
        for (row, place) in zip(rows, dictionary.places) { ranks[row] = byPlace[Int(place)] }
        return ranks
    }
}
