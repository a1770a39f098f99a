/// RFC 4180 rows, read one at a time: quoted cells, doubled quotes, CR LF or LF. Bounded in columns and cell size.
struct CSVReader {
    struct Mistake: Error {
        var line: Int
        var what: String
    }

    static let columnsMax = 256
    static let cellBytesMax = 8192
    private let bytes: [UInt8]
    private var index = 0
    /// Line on which the last row began, from 1.
    private(set) var line = 1
    private var nextLine = 1

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    }

    var progress: Double { bytes.isEmpty ? 1 : Double(index) / Double(bytes.count) }

    /// The next row that is not empty; nil at the end.
    mutating func next() throws(Mistake) -> [String]? {
        while index < bytes.count {
            line = nextLine
            let row = try row()
            if row != [""] { return row }
        }
        return nil
    }

    private mutating func row() throws(Mistake) -> [String] {
        var cells: [String] = []
        while true {
            cells.append(try cell())
            guard cells.count <= Self.columnsMax else { throw mistake("more than \(Self.columnsMax) columns") }
            guard index < bytes.count else { return cells }
            let byte = bytes[index]
            index += 1
            if byte == 0x2C { continue }
            if byte == 0x0D, index < bytes.count, bytes[index] == 0x0A { index += 1 }
            nextLine += 1
            return cells
        }
    }

    private mutating func cell() throws(Mistake) -> String {
        guard index < bytes.count, bytes[index] == 0x22 else { return try unquoted() }
        var out: [UInt8] = []
        index += 1
        try quoted(&out)
        guard index >= bytes.count || isEnd(bytes[index]) else { throw mistake("text after a closing quote") }
        return try text(out.span)
    }

    private mutating func unquoted() throws(Mistake) -> String {
        let start = index
        while index < bytes.count, !isEnd(bytes[index]) {
            guard bytes[index] != 0x22 else { throw mistake("a quote inside an unquoted cell") }
            index += 1
        }
        return try text(bytes.span.extracting(start..<index))
    }

    private func text(_ cell: Span<UInt8>) throws(Mistake) -> String {
        guard cell.count <= Self.cellBytesMax else { throw mistake("a cell of more than \(Self.cellBytesMax) bytes") }
        for place in cell.indices where cell[place] == 0 { throw mistake("not UTF-8 text") }
        guard let text = try? UTF8Span(validating: cell) else { throw mistake("not UTF-8 text") }
        return String(copying: text)
    }

    private func isEnd(_ byte: UInt8) -> Bool { byte == 0x2C || byte == 0x0A || byte == 0x0D }

    private mutating func quoted(_ out: inout [UInt8]) throws(Mistake) {
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == 0x0A { nextLine += 1 }
            guard byte == 0x22 else {
                out.append(byte)
                continue
            }
            guard index < bytes.count, bytes[index] == 0x22 else { return }
            out.append(0x22)
            index += 1
        }
        throw mistake("a quoted cell that never ends")
    }

    private func mistake(_ what: String) -> Mistake { Mistake(line: line, what: what) }
}
