import TenureCore

/// A stretch of one line in one file. Lines and columns start at 1; columns and length count Unicode scalars.
package struct Place: Hashable, Sendable {
    package var file: String
    package var line: Int
    package var column: Int
    package var length: Int

    package init(file: String, line: Int, column: Int, length: Int) {
        self.file = file
        self.line = line
        self.column = column
        self.length = length
    }

    /// By file name, then position: the order in which a person reads mistakes.
    static func precedes(_ left: Place, _ right: Place) -> Bool {
        if isSame(left.file, right.file) {
            return (left.line, left.column) < (right.line, right.column)
        }
        return TenureCore.precedes(left.file, right.file)
    }
}
