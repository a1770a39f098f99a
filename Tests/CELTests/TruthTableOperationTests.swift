import CEL
import Testing

/// What unknown and error do to everything that is no connective: operators, functions, fields, macros.
@Suite struct TruthTableOperationTests {
    static let unknown = Value.unknown(slot: 0)
    static let failure = Value.error(EvaluationError(.host, "no answer"))

    /// K known, U unknown, E error.
    static func letter(_ value: Value) -> Character {
        switch value {
        case .unknown: "U"
        case .error: "E"
        case .null, .bool, .int, .uint, .double, .string, .bytes, .list, .map, .timestamp, .duration, .type,
            .optional:
            "K"
        }
    }

    /// Values of `names` by letters, a known one from `known`.
    static func given(_ letters: [Character], _ names: [String], _ known: [Value]) -> [String: Value] {
        var values: [String: Value] = [:]
        for (place, name) in names.enumerated() {
            values[name] = letters[place] == "K" ? known[place] : letters[place] == "U" ? unknown : failure
        }
        return values
    }

    /// Every row of `count` letters.
    static func rows(of letters: [Character], count: Int) -> [[Character]] {
        (0..<count).reduce([[]]) { rows, _ in rows.flatMap { row in letters.map { row + [$0] } } }
    }

    /// The strict rule: unknown if anything is, else an error if anything is, else known.
    static func strict(_ row: [Character]) -> Character { row.contains("U") ? "U" : row.contains("E") ? "E" : "K" }

    static let two: [(source: String, a: Value, b: Value)] = [
        ("a == b", .int(1), .int(2)), ("a != b", .int(1), .string("x")), ("a < b", .int(1), .double(2)),
        ("a <= b", .string("x"), .string("y")), ("a > b", .bool(true), .bool(false)), ("a >= b", .uint(1), .int(1)),
        ("a + b", .int(1), .int(2)), ("a - b", .double(1), .double(2)), ("a * b", .uint(1), .uint(2)),
        ("a / b", .int(1), .int(2)), ("a % b", .int(1), .int(2)), ("a + b", .string("x"), .string("y")),
        ("a in b", .int(1), .list([.int(1)])), ("a[b]", .list([.int(7)]), .int(0)),
        ("a[?b]", .list([.int(7)]), .int(3)), ("a[b]", .map(CELMap([("k", .null)])), .string("k")), ("[a, b]", .null, .null),
        ("{a: b}", .string("k"), .null), ("math.greatest(a, b)", .int(1), .int(2)),
        ("a.startsWith(b)", .string("x"), .string("x")), ("a.matches(b)", .string("x"), .string("x")),
        ("matches(a, b)", .string("x"), .string("x")), ("a.or(b)", .optional(nil), .optional(.null)),
        ("a.orValue(b)", .optional(.int(1)), .int(2)), ("a + 1 < b * 2", .int(1), .int(2)),
        ("sets.contains(a, b)", .list([]), .list([])), ("'%s %s'.format([a, b])", .int(1), .int(2)),
        ("a == b == true", .int(1), .int(1)), ("-(a - b) == 0", .int(1), .int(1)),
    ]

    @Test(arguments: two.indices)
    func `operations on two values are unknown when one is, else fail when one does`(place: Int) throws {
        let (source, a, b) = Self.two[place]
        for row in Self.rows(of: ["K", "U", "E"], count: 2) {
            let value = try evaluate(source, Self.given(row, ["a", "b"], [a, b]))
            #expect(Self.letter(value) == Self.strict(row), "\(source) with \(String(row)) gave \(value)")
        }
    }

    static let one: [(source: String, a: Value)] = [
        ("-a", .int(1)), ("!a", .bool(true)), ("a.f", .map(CELMap([("f", .null)]))), ("a.?f", .map(CELMap())),
        ("has(a.f)", .map(CELMap())), ("size(a)", .string("x")), ("a.size()", .list([])), ("int(a)", .string("1")),
        ("string(a)", .int(1)), ("type(a)", .int(1)), ("dyn(a)", .int(1)), ("timestamp(a)", .int(0)),
        ("a.getHours()", Duration(seconds: 0).map(Value.duration) ?? .null), ("a.all(x, true)", .list([])), ("a.exists(x, true)", .list([.null])),
        ("a.exists_one(x, true)", .list([.null])), ("a.map(x, x)", .map(CELMap())), ("a.filter(x, true)", .list([])),
        ("a.all(i, v, true)", .list([])), ("a.transformList(i, v, v)", .list([])),
        ("a.transformMap(k, v, v)", .map(CELMap())), ("a.transformMapEntry(k, v, {k: v})", .map(CELMap())),
        ("a.sortBy(x, x)", .list([.int(1)])), ("a.optMap(x, x)", .optional(.int(1))),
        ("a.optFlatMap(x, optional.of(x))", .optional(.int(1))), ("[?a]", .optional(nil)), ("{?1: a}", .optional(nil)),
        ("cel.bind(x, a, [x])", .null), ("optional.of(a)", .null), ("base64.encode(a)", .bytes([])),
        ("a.matches('x')", .string("x")), ("(a ? 1 : 2) < 3", .bool(true)), ("[[a]]", .null),
        ("[1].map(x, a)", .null), ("a ? true : false", .bool(true)),
    ]

