import TenureRuntime

/// The rows that were refused, as a table to mend them by.
struct ImportReport {
    let one: Import

    init(_ one: Import) { self.one = one }

    var text: String {
        let rows = one.files.flatMap { file -> [[String]] in
            let refused = file.tally?.refused ?? file.review?.refused ?? RowRefusals()
            return refused.byLine.map { [file.name, "\($0.line)", $0.what] }
        }
        return ([["file", "line", "reason"]] + rows).map(Self.line).joined()
    }

    static func line(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") + "\r\n" }

    /// Quoted, and never taken for a formula by the program that opens the table.
    private static func cell(_ text: String) -> String {
        let isFormula = text.first.map { "=+-@\t\r".contains($0) } ?? false
        return "\"" + (isFormula ? "'" : "") + text.replacing("\"", with: "\"\"") + "\""
    }
}
