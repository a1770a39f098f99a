import TenureCompression

/// Rows that lie together; the footer knows where, and what readers may leave out.
struct RowGroup {
    let rows: Int
    let sorting: [Int]
    private let offset: Int
    private(set) var chunks: [ColumnChunk] = []

    /// Writes the rows in the order of the sorting columns, then in the order in which they came.
    init(
        _ values: [ColumnValues], sorting: [Int], at offset: Int, _ compressor: Compressor,
        _ sink: ([UInt8]) throws -> Void
    ) throws {
        self.sorting = sorting
        self.offset = offset
        rows = values.first?.count ?? 0
        let order = Self.order(rows, by: sorting.map { values[$0].ranks() })
        var end = offset
        for column in values {
            let chunk = try ColumnChunk(ColumnPages(column, order: order), of: column.column, at: end, compressor)
            try sink(chunk.bytes)
            end += chunk.storedBytes
            chunks.append(chunk.withoutBytes)
        }
    }

    var storedBytes: Int { chunks.reduce(0) { $0 + $1.storedBytes } }

    private static func order(_ rows: Int, by ranks: [[Int64]]) -> [Int] {
        guard !ranks.isEmpty else { return Array(0..<rows) }
        return (0..<rows).sorted { left, right in
            for ranks in ranks where ranks[left] != ranks[right] { return ranks[left] < ranks[right] }
            return left < right
        }
    }

    func write(_ writer: inout ThriftWriter) {
        writer.field(1, chunks, of: .structure) { writer, chunk in writer.structure { chunk.write(&$0) } }
        writer.field(2, Int64(chunks.reduce(0) { $0 + $1.plainBytes }))
        writer.field(3, Int64(rows))
        if !sorting.isEmpty {
            writer.field(4, sorting, of: .structure) { writer, place in
                writer.structure {
                    $0.field(1, Int32(clamping: place))
                    $0.field(2, false)
                    $0.field(3, true)
                }
            }
        }
        writer.field(5, Int64(offset))
        writer.field(6, Int64(storedBytes))
    }
}
