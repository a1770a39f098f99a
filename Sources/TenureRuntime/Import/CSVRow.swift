import TenureCore

/// The columns of a file, with the places of those that every row must fill.
package struct CSVColumns: Sendable {
    /// What each column holds.
    package let names: [String]
    /// As the file calls them.
    private let titles: [String]
    fileprivate let required: [(name: String, place: Int?)]

    package init(_ names: [String], titles: [String]? = nil, required: [String]) {
        self.names = names
        self.titles = titles ?? names
        self.required = required.map { name in (name, names.firstIndex { isSame($0, name) }) }
    }

    /// nil: the file has no such column.
    package func place(of column: String) -> Int? { names.firstIndex { isSame($0, column) } }

    /// What people call it who look at the file.
    func title(_ column: String) -> String { place(of: column).map { titles[$0] } ?? column }
    func title(_ place: Int) -> String { titles.indices.contains(place) ? titles[place] : "" }
}

/// One row by its columns; an empty cell is none.
///
/// Looked through rather than hashed: a row has a dozen columns. What every one of a million rows is asked for is asked
/// by its place.
package struct CSVRow {
    private let columns: CSVColumns
    private let cells: [String]

    /// Throws `RowMistake` where the row has other columns than the header, or none of what is required.
    package init(_ columns: CSVColumns, _ cells: [String]) throws {
        guard cells.count == columns.names.count else {
            throw RowMistake(what: "has \(cells.count) cells where the header has \(columns.names.count)")
        }
        self.columns = columns
        self.cells = cells
        for column in columns.required where self[column.place] == nil {
            throw RowMistake(what: "needs a value in the column “\(columns.title(column.name))”")
        }
    }

    package subscript(column: String) -> String? { self[columns.place(of: column)] }

    /// By its place in the header; nil: the file has no such column.
    package subscript(place: Int?) -> String? { place.flatMap { cells[$0].isEmpty ? nil : cells[$0] } }
}

package struct RowMistake: Error {
    package var what: String

    package init(what: String) { self.what = what }
}
