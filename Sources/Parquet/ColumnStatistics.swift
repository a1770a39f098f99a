/// What a reader may know of a column of a group without reading it.
struct ColumnStatistics {
    var nullCount: Int
    /// As the format writes them plainly; none where there is no value, or one is too long to be worth it.
    var least: [UInt8]?
    var greatest: [UInt8]?

    private static let bytesMax = 64

    /// - Parameter rows: those with a value.
    init(_ values: ColumnValues, rows: [Int]) {
        nullCount = values.count - rows.count
        switch values.column.kind {
        case .text: takeTexts(rows.map { values.texts[$0] })
        case .integer, .timestamp: takeIntegers(rows.map { values.words[$0] })
        case .number: takeNumbers(rows.map { Double(bitPattern: UInt64(bitPattern: values.words[$0])) })
        case .flag: takeFlags(rows.map { values.flags[$0] })
        }
    }

    private mutating func takeTexts(_ texts: [ArraySlice<UInt8>]) {
        guard let first = texts.first, texts.allSatisfy({ $0.count <= Self.bytesMax }) else { return }
        var (low, high) = (first, first)
        for text in texts {
            if text.lexicographicallyPrecedes(low) { low = text }
            if high.lexicographicallyPrecedes(text) { high = text }
        }
        (least, greatest) = (Array(low), Array(high))
    }

    private mutating func takeIntegers(_ numbers: [Int64]) {
        guard let low = numbers.min(), let high = numbers.max() else { return }
        (least, greatest) = (Self.plain(UInt64(bitPattern: low)), Self.plain(UInt64(bitPattern: high)))
    }

    /// Zeros of both signs are equal and have different bits: readers are told the widest.
    private mutating func takeNumbers(_ numbers: [Double]) {
        guard let low = numbers.min(), let high = numbers.max(), !numbers.contains(where: \.isNaN) else { return }
        least = Self.plain((low == 0 ? -0.0 : low).bitPattern)
        greatest = Self.plain((high == 0 ? 0.0 : high).bitPattern)
    }

    private mutating func takeFlags(_ flags: [Bool]) {
        guard !flags.isEmpty else { return }
        (least, greatest) = ([flags.contains(false) ? 0 : 1], [flags.contains(true) ? 1 : 0])
    }

    private static func plain(_ word: UInt64) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(word, bytes: 8)
        return bytes
    }

    func write(_ writer: inout ThriftWriter) {
        writer.field(3, Int64(nullCount))
        if let greatest { writer.field(5, greatest) }
        if let least { writer.field(6, least) }
    }
}
