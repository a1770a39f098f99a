import Testing

@testable import TenureAuthoring

@Suite struct `Safe YAML` {
    private func codes(_ text: String) -> [String] {
        SafeYAML.read(text, file: "a.yaml").mistakes.map(\.code.rawValue)
    }

    @Test func `a file may have 256 KiB and not a byte more`() {
        let line = "a: b\n"
        let full = line + String(repeating: "#", count: SafeYAML.bytesMax - line.utf8.count)
        #expect(codes(full) == [])
        #expect(codes(full + "#") == ["P002"])
    }

    @Test(arguments: ["\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"])
    func `keys that are written twice are found in one look, whatever ends a line`(end: String) {
        let text = ["\u{FEFF}a: 1", "b: 2", "a: 3", "", "c: [{id: x, id: y}]"].joined(separator: end)
        let mistakes = SafeYAML.read(text, file: "a.yaml").mistakes
        #expect(mistakes.map(\.code) == [.duplicateKey, .duplicateKey])
        let places = mistakes.map { $0.labels.map { "\($0.place.line):\($0.place.column)" } }
        #expect(Set(places) == [["3:1", "1:1"], ["5:13", "5:6"]])
    }

    @Test func `a text of several lines is quoted on one`() {
        func excerpt(_ text: String) -> String? {
            SafeYAML.read("a: \(text)", file: "a.yaml").root?.map?.entries.first?.value.scalar?.excerpt
        }
        #expect(excerpt("|\n  one\n  two\n") == "one…")
        #expect(excerpt("|\n  one\n") == "one")
        #expect(excerpt("\"\"") == "")
        #expect(excerpt(String(repeating: "x", count: 41)) == String(repeating: "x", count: 40) + "…")
    }

    @Test func `thirty-two levels are allowed and no more`() {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth - 1) + "x" + String(repeating: "]", count: depth - 1)
        }
        #expect(codes(nested(32)) == [])
        #expect(codes(nested(33)) == ["P003"])
    }

    @Test(arguments: ["[", "- ", "{a: ", "? "])
    func `endless nesting is refused, not followed`(opening: String) {
        let found = codes(String(repeating: opening, count: 50_000))
        #expect(found.count == 1)
        #expect(found == ["P003"] || found == ["P001"])
    }

    @Test(arguments: ["", "\u{FEFF}"]) func `a byte-order mark is no column`(mark: String) {
        let mistakes = SafeYAML.read(mark + "roles: &a []\n", file: "a.yaml").mistakes
        #expect(mistakes.map { $0.labels[0].place } == [Place(file: "a.yaml", line: 1, column: 8, length: 1)])
        let twice = SafeYAML.read(mark + "{roles: [], roles: []}\n", file: "a.yaml").mistakes
        #expect(twice.map { $0.labels[0].place.column } == [13])
    }

    @Test func `a text goes on behind a line separator`() {
        let source = SourceText("\"ab\u{2028}  cd\" ")
        let positions = ScalarPositions(text: "ab\u{2028}cd", style: .doubleQuoted, line: 1, column: 1, source: source)
        let place = positions.place(of: 5..<7, in: "ab\u{2028}cd", file: "a.yaml")
        #expect(place == Place(file: "a.yaml", line: 2, column: 3, length: 2))
    }

    @Test(arguments: [">", "|", "> # >"]) func `an empty text at the end of a file lies within the file`(sign: String) {
        let signal = "signals:\n  - id: a\n    title: A\n    severity: high\n    when: \(sign)"
        let places = read(folder(("a.yaml", header), ("b.yaml", signal))).mistakes.flatMap(\.labels).map(\.place)
        #expect(places.contains { $0.file == "b.yaml" } && places.allSatisfy { $0.line <= 5 })
    }

    @Test func `a staircase of keys is refused, not followed`() {
        let text = (0..<700).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
        #expect(codes(text) == ["P003"])
    }

    @Test func `aliases that would grow without bound are refused at once`() {
        var text = "a0: &a0 [x, x]\n"
        for level in 1...60 { text += "? &a\(level) [*a\(level - 1), *a\(level - 1)]\n: y\n" }
        #expect(codes(text) == ["P005"])
        #expect(codes("&a [*a]") == ["P005"])
    }

    @Test(arguments: [
        "!!python/object:os.system x", "!Foo x", "a: !!binary aGk=", "!!map {a: b}", "- !!str \"x\"",
    ])
    func `tags are refused`(text: String) {
        #expect(codes(text) == ["P006"])
    }

    @Test func `texts that only look like anchors, aliases and tags are texts`() throws {
        let text = """
            when: 'a && b * c'
            plain: it is 5 * 3 & more!
            block: |
              - *list item*
              - &c
            quoted: "*star"
            """
        #expect(codes(text) == [])
    }

    @Test func `words stay words`() throws {
        let text =
            "[on, off, yes, no, y, n, 09:00, 012, 1_000, 12:30:45, .inf, 0x10, 2026-03-02, null, '', ~]"
        let root = try #require(SafeYAML.read(text, file: "a.yaml").root)
        let scalars = try #require(root.list).items.compactMap(\.scalar)
        #expect(
            scalars.map(\.text) == [
                "on", "off", "yes", "no", "y", "n", "09:00", "012", "1_000", "12:30:45", ".inf", "0x10",
                "2026-03-02",
                "null", "", "~",
            ])
        #expect(scalars.suffix(3).map(\.isEmpty) == [true, false, true])
    }

    @Test(arguments: [
        "012", "0o12", "1_000", "12:30:45", ".inf", ".nan", "1e3", "+1", "0x10", "1.", ".5", "--1", "", "-",
    ])
    func `a number is written plainly`(text: String) {
        #expect(PlainNumber.double(text) == nil)
        #expect(PlainNumber.whole(text) == nil)
    }

    @Test func `plain numbers are read`() {
        #expect(PlainNumber.whole("-12") == -12)
        #expect(PlainNumber.whole("1.0") == nil)
        #expect(PlainNumber.whole("99999999999999999999") == nil)
        #expect(PlainNumber.double("0.25") == 0.25)
        #expect(PlainNumber.double("-0") == 0)
    }

    @Test(arguments: [
        "a: \u{0}", "a: \"\\uD800\"", "a: \"\\x", "%YAML 3.0\n---\na", "a: b: c", "\"", "'", "{", "a:\n\t- b",
    ])
    func `broken text is one mistake with a place`(text: String) throws {
        let found = SafeYAML.read(text, file: "a.yaml").mistakes
        let codes: [MistakeCode] = [.yamlSyntax, .tabIndentation, .controlCharacter]
        #expect(found.count == 1)
        #expect(codes.contains(try #require(found.first).code))
        #expect(try #require(found.first?.labels.first).place.line >= 1)
    }

    @Test func `keys that differ only in quotes are the same key`() {
        #expect(codes("{1: a, '1': b}") == ["P008"])
        #expect(codes("{a: 1, b: 2, \"a\": 3}") == ["P008"])
        #expect(codes("{[a]: 1}") == ["P010"])
    }
}

