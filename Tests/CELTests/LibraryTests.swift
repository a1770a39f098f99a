import CEL
import Testing

/// What the specification's cases leave out, and what is ours.
@Suite struct LibraryTests {
    /// Every row is true.
    static let truths: [String] = [
        // Numbers.
        "1 == 1.0", "1u == 1", "dyn(1) < 1.5", "2u > dyn(1.5)", "!(0.0/0.0 == 0.0/0.0)", "7 / -2 == -3",
        "-7 % 3 == -1",
        "0x1F == 31", "1e3 == 1000.0", ".5 + .5 == 1.0", "2.0 * 3.0 == 6.0", "-2 - -3 == 1",
        "1 in [1.0, 2.0]",
        "{1: 'a'}[1.0] == 'a'", "[1, 2][dyn(1u)] == 2", "math.greatest(1, 2.5, 2u) == 2.5",
        "math.least([3, 1, 2]) == 1",
        "math.sqrt(9) == 3.0", "math.round(-2.5) == -3.0", "math.sign(-0.5) == -1.0", "math.isNaN(0.0 / 0.0)",
        "math.bitShiftRight(-1, 63) == 1", "math.bitShiftLeft(1, 64) == 0", "string(1e21) == '1e+21'",
        "string(10.0) == '10'", "int('-12') == -12", "double('1e3') == 1000.0", "uint(3.9) == 3u",
        // Texts.
        "'ä'.size() == 1", "size(b'ä') == 2", "'a' < 'b' && 'B' < 'a'", "'\\u00e9' != 'e\\u0301'",
        "'ab'.contains('')",
        "'tacocat'.lastIndexOf('a') == 5", "'tacocat'.indexOf('a', 2) == 5", "'abc'.reverse() == 'cba'",
        "'a,b,c'.split(',', 2) == ['a', 'b,c']", "'abc'.split('') == ['a', 'b', 'c']",
        "'hello'.replace('l', 'L', 1) == 'heLlo'", "'ab'.replace('', '-') == '-a-b-'",
        "'ab'.replace('', '-', 2) == '-a-b'",
        "['a', 'b'].join('-') == 'a-b'", "[].join(',') == ''", "' \\u2003x\\n'.trim() == 'x'",
        "'ÄbC'.lowerAscii() == 'Äbc'",
        "'hello'.substring(1, 3) == 'el'", "'abc'.charAt(3) == ''", "r'\\n' == '\\\\n'",
        "'''a\nb''' == 'a\\nb'",
        "'%.2f|%e|%d|%s|%x|%o|%b|%%'.format([2.675, 1500.0, -3, [1, 'a'], 255, 8, true]) == '2.67|1.500000e+03|-3|[1, a]|ff|10|1|%'",
        "'%.0f %.1f'.format([0.5, 0.25]) == '0 0.2'", "'%.3e'.format([9.9996]) == '1.000e+01'",
        "'%.20f'.format([0.1]) == '0.10000000000000000555'", "'%.1f'.format([99.95]) == '100.0'",
        "'%f'.format([1e22]) == '10000000000000000000000.000000'",
        "base64.encode(b'hello') == 'aGVsbG8='", "base64.decode('aGVsbG8') == b'hello'",
        "strings.quote('a\"b') == '\"a\\\\\"b\"'",
        // Times.
        "duration('1h30m') == duration('5400s')", "duration('30d') == duration('720h')",
        "string(duration('-1.5s')) == '-1.5s'",
        "timestamp('2024-02-29T12:00:00+02:00') == timestamp('2024-02-29T10:00:00Z')",
        "string(timestamp('2024-02-29T12:00:00.120Z')) == '2024-02-29T12:00:00.12Z'",
        "timestamp('1969-12-31T23:59:59.5Z').getMilliseconds() == 500",
        "int(timestamp('1969-12-31T23:59:59Z')) == -1",
        "timestamp('2000-03-01T00:00:00Z') - timestamp('2000-02-28T00:00:00Z') == duration('48h')",
        "timestamp('2026-11-21T23:30:00Z').getHours('+01:00') == 0",
        "timestamp('2026-11-21T00:30:00Z').getDate('-01:00') == 20",
        "timestamp('2026-11-21T00:30:00Z').getDayOfWeek() == 6",
        "timestamp('2024-12-31T00:00:00Z').getDayOfYear() == 365",
        "timestamp('0001-01-01T00:00:00Z').getFullYear() == 1", "duration('3730s').getMinutes() == 62",
        "-duration('1s') == duration('-1s')", "timestamp(0) < timestamp(1)",
        // Lists, maps, macros.
        "[1, 2] + [3] == [1, 2, 3]", "[3, 1, 2].sort() == [1, 2, 3]",
        "['bb', 'a'].sortBy(x, x.size()) == ['a', 'bb']",
        "[1, [2, [3]]].flatten(2) == [1, 2, 3]", "[1, [2]].flatten(9223372036854775807) == [1, 2]",
        "[1, [2, [3]]].flatten(0) == [1, [2, [3]]]", "[1, 2, 1.0].distinct() == [1, 2]",
        "[1, 2, 3].slice(1, 3) == [2, 3]",
        "lists.range(3) == [0, 1, 2]", "[1, 2].reverse() == [2, 1]", "[1, 2].first().value() == 1",
        "![].last().hasValue()",
        "{'a': 1, 'b': 2}.all(k, v, v > 0 && k != '')", "[5, 6].transformList(i, v, i * v) == [0, 6]",
        "{'a': 1}.transformMap(k, v, v + 1) == {'a': 2}",
        "{'a': 'b'}.transformMapEntry(k, v, {v: k}) == {'b': 'a'}",
        "[1, 2, 3].map(x, x > 1, x * 10) == [20, 30]", "[1, 2, 2].exists_one(x, x == 1)",
        "{'a': 1}.map(k, k) == ['a']",
        "{'a': 1, 'b': 2} == {'b': 2.0, 'a': 1u}", "sets.contains([1, 2], [dyn(2.0)])",
        "sets.equivalent([1, 1], [1])",
        "!sets.intersects([1], [2])", "cel.bind(x, 3, x * x) == 9", "cel.bind(x, 1 / 0, true)",
        "[0].all(x, [1].all(y, x < y))",
        // Optionals and types.
        "optional.of(1).optMap(x, x + 1).orValue(0) == 2", "{'a': 1}.?b.orValue(7) == 7",
        "[1][?3].hasValue() == false",
        "[?optional.none(), 1] == [1]", "{?'a': optional.of(1)} == {'a': 1}",
        "optional.unwrap([optional.of(1), optional.none()]) == [1]",
        "type(1) == int && type([]) == list && type(int) == type", "type(null) == null_type",
        "has({'a': 1}.a) && !has({}.a)",
        "{'x-y': 1}.`x-y` == 1", "true || 1 / 0 == 0", "1 / 0 == 0 || true", "!(false && 1 / 0 == 0)",
    ]

