import TenureCompression

/// A column of a row group as it lies in the file.
struct ColumnChunk {
    let column: ParquetColumn
    let encodings: [Code.Encoding]
    let statistics: ColumnStatistics
    private let rows: Int
    private let offset: Int
    private var dataOffset: Int
    private(set) var bytes: [UInt8] = []
    /// With the headers of the pages, as the format counts.
    private(set) var plainBytes = 0
    private(set) var storedBytes = 0

    /// - Parameter offset: in the file, where it is going to be written.
    init(
        _ pages: ColumnPages, of column: ParquetColumn, at offset: Int, _ compressor: Compressor
    ) throws(ParquetMistake) {
        self.column = column
        self.offset = offset
        dataOffset = offset
        encodings = [.runLengths, pages.encoding] + (pages.dictionary == nil ? [] : [.plain])
        statistics = pages.statistics
        rows = pages.pages.reduce(0) { $0 + $1.count }
        if let dictionary = pages.dictionary {
            try append(dictionary.plain, .dictionary, compressor) {
                $0.field(1, Int32(clamping: dictionary.count))
                $0.field(2, Code.Encoding.plain.rawValue)
            }
            dataOffset = offset + bytes.count
        }
        for page in pages.pages {
            try append(pages.bytes(of: page), .data, compressor) {
                $0.field(1, Int32(clamping: page.count))
                $0.field(2, pages.encoding.rawValue)
                $0.field(3, Code.Encoding.runLengths.rawValue)
                $0.field(4, Code.Encoding.runLengths.rawValue)
            }
        }
        storedBytes = bytes.count
    }

    private mutating func append(
        _ plain: [UInt8], _ page: Code.Page, _ compressor: Compressor, _ header: (inout ThriftWriter) -> Void
    ) throws(ParquetMistake) {
        guard let stored = compressor.frame(plain), let size = Int32(exactly: plain.count),
            let storedSize = Int32(exactly: stored.count)
        else { throw ParquetMistake(detail: "a page of \(plain.count) bytes of \(column.name) cannot be written") }
        var writer = ThriftWriter()
        writer.structure {
            $0.field(1, page.rawValue)
            $0.field(2, size)
            $0.field(3, storedSize)
            $0.field(page == .data ? 5 : 7, header)
        }
        plainBytes += writer.bytes.count + plain.count
        bytes += writer.bytes + stored
    }

    /// What was written may be forgotten; the footer tells where it lies.
    var withoutBytes: ColumnChunk {
        var chunk = self
        chunk.bytes = []
        return chunk
    }

    func write(_ writer: inout ThriftWriter) {
        writer.field(2, Int64(offset))
        writer.field(3) { writer in
            writer.field(1, column.kind.physicalType.rawValue)
            writer.field(2, encodings, of: .int32) { $0.write(Int64($1.rawValue)) }
            writer.field(3, [column.name], of: .binary) { $0.write(Array($1.utf8)) }
            writer.field(4, Code.zstd)
            writer.field(5, Int64(rows))
            writer.field(6, Int64(plainBytes))
            writer.field(7, Int64(storedBytes))
            writer.field(9, Int64(dataOffset))
            if dataOffset != offset { writer.field(11, Int64(offset)) }
            writer.field(12) { statistics.write(&$0) }
        }
    }
}