    @Test(arguments: one.indices)
    func `operations on one value keep unknown and error`(place: Int) throws {
        let (source, a) = Self.one[place]
        for letter in ["K", "U", "E"] as [Character] {
            let value = try evaluate(source, Self.given([letter], ["a"], [a]))
            #expect(Self.letter(value) == letter, "\(source) with \(letter) gave \(value)")
        }
    }

    @Test func `has of a slot tells absence from ignorance and from failure`() throws {
        let program = try Program.compile("has(account.seats)", vocabulary: accountVocabulary()).get()
        let rows: [(Value, Value)] = [
            (.int(0), .bool(true)), (.string(""), .bool(true)), (.null, .bool(false)), (Self.unknown, Self.unknown),
            (Self.failure, Self.failure), (.error(EvaluationError(.noSuchKey, "none")), .bool(false)),
            (.error(EvaluationError(.noSuchField, "none")), .bool(false)),
        ]
        for (given, wanted) in rows {
            let value = program.evaluate(NamedSlots(program, ["account.seats": given]))
            #expect(Self.letter(value) == Self.letter(wanted) && value.asBool == wanted.asBool, "\(given)")
        }
    }
}

/// The macros over elements that are unknown or fail, against the connectives and against counting.
@Suite struct TruthTableMacroTests {
    static let letters: [Character] = ["T", "F", "U", "E"]

    func evaluated(_ source: String, _ row: [Character]) throws -> Character {
        TruthTableTests.letter(
            try evaluate(source, TruthTableTests.given(String(row)[...], names: ["a", "b", "c"])))
    }

    @Test func `all and exists over three elements are the connectives, in every row`() throws {
        for row in TruthTableOperationTests.rows(of: Self.letters, count: 3) {
            let element = "[0, 1, 2]"
            let pick = "i == 0 ? a : i == 1 ? b : c"
            #expect(try evaluated("\(element).all(i, \(pick))", row) == evaluated("a && b && c", row), "\(row)")
            #expect(try evaluated("\(element).exists(i, \(pick))", row) == evaluated("a || b || c", row), "\(row)")
            #expect(try evaluated("\(element).all(i, v, \(pick))", row) == evaluated("a && (b && c)", row), "\(row)")
            #expect(try evaluated("\(element).exists(i, v, \(pick))", row) == evaluated("(a || b) || c", row), "\(row)")
        }
    }

    @Test func `exists_one looks at every element and counts`() throws {
        for row in TruthTableOperationTests.rows(of: Self.letters, count: 3) {
            let wanted: Character =
                row.contains("U") ? "U" : row.contains("E") ? "E" : row.count { $0 == "T" } == 1 ? "T" : "F"
            for macro in ["exists_one(i, ", "existsOne(i, v, "] {
                let source = "[0, 1, 2].\(macro)i == 0 ? a : i == 1 ? b : c)"
                #expect(try evaluated(source, row) == wanted, "\(source) with \(row)")
            }
        }
    }

    @Test func `the connectives over three operands do not depend on their grouping`() throws {
        for row in TruthTableOperationTests.rows(of: Self.letters, count: 3) {
            for sign in ["&&", "||"] {
                let flat = try evaluated("a \(sign) b \(sign) c", row)
                #expect(try evaluated("(a \(sign) b) \(sign) c", row) == flat, "\(sign) \(row)")
                #expect(try evaluated("a \(sign) (b \(sign) c)", row) == flat, "\(sign) \(row)")
            }
            #expect(try evaluated("!(a && b) || c", row) == evaluated("(!a || !b) || c", row), "\(row)")
        }
    }

    @Test func `a conditional looks at one branch only, in every row`() throws {
        for row in TruthTableOperationTests.rows(of: Self.letters, count: 3) {
            let wanted = row[0] == "T" ? row[1] : row[0] == "F" ? row[2] : row[0]
            #expect(try evaluated("a ? b : c", row) == wanted, "\(row)")
        }
    }
}
