package import TenureCompression

/// Writes a file row by row, and holds no more than one row group of it. The same rows give the same bytes.
package struct ParquetWriter {
    /// How much of a file is held in memory and read in one piece.
    package struct GroupLimits: Sendable {
        package var rows: Int
        /// Before compression.
        package var bytes: Int

        package init(rows: Int = 131_072, bytes: Int = 48 << 20) {
            self.rows = max(1, rows)
            self.bytes = max(1, bytes)
        }
    }

    package let columns: [ParquetColumn]
    package private(set) var rows = 0
    private let sorting: [Int]
    private let limits: GroupLimits
    private let compressor: Compressor
    private let sink: ([UInt8]) throws -> Void
    private var values: [ColumnValues]
    private var groups: [RowGroup] = []
    private var offset = 0

    /// - Parameters:
    ///   - sorted: names of columns by which the rows of each group are ordered.
    ///   - sink: takes the file piece by piece.
    package init(
        _ columns: [ParquetColumn], sorted: [String] = [], limits: GroupLimits = GroupLimits(),
        compressor: Compressor, sink: @escaping ([UInt8]) throws -> Void
    ) throws {
        self.columns = columns
        sorting = sorted.compactMap { name in columns.firstIndex { $0.name == name } }
        self.limits = limits
        self.compressor = compressor
        self.sink = sink
        values = columns.map { ColumnValues($0) }
        try write(Code.magic)
    }

    /// - Throws: `ParquetMistake` where the cells are not those of the columns, and what the sink throws. The file is
    ///   lost then.
    package mutating func append(_ row: [ParquetCell]) throws {
        guard row.count == columns.count else {
            throw ParquetMistake(detail: "\(row.count) cells for \(columns.count) columns")
        }
        for place in row.indices { try values[place].append(row[place]) }
        rows += 1
        let held = values.first?.count ?? 0
        if held >= limits.rows || values.reduce(0, { $0 + $1.bytes }) >= limits.bytes { try endGroup() }
    }

    /// The end of the file.
    ///
    /// - Parameter metadata: names and texts that readers find in it.
    package mutating func finish(metadata: [(name: String, text: String)] = []) throws {
        try endGroup()
        var footer = FileFooter(columns: columns, groups: groups, rows: rows, metadata: metadata).bytes
        footer.append(UInt64(footer.count), bytes: 4)
        try write(footer + Code.magic)
    }

    private mutating func endGroup() throws {
        guard (values.first?.count ?? 0) > 0 else { return }
        let group = try RowGroup(values, sorting: sorting, at: offset, compressor, sink)
        offset += group.storedBytes
        groups.append(group)
        values = columns.map { ColumnValues($0) }
    }

    private mutating func write(_ bytes: [UInt8]) throws {
        try sink(bytes)
        offset += bytes.count
    }
}