@Suite struct `Places in scalars` {
    /// The place of the first `x` in the only value of `text`.
    private func place(_ text: String) throws -> [Int] {
        let (root, source, _) = SafeYAML.read(text, file: "a.yaml")
        let scalar = try #require(root?.map?.entries.first?.value.scalar)
        let offset = try #require(Array(scalar.text.utf8).firstIndex(of: 0x78))
        let positions = ScalarPositions(
            text: scalar.text, style: scalar.style, line: scalar.place.line, column: scalar.place.column,
            source: source)
        let place = positions.place(of: offset..<offset + 1, in: scalar.text, file: "a.yaml")
        #expect(source.scalar(line: place.line, column: place.column) == "x")
        return [place.line, place.column]
    }

    @Test func `are found in every style`() throws {
        #expect(try place("k: ab x") == [1, 7])
        #expect(try place("k: 'a''b x'") == [1, 10])
        #expect(try place(#"k: "a\"\u00e9\x41\\ x""#) == [1, 21])
        #expect(try place("k: |\n  ab\n    cd x\n") == [3, 8])
        #expect(try place("k: |2-\n    ab\n    cd x\n") == [3, 8])
        #expect(try place("k: >\n  ab\n  cd x\n") == [3, 6])
        #expect(try place("k: >-\n\n  ab\n\n  cd x\n") == [5, 6])
        #expect(try place("k: ab\n  cd\n  x") == [3, 3])
        #expect(try place("k: \"ab\n  cd x\"") == [2, 6])
        #expect(try place("k: \"ab\\\n  cd x\"") == [2, 6])
        #expect(try place("k: 'ab  \n\n  cd x'") == [3, 6])
        #expect(try place("k: é€😀 x") == [1, 8])
        #expect(try place("k: ab\r\n  cd x\r\n") == [2, 6])
    }
}
