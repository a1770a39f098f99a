/// Each value of a column once, and for every row its place among them.
struct ValueDictionary {
    /// The values as the format writes them plainly.
    var plain: [UInt8] = []
    var count = 0
    var places: [UInt32] = []

    /// Bits of a place; readers differ about none, so one at least.
    var bits: Int { max(1, bitWidth(UInt64(max(0, count - 1)))) }

    /// Before compression.
    var bytes: Int { plain.count + (places.count * bits + 7) / 8 }

    private static let bytesMax = 4 << 20

    /// nil where writing every value out is no worse.
    ///
    /// - Parameter rows: those with a value.
    static func worthwhile(_ values: ColumnValues, rows: [Int]) -> ValueDictionary? {
        switch values.column.kind {
        case .number, .flag: return nil
        case .text:
            let dictionary = ValueDictionary(values.texts, rows: rows)
            return dictionary.isBelow(rows.reduce(0) { $0 + 4 + values.texts[$1].count }) ? dictionary : nil
        case .integer, .timestamp:
            let numbers = rows.map { values.words[$0] }
            guard Set(numbers).count <= numbers.count / 4 else { return nil }
            let dictionary = ValueDictionary(integers: numbers)
            return dictionary.isBelow(DeltaNumbers.encode(numbers).count) ? dictionary : nil
        }
    }

    /// A quarter less at least, since what is written out compresses better.
    private func isBelow(_ others: Int) -> Bool { count > 0 && plain.count <= Self.bytesMax && bytes < others / 4 * 3 }

    /// In the order of the rows, so that the order in which they came does not matter.
    private init(_ texts: TextRows, rows: [Int]) {
        var known = [UInt32?](repeating: nil, count: texts.distinct.count)
        for row in rows {
            let text = Int(texts.places[row])
            let place = known[text] ?? UInt32(count)
            if known[text] == nil {
                known[text] = place
                plain.append(plainly: texts.distinct[text])
                count += 1
            }
            places.append(place)
        }
    }

    private init(integers: [Int64]) {
        var known: [Int64: UInt32] = [:]
        for number in integers {
            let place = known[number] ?? UInt32(known.count)
            if known.updateValue(place, forKey: number) == nil { plain.append(UInt64(bitPattern: number), bytes: 8) }
            places.append(place)
        }
        count = known.count
    }
}

extension [UInt8] {
    /// A text with its length in front.
    mutating func append(plainly text: ArraySlice<UInt8>) {
        append(UInt64(text.count), bytes: 4)
        self += text
    }
}
