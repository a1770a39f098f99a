import Testing

@testable import TenureRuntime

/// A file that is read in pieces says what it says as a whole.
struct CSVReaderTests {
    /// Rows of odd lengths with all that RFC 4180 has, so that pieces end everywhere in them.
    private static var large: String {
        (0..<40_000).map {
            "\($0),\"a \"\"quoted\"\" one, with\nline \($0 % 7)\",\(String(repeating: "x", count: $0 % 61))\r\n"
        }.joined()
    }

    @Test func `a file in pieces has the rows of the whole`() throws {
        let text = "id,text,rest\n" + Self.large
        let whole = read(CSVReader(Array(text.utf8)))
        let file = Table(text)
        let pieces = read(try file.reader())
        #expect(text.utf8.count > 4 * FilePiece.pieceBytes)
        #expect(pieces.rows == whole.rows)
        #expect(pieces.places == whole.places)
        #expect(whole.rows.count == 40_001)
        #expect(pieces.places.last?.line == 1 + 2 * 39_999 + 1)
    }

    @Test func `rows are found again by their places, in any order`() throws {
        let file = Table("id,text,rest\n" + Self.large)
        let known = read(try file.reader())
        var reader = try file.reader()
        for number in stride(from: 39_999, through: 0, by: -1_777) + [3, 40_000, 1] {
            #expect(try reader.row(at: known.places[number]) == known.rows[number])
            #expect(reader.line == known.places[number].line)
        }
    }

    @Test func `a row without an end is a mistake, and is not read for ever`() throws {
        let endless = Table("a,b\n1,2\n\"" + String(repeating: "y", count: 3 << 20))
        let found = read(try endless.reader())
        #expect(found.rows == [["a", "b"], ["1", "2"]])
        #expect(found.mistake == CSVReader.Mistake(line: 3, what: "a row of more than 1 MiB"))
    }

    @Test func `what is wrong is said with its line`() {
        #expect(
            read(CSVReader(Array("a\nb\"c\n".utf8))).mistake
                == .init(line: 2, what: "a quote inside an unquoted cell"))
        #expect(
            read(CSVReader(Array("a\n\"b\"c\n".utf8))).mistake
                == .init(line: 2, what: "text after a closing quote"))
        #expect(read(CSVReader([0x61, 0x0A, 0xFF, 0x0A])).mistake == .init(line: 2, what: "not UTF-8 text"))
        let wide = Array(String(repeating: ",", count: 256).utf8)
        #expect(read(CSVReader(wide)).mistake == .init(line: 1, what: "more than 256 columns"))
    }

    @Test func `semicolons and tabs part cells where the header has no comma`() {
        #expect(read(CSVReader(Array("a;b\n1,5;2\n".utf8))).rows == [["a", "b"], ["1,5", "2"]])
        #expect(read(CSVReader(Array("a\tb\n1\t2\n".utf8))).rows == [["a", "b"], ["1", "2"]])
        #expect(read(CSVReader(Array("a,b;c\n1,2;3\n".utf8))).rows == [["a", "b;c"], ["1", "2;3"]])
    }

    @Test func `a mark before the first byte is no part of the first column`() throws {
        let file = Table([0xEF, 0xBB, 0xBF] + Array("id,name\n1,A".utf8))
        #expect(read(try file.reader()).rows == [["id", "name"], ["1", "A"]])
    }

    @Test func `a file that is not there is a mistake`() {
        #expect(throws: CSVReader.Mistake.self) { _ = try CSVReader(path: "/nowhere/at-all.csv") }
    }
}
