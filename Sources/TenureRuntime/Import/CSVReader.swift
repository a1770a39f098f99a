/// RFC 4180 rows, read one at a time: quoted cells, doubled quotes, CR LF or LF. Semicolons and tabs part cells where the
/// header has no comma. Of a file a piece at a time is in memory. Bounded in columns, cell size and row size.
package struct CSVReader: Sendable {
    package struct Mistake: Error, Hashable, Sendable {
        package var line: Int
        package var what: String
    }

    /// Where a row stands.
    package struct Place: Hashable, Sendable {
        package var offset: Int
        package var line: Int
    }

    static let columnsMax = 256
    static let cellBytesMax = 8192
    static let rowBytesMax = 1 << 20
    private var bytes: [UInt8]
    private var index = 0
    private let source: FilePiece?
    /// Of the source, before `bytes`.
    private var before = 0
    private var isComplete: Bool
    private var comma: UInt8 = 0x2C
    /// Of the last row, lines counted from 1.
    package private(set) var place = Place(offset: 0, line: 1)
    private var nextLine = 1

    package var line: Int { place.line }

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        source = nil
        isComplete = true
        begin()
    }

    /// Throws `Mistake` where the file cannot be read.
    package init(path: String) throws(Mistake) {
        let file = FilePiece(path: path)
        bytes = try file.read(at: 0)
        source = file
        isComplete = bytes.count >= file.size
        begin()
    }

    private mutating func begin() {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
        let header = bytes[index...].prefix { $0 != 0x0A && $0 != 0x0D }
        guard !header.contains(0x2C), let other = [0x3B, 0x09].first(where: { header.contains($0) }) else {
            return
        }
        comma = other
    }

    package var progress: Double {
        let size = source?.size ?? bytes.count
        return size == 0 ? 1 : Double(before + index) / Double(size)
    }

    /// The next row that is not empty; nil at the end.
    package mutating func next() throws(Mistake) -> [String]? {
        while index < bytes.count || !isComplete {
            if index >= bytes.count {
                try readOn()
                continue
            }
            place = Place(offset: before + index, line: nextLine)
            let row = try wholeRow()
            if row != [""] { return row }
        }
        return nil
    }

    /// A row by the place that it had when it was read before.
    package mutating func row(at place: Place) throws(Mistake) -> [String] {
        if place.offset < before || place.offset > before + bytes.count, let source {
            bytes = try source.read(at: place.offset, count: FilePiece.jumpBytes)
            before = place.offset
            isComplete = before + bytes.count >= source.size
        }
        index = min(max(0, place.offset - before), bytes.count)
        (nextLine, self.place) = (place.line, place)
        return try wholeRow()
    }

    /// Reads on where a row is not all in memory.
    private mutating func wholeRow() throws(Mistake) -> [String] {
        while true {
            let start = (index, nextLine)
            let result: Result<[String], Mistake>
            do throws(Mistake) { result = .success(try row()) } catch { result = .failure(error) }
            guard index >= bytes.count, !isComplete else { return try result.get() }
            (index, nextLine) = start
            guard bytes.count - index < Self.rowBytesMax else { throw mistake("a row of more than 1 MiB") }
            try readOn()
        }
    }

    private mutating func readOn() throws(Mistake) {
        guard let source else { return isComplete = true }
        let more = try source.read(at: before + bytes.count)
        bytes.removeFirst(index)
        before += index
        index = 0
        bytes += more
        isComplete = more.isEmpty || before + bytes.count >= source.size
    }

    private mutating func row() throws(Mistake) -> [String] {
        var cells: [String] = []
        while true {
            cells.append(try cell())
            guard cells.count <= Self.columnsMax else {
                throw mistake("more than \(Self.columnsMax) columns")
            }
            guard index < bytes.count else { return cells }
            let byte = bytes[index]
            index += 1
            if byte == comma { continue }
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
        guard cell.count <= Self.cellBytesMax else {
            throw mistake("a cell of more than \(Self.cellBytesMax) bytes")
        }
        for place in cell.indices where cell[place] == 0 { throw mistake("not UTF-8 text") }
        guard let text = try? UTF8Span(validating: cell) else { throw mistake("not UTF-8 text") }
        return String(copying: text)
    }

    private func isEnd(_ byte: UInt8) -> Bool { byte == comma || byte == 0x0A || byte == 0x0D }

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

    private func mistake(_ what: String) -> Mistake { Mistake(line: place.line, what: what) }
}
