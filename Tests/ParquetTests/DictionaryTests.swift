import Testing

@testable import Parquet

struct DictionaryTests {
    private func values(_ kind: ParquetColumn.Kind, _ cells: [ParquetCell]) throws -> ColumnValues {
        var values = ColumnValues(ParquetColumn("c", kind, isOptional: true))
        for cell in cells { try values.append(cell) }
        return values
    }

    @Test func `each text is kept once, in the order in which it came`() throws {
        let cells = (0..<1000).map { ParquetCell.text(["beta", "alpha", ""][$0 % 3]) }
        let dictionary = try #require(ValueDictionary.worthwhile(values(.text, cells), rows: Array(0..<1000)))
        #expect(dictionary.plain == [4, 0, 0, 0] + Array("beta".utf8) + [5, 0, 0, 0] + Array("alpha".utf8) + [0, 0, 0, 0])
        #expect(dictionary.count == 3 && dictionary.bits == 2 && dictionary.places.prefix(4) == [0, 1, 2, 0])
    }

    @Test func `texts that look alike and have other bytes stay two`() throws {
        let cells = (0..<100).map { ParquetCell.text($0 % 2 == 0 ? "caf\u{E9}" : "cafe\u{301}") }
        let dictionary = try #require(ValueDictionary.worthwhile(values(.text, cells), rows: Array(0..<100)))
        #expect(dictionary.count == 2)
    }

    @Test func `values that hardly repeat are written out`() throws {
        let texts = (0..<1000).map { ParquetCell.text("id-\($0)") }
        #expect(try ValueDictionary.worthwhile(values(.text, texts), rows: Array(0..<1000)) == nil)
        let numbers = (0..<1000).map { ParquetCell.integer($0 * $0) }
        #expect(try ValueDictionary.worthwhile(values(.integer, numbers), rows: Array(0..<1000)) == nil)
    }

    @Test func `numbers that jump among a few are kept once`() throws {
        let cells = (0..<1000).map { ParquetCell.integer([Int64.min, 0, .max][$0 * 7 % 3]) }
        let dictionary = try #require(ValueDictionary.worthwhile(values(.integer, cells), rows: Array(0..<1000)))
        #expect(dictionary.count == 3 && dictionary.plain.count == 24)
    }

    @Test func `ranks are in byte order, and none is before all`() throws {
        let cells: [ParquetCell] = [.text("z"), .none, .text("a"), .text("Ä"), .text("a")]
        #expect(try values(.text, cells).ranks() == [1, -1, 0, 2, 0])
    }

    @Test func `statistics leave out what no reader could use`() throws {
        func statistics(_ kind: ParquetColumn.Kind, _ cells: [ParquetCell]) throws -> ColumnStatistics {
            let values = try values(kind, cells)
            return ColumnStatistics(values, rows: cells.indices.filter { cells[$0] != .none })
        }
        let texts = try statistics(.text, [.text("b"), .none, .text("a")])
        #expect(texts.nullCount == 1 && texts.least == Array("a".utf8) && texts.greatest == Array("b".utf8))
        #expect(try statistics(.text, [.text(String(repeating: "x", count: 65))]).greatest == nil)
        #expect(try statistics(.number, [.number(.nan), .number(1)]).least == nil)
        #expect(try statistics(.number, [.number(0)]).least == [0, 0, 0, 0, 0, 0, 0, 0x80])
        #expect(try statistics(.integer, [.none]).least == nil)
    }
}
