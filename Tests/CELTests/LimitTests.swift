import CEL
import Testing

/// Inputs meant to break a server: each must end soon, as a value.
@Suite struct LimitTests {
    func code(_ source: String) -> CEL.Issue.Code? {
        switch Program.compile(source, vocabulary: .unchecked) {
        case .success: nil
        case .failure(let issues): issues.issues[0].code
        }
    }

    static let deep: [String] = [
        String(repeating: "(", count: 10_000), String(repeating: "!", count: 10_000) + "true",
        String(repeating: "a?b:", count: 5_000) + "c", String(repeating: "[", count: 4_000),
        String(repeating: "(", count: 33) + "1" + String(repeating: ")", count: 33),
        String(repeating: "{1:", count: 40) + "1" + String(repeating: "}", count: 40),
        String(repeating: "-", count: 200) + "a", String(repeating: "f(", count: 200),
        String(repeating: "x.all(a,", count: 100), String(repeating: "a[", count: 500),
    ]

    @Test(arguments: deep.indices)
    func `deep nesting is refused`(row: Int) { #expect(code(Self.deep[row]) == .tooDeep) }

    @Test func `thirty-two levels are allowed`() throws {
        let source = String(repeating: "(", count: 32) + "1" + String(repeating: ")", count: 32)
        #expect(try evaluate(source) == .int(1))
    }

    @Test func `an expression has at most 4,096 characters`() {
        #expect(code(String(repeating: " ", count: 4_095) + "1") == nil)
        #expect(code(String(repeating: " ", count: 4_096) + "1") == .tooLong)
        #expect(code("'" + String(repeating: "ü", count: 4_094) + "'") == nil)
    }

    @Test func `long chains need no depth`() throws {
        let given = ["a": Value.bool(false), "n": .int(1), "l": .list([.int(0)])]
        let or = Array(repeating: "a", count: 1_000).joined(separator: "||")
        #expect(try evaluate(or, given) == .bool(false))
        #expect(
            try evaluate(Array(repeating: "n", count: 2_000).joined(separator: "+"), given) == .int(2_000))
        #expect(
            try evaluate("l" + String(repeating: "[0]", count: 1_300), given).errorCode == .noSuchOverload)
        #expect(
            try evaluate("l" + String(repeating: ".map(x,[x])", count: 300) + ".size()", given) == .int(1))
        #expect(try evaluate("n" + String(repeating: ".b", count: 2_000), given).errorCode == .noSuchField)
        #expect(try evaluate("a" + String(repeating: "==a", count: 1_300), given) == .bool(false))
    }

    @Test func `numbers that do not fit are errors`() throws {
        let cases: [(String, EvaluationError.Code)] = [
            ("9223372036854775807 + 1", .overflow), ("-9223372036854775808 / -1", .overflow),
            ("-9223372036854775808 % -1", .overflow), ("-9223372036854775808 - 1", .overflow),
            ("-(-9223372036854775808)", .overflow), ("9223372036854775807 * 2", .overflow),
            ("0u - 1u", .overflow),
            ("1 / 0", .divisionByZero), ("1 % 0", .divisionByZero), ("1u / 0u", .divisionByZero),
            ("int(1e19)", .overflow), ("int(double('NaN'))", .overflow), ("uint(-1)", .overflow),
            ("math.abs(-9223372036854775808)", .overflow), ("lists.range(-1)", .invalidArgument),
            ("timestamp('9999-12-31T23:59:59Z') + duration('1s')", .overflow),
            ("duration('9000000000000h')", .invalidArgument), ("[1][9223372036854775807]", .indexOutOfBounds),
            ("'abc'.substring(9223372036854775807)", .indexOutOfBounds),
            ("'%.999f'.format([1.0])", .invalidArgument),
        ]
        for (source, wanted) in cases { #expect(try evaluate(source).errorCode == wanted, "\(source)") }
    }

    /// Each would run or grow without end if it were not paid for.
    static let expensive: [String] = [
        "l.all(a, l.all(b, l.all(c, true)))",
        "l.map(a, l.map(b, l.map(c, 1))).size() > 0 || true",
        doubled("s", by: "+", times: 30) + ".size()", doubled("l", by: "+", times: 30) + ".size()",
        doubled("[l]", by: ",", times: 30),
        doubled("[l]", by: ",", times: 28) + " == 1 || l.map(a, l.map(b, 1)) == []",
        "lists.range(9000000000)", "lists.range(90000).map(x, lists.range(9000))",
        "l.map(x, s.replace('', s)).size()", "l.map(x, l.map(y, s).join(s)).size()",
        "l.exists(x, s.matches('(.*)*(.*)*x{500}y'))", "l.all(x, l.map(y, s).distinct().size() == 1)",
        "l.all(x, '%s'.format([l]).size() > 0)",
    ]

    /// `cel.bind(a1, s + s, cel.bind(a2, a1 + a1, …))`, or lists of two in place of sums.
    static func doubled(_ start: String, by sign: String, times: Int) -> String {
        var source = "a\(times)"
        for level in (1...times).reversed() {
            let inner = level == 1 ? start : "a\(level - 1)"
            let pair = sign == "," ? "[\(inner), \(inner)]" : "\(inner) \(sign) \(inner)"
            source = "cel.bind(a\(level), \(pair), \(source))"
        }
        return source
    }

    @Test(arguments: expensive.indices)
    func `work that costs too much is stopped`(row: Int) throws {
        let given: [String: Value] = [
            "l": .list((0..<1_000).map(Value.int)), "s": .string(String(repeating: "a", count: 1_000)),
        ]
        let start = ContinuousClock.now
        #expect(try evaluate(Self.expensive[row], given).errorCode == .costExceeded)
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test func `the cost limit is the host's to set`() throws {
        let program = try Program.compile("lists.range(100).all(x, x < 100)", vocabulary: Vocabulary()).get()
        #expect(program.evaluate(costLimit: 10, NamedSlots(program, [:])).errorCode == .costExceeded)
        #expect(program.evaluate(costLimit: 0, NamedSlots(program, [:])).errorCode == .costExceeded)
        #expect(program.evaluate(costLimit: -5, NamedSlots(program, [:])).errorCode == .costExceeded)
        #expect(program.evaluate(NamedSlots(program, [:])) == .bool(true))
    }

    @Test func `random pieces of the language never trap`() {
        var seed: UInt64 = 42
        func next(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % bound
        }
        let pieces = [
            "a", "b.c", "1", "2u", "-3", "1.5", "'x'", "b'y'", "null", "true", "[", "]", "{", "}", "(", ")",
            ",", ":", "?",
            ".", "+", "-", "*", "/", "%", "==", "<", "in", "&&", "||", "!", ".size()", ".map(x,", "x",
            "has(a.b)", "m('q')",
            ".?f", "[?", "optional.of(1)", "timestamp('2026-01-01T00:00:00Z')", "duration('1h')",
            ".matches('a+')", "`z`",
            "cel.bind(y,1,y)", ".format([1])", "math.least(1,2)", "\"\"\"", "\\", "0x", "1e", "r'", "//",
            "\n", "é",
        ]
        var compiled = 0
        for _ in 0..<20_000 {
            let source = (0...next(9)).map { _ in pieces[next(pieces.count)] }.joined()
            guard case .success(let program) = Program.compile(source, vocabulary: .unchecked) else {
                continue
            }
            compiled += 1
            _ = program.evaluate(
                NamedSlots(program, ["a": .list([.int(1), .string("x")]), "x": .double(.nan)]))
            _ = program.trace(NamedSlots(program, [:]))
        }
        #expect(compiled > 500)
    }
}
