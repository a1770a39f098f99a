/// The values of a column in the order of a group's rows, cut into pages.
struct ColumnPages {
    struct Page {
        fileprivate var rows: Range<Int>
        /// Among the rows with a value, as a dictionary counts.
        fileprivate var places: Range<Int>

        var count: Int { rows.count }
    }

    let encoding: Code.Encoding
    let dictionary: ValueDictionary?
    let statistics: ColumnStatistics
    private(set) var pages: [Page] = []
    private let values: ColumnValues
    private let order: [Int]

    private static let pageBytes = 1 << 20

    init(_ values: ColumnValues, order: [Int]) {
        self.values = values
        self.order = order
        let present = order.filter { values.isPresent($0) }
        let dictionary = ValueDictionary.worthwhile(values, rows: present)
        self.dictionary = dictionary
        encoding = dictionary != nil ? .dictionary : values.column.kind.hasDeltas ? .deltaNumbers : .plain
        statistics = ColumnStatistics(values, rows: present)
        cut()
    }

    private mutating func cut() {
        var (start, presentBefore) = (0, 0)
        while start < order.count {
            var (end, bytes, present) = (start, 0, 0)
            while end < order.count, bytes < Self.pageBytes {
                bytes += size(order[end])
                if values.isPresent(order[end]) { present += 1 }
                end += 1
            }
            pages.append(Page(rows: start..<end, places: presentBefore..<presentBefore + present))
            (start, presentBefore) = (end, presentBefore + present)
        }
    }

    private func size(_ row: Int) -> Int {
        if dictionary != nil { return 2 }
        guard values.column.kind == .text else { return 8 }
        return values.isPresent(row) ? 4 + values.texts[row].count : 0
    }

    /// Made one by one, since together they are as large as the column.
    func bytes(of page: Page) -> [UInt8] {
        var bytes: [UInt8] = []
        let rows = order[page.rows]
        if values.column.isOptional {
            let levels = RunLengths.encode(rows.map { values.isPresent($0) ? 1 : 0 }, bits: 1)
            bytes.append(UInt64(levels.count), bytes: 4)
            bytes += levels
        }
        if let dictionary {
            bytes.append(UInt8(dictionary.bits))
            bytes += RunLengths.encode(Array(dictionary.places[page.places]), bits: dictionary.bits)
        } else {
            append(rows.filter { values.isPresent($0) }, to: &bytes)
        }
        return bytes
    }

    private func append(_ rows: [Int], to bytes: inout [UInt8]) {
        switch values.column.kind {
        case .text: for row in rows { bytes.append(plainly: values.texts[row]) }
        case .integer, .timestamp: bytes += DeltaNumbers.encode(rows.map { values.words[$0] })
        case .number: for row in rows { bytes.append(UInt64(bitPattern: values.words[row]), bytes: 8) }
        case .flag:
            var packing = BitPacking(after: bytes)
            for row in rows { packing.append(values.flags[row] ? 1 : 0, bits: 1) }
            bytes = packing.finish()
        }
    }
}

extension ParquetColumn.Kind {
    fileprivate var hasDeltas: Bool {
        switch self {
        case .integer, .timestamp: true
        case .text, .number, .flag: false
        }
    }
}
