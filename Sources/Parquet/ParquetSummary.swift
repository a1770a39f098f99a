/// What the end of a file says, read without its rows.
package struct ParquetSummary: Hashable, Sendable {
    package private(set) var rows = 0
    package private(set) var metadata: [String: String] = [:]

    /// Bytes at a file's end that tell how long its footer is.
    package static let tailBytes = 8

    /// The length of the footer before the tail; nil where the file is not whole.
    package static func footerBytes(tail: [UInt8]) -> Int? {
        guard tail.count == tailBytes, Array(tail.suffix(4)) == Code.magic else { return nil }
        return tail.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// nil where it is no footer.
    package init?(footer: [UInt8]) {
        var reader = ThriftReader(footer)
        do {
            try reader.structure { reader, id, kind in
                switch (id, kind) {
                case (3, 6): rows = Int(try reader.integer())
                case (5, 9): try readMetadata(&reader)
                default: try reader.skip(kind)
                }
            }
        } catch { return nil }
    }

    private mutating func readMetadata(_ reader: inout ThriftReader) throws {
        for _ in 0..<(try reader.list().count) {
            var (name, text) = ("", "")
            try reader.structure { reader, id, kind in
                switch (id, kind) {
                case (1, 8): name = try reader.text()
                case (2, 8): text = try reader.text()
                default: try reader.skip(kind)
                }
            }
            metadata[name] = text
        }
    }
}
