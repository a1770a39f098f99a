import TenureCompression
import Testing

@testable import Parquet

/// A file as a whole. What other programs read in it is proved by Tests/EndToEnd/lake.py.
struct WriterTests {
    private static let columns = [
        ParquetColumn("name", .text, isOptional: true), ParquetColumn("at", .timestamp), ParquetColumn("ok", .flag),
    ]

    private func file(
        _ rows: [[ParquetCell]], limits: ParquetWriter.GroupLimits = .init(), sorted: [String] = []
    ) throws -> (bytes: [UInt8], pieces: [Int]) {
        var (bytes, pieces): ([UInt8], [Int]) = ([], [])
        var writer = try ParquetWriter(
            Self.columns, sorted: sorted, limits: limits, compressor: Compressor(level: 3)
        ) {
            bytes += $0
            pieces.append($0.count)
        }
        for row in rows { try writer.append(row) }
        try writer.finish(metadata: [("who", "Zoë")])
        return (bytes, pieces)
    }

    private func row(_ number: Int) -> [ParquetCell] {
        [number % 3 == 0 ? .none : .text("n\(number % 17)"), .integer(Int64(number)), .flag(number % 2 == 0)]
    }

    private func summary(_ bytes: [UInt8]) throws -> ParquetSummary {
        let count = try #require(ParquetSummary.footerBytes(tail: Array(bytes.suffix(8))))
        return try #require(ParquetSummary(footer: Array(bytes.dropLast(8).suffix(count))))
    }

    @Test(arguments: [0, 1, 8, 1000]) func `its end tells how many rows it has`(_ count: Int) throws {
        let (bytes, _) = try file((0..<count).map(row))
        #expect(bytes.prefix(4) == Array("PAR1".utf8)[...] && bytes.suffix(4) == Array("PAR1".utf8)[...])
        let summary = try summary(bytes)
        #expect(summary.rows == count && summary.metadata == ["who": "Zoë"])
    }

    @Test func `the same rows give the same bytes`() throws {
        let rows = (0..<5000).map(row)
        let first = try file(rows, sorted: ["name", "at"]).bytes
        #expect(try file(rows, sorted: ["name", "at"]).bytes == first)
        // The order in which they come matters to nobody where the columns that order them tell all apart.
        #expect(try file(rows.reversed(), sorted: ["name", "at"]).bytes == first)
        #expect(try file(rows.reversed()).bytes != first)
    }

    @Test func `no more is held than a group of rows`() throws {
        let many = try file((0..<1000).map(row), limits: .init(rows: 100))
        // The beginning, three columns of ten groups, the end.
        #expect(many.pieces.count == 1 + 3 * 10 + 1)
        #expect(try summary(many.bytes).rows == 1000)
        let heavy = try file((0..<1000).map(row), limits: .init(bytes: 2000))
        #expect(heavy.pieces.count > 1 + 3 * 5 + 1)
    }

    @Test func `a row that is not of the columns is refused`() throws {
        let wrong: [[ParquetCell]] = [
            [], [.none, .none, .flag(true)], [.integer(1), .integer(1), .flag(true)],
            [.text("a"), .number(1), .flag(true)], [.text("a"), .integer(1), .text("true")],
        ]
        for row in wrong { #expect(throws: ParquetMistake.self) { try file([row]) } }
    }

    @Test func `what is no footer is told as none, whatever its bytes`() throws {
        let (bytes, _) = try file((0..<50).map(row))
        #expect(ParquetSummary.footerBytes(tail: Array(bytes.dropLast().suffix(8))) == nil)
        let count = try #require(ParquetSummary.footerBytes(tail: Array(bytes.suffix(8))))
        let footer = Array(bytes.dropLast(8).suffix(count))
        for length in 0..<footer.count { #expect(ParquetSummary(footer: Array(footer.prefix(length))) == nil) }
        for place in footer.indices {
            for bit in 0..<8 {
                var changed = footer
                changed[place] ^= 1 << UInt8(bit)
                // It may read as something else; it must end.
                _ = ParquetSummary(footer: changed)
            }
        }
    }
}