    @Test(arguments: truths)
    func `this holds`(source: String) throws {
        #expect(try evaluate(source) == .bool(true))
        let checked = Program.compile(source, vocabulary: Vocabulary())
        if case .failure(let issues) = checked { Issue.record("\(issues.issues)") }
    }

    @Test func `zones are the host's, fixed offsets need none`() throws {
        var vocabulary = Vocabulary()
        let source = "timestamp('2026-07-01T22:30:00Z').getDate('Europe/Berlin')"
        let without = try Program.compile(source, vocabulary: vocabulary).get()
        #expect(without.evaluate(NamedSlots(without, [:])).errorCode == .invalidArgument)
        vocabulary.useZones(Berlin())
        let with = try Program.compile(source, vocabulary: vocabulary).get()
        #expect(with.evaluate(NamedSlots(with, [:])) == .int(2))
    }

    @Test func `times that do not exist are refused`() throws {
        for text in [
            "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:60Z",
            "2026-01-01",
            "2026-01-01T00:00:00", "2026-1-1T00:00:00Z", "2026-01-01T00:00:00.Z",
            "2026-01-01T00:00:00.1234567890Z",
            "2026-01-01T00:00:00+24:00", " 2026-01-01T00:00:00Z", "+2026-01-01T00:00:00Z", "",
        ] {
            #expect(Timestamp(text) == nil, "\(text)")
        }
        for text in ["", "1", "h", "1x", "1h-1m", "--1s", "1h ", ".s", "1e3s"] {
            #expect(Duration(text) == nil, "\(text)")
        }
    }

    private struct Berlin: ZoneSource {
        func offsetSeconds(zone: String, at: Int64) -> Int? { zone == "Europe/Berlin" ? 7_200 : nil }
    }
}

@Suite struct ValueTests {
    @Test func `a map keeps its order and finds numbers by amount, small or large`() {
        for size in [3, 100] {
            var map = CELMap()
            for number in (0..<size).reversed() { map.insert(.int(Int64(number)), .string("\(number)")) }
            let isNew = [
                map.insert(.uint(1), .null), map.insert(.double(-1), .null), map.insert(.uint(1_000), .null),
            ]
            #expect(isNew == [false, false, true])
            #expect(map.count == size + 1)
            #expect(map.entries.first?.key == .int(Int64(size - 1)))
            #expect(map[.uint(2)] == .string("2"))
            #expect(map[.double(2)] == .string("2"))
            #expect(map[.double(2.5)] == nil)
            #expect(map[.string("2")] == nil)
        }
    }

    @Test func `keys are told apart by their bytes`() {
        var map = CELMap([("\u{E9}", .int(1)), ("e\u{301}", .int(2))])
        #expect(map.count == 2)
        for number in 0..<20 { map.insert(.int(Int64(number)), .null) }
        #expect(map["e\u{301}"] == .int(2))
    }

    @Test func `structural equality is exact where CEL's is by amount`() {
        #expect(Value.int(1) != .double(1))
        #expect(Value.int(1).celEquals(.double(1)))
        #expect(Value.double(.nan) == .double(.nan))
        #expect(!Value.double(.nan).celEquals(.double(.nan)))
        #expect(Value.string("\u{E9}") != .string("e\u{301}"))
        #expect(CELMap([("a", .int(1)), ("b", .int(2))]) == CELMap([("b", .int(2)), ("a", .int(1))]))
        #expect(Value.list([.int(1), .null]).celEquals(.list([.uint(1), .null])))
    }

    @Test func `a text with NUL is written so that it can be read`() throws {
        let text = Value.string("a\u{0}\"b")
        #expect(text.description == #""a\x00\"b""#)
        #expect(try evaluate(text.description) == text)
    }

    @Test func `instants and spans stay in their range`() {
        #expect(Timestamp(seconds: Timestamp.latest + 1) == nil)
        #expect(Timestamp(seconds: Timestamp.earliest - 1) == nil)
        #expect(Timestamp(seconds: 0, nanoseconds: 1_000_000_000) == nil)
        #expect(Duration(seconds: Duration.limit)?.seconds == Duration.limit)
        #expect(Duration(seconds: .max) == nil)
        #expect(Duration(nanoseconds: -1_500_000_000)?.description == "-1.5s")
        #expect(Timestamp("1960-02-29T23:59:59.000000001Z")?.description == "1960-02-29T23:59:59.000000001Z")
    }
}
