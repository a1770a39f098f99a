import TenureCore

/// One row by its columns; an empty cell is none.
///
/// Looked through rather than hashed: a row has a dozen columns, and a year of events has millions of rows.
struct CSVRow {
    private let header: [String]
    private let cells: [String]

    /// Throws `RowMistake` where the row has other columns than the header, or none of what is required.
    init(_ header: [String], _ cells: [String], required: [String]) throws {
        guard cells.count == header.count else {
            throw RowMistake(what: "has \(cells.count) cells where the header has \(header.count)")
        }
        self.header = header
        self.cells = cells
        for name in required where self[name] == nil {
            throw RowMistake(what: "needs a value in the column “\(name)”")
        }
    }

    subscript(column: String) -> String? {
        for place in header.indices where isSame(header[place], column) { return self[place] }
        return nil
    }

    /// By its place in the header.
    subscript(place: Int) -> String? { cells[place].isEmpty ? nil : cells[place] }
}
