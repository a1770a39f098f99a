/// What a file shows of itself before it is read: its columns and their first values.
package struct TableHead: Hashable, Sendable {
    package var header: [String]
    /// Whole rows.
    package var samples: [[String]]

    private static let samplesMax = 3
    private static let samplesRead = 200

    /// Throws `CSVReader.Mistake`, also for a file without a line.
    package init(_ reader: inout CSVReader) throws(CSVReader.Mistake) {
        guard let first = try reader.next() else {
            throw CSVReader.Mistake(line: 1, what: "the file is empty")
        }
        header = first.map { Self.trimmed($0) }
        samples = []
    }

    package init(path: String) throws(CSVReader.Mistake) {
        var reader = try CSVReader(path: path)
        try self.init(&reader)
        try readSamples(&reader)
    }

    /// The fullest of the first rows, so that few columns look empty.
    private mutating func readSamples(_ reader: inout CSVReader) throws(CSVReader.Mistake) {
        var rows: [[String]] = []
        while rows.count < Self.samplesRead, let row = try reader.next() {
            if row.count == header.count { rows.append(row) }
        }
        let fullest = rows.enumerated().sorted {
            (-$0.element.count { !$0.isEmpty }, $0.offset) < (-$1.element.count { !$0.isEmpty }, $1.offset)
        }
        samples = fullest.prefix(Self.samplesMax).sorted { $0.offset < $1.offset }.map(\.element)
    }

    /// Of a column, without empty ones.
    package func values(_ column: Int) -> [String] {
        samples.compactMap { $0.indices.contains(column) && !$0[column].isEmpty ? $0[column] : nil }
    }

    private static func trimmed(_ text: String) -> String {
        let rest = text.drop { $0.isWhitespace }
        return String(rest.prefix(rest.count - rest.reversed().prefix { $0.isWhitespace }.count))
    }
}
