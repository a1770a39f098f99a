/// The values of a column in the rows of one group.
struct ColumnValues {
    let column: ParquetColumn
    private(set) var count = 0
    /// Of a column of text.
    private(set) var texts = TextRows()
    /// Of integers and timestamps as they are, of numbers their bits; 0 where there is none.
    private(set) var words: [Int64] = []
    private(set) var flags: [Bool] = []
    /// Of a column that may have none.
    private var presence: [Bool] = []

    init(_ column: ParquetColumn) { self.column = column }

    var bytes: Int { texts.byteCount + 8 * words.count + flags.count + presence.count }

    func isPresent(_ row: Int) -> Bool { !column.isOptional || presence[row] }

    mutating func append(_ cell: ParquetCell) throws(ParquetMistake) {
        switch (cell, column.kind) {
        case (.none, let kind) where column.isOptional: appendNone(kind)
        case (.text(let text), .text): texts.append(text.utf8)
        case (.integer(let number), .integer), (.integer(let number), .timestamp): words.append(number)
        case (.number(let number), .number): words.append(Int64(bitPattern: number.bitPattern))
        case (.flag(let flag), .flag): flags.append(flag)
        case (.none, _), (.text, _), (.integer, _), (.number, _), (.flag, _):
            throw ParquetMistake(detail: "\(column.name) takes no \(cell)")
        }
        if column.isOptional { presence.append(cell != .none) }
        count += 1
    }

    private mutating func appendNone(_ kind: ParquetColumn.Kind) {
        switch kind {
        case .text: texts.appendNone()
        case .integer, .timestamp, .number: words.append(0)
        case .flag: flags.append(false)
        }
    }

    /// Numbers that are in the order of the values, those without one first.
    func ranks() -> [Int64] {
        switch column.kind {
        case .text:
            let ranks = textRanks()
            return (0..<count).map { isPresent($0) ? ranks[Int(texts.places[$0])] : -1 }
        case .flag: return (0..<count).map { isPresent($0) ? (flags[$0] ? 1 : 0) : -1 }
        case .integer, .timestamp, .number: return (0..<count).map { isPresent($0) ? words[$0] : .min }
        }
    }

    private func textRanks() -> [Int64] {
        let distinct = texts.distinct
        let sorted = (0..<distinct.count).sorted { distinct[$0].lexicographicallyPrecedes(distinct[$1]) }
        var ranks = [Int64](repeating: 0, count: sorted.count)
        for (rank, place) in sorted.enumerated() { ranks[place] = Int64(rank) }
        return ranks
    }
}
