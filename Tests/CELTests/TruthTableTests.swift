import CEL
import Testing

/// Three-valued logic: the specification's cases know no unknowns, so the tables are ours.
@Suite struct TruthTableTests {
    /// T true, F false, U unknown, E error.
    static let values: [Character: Value] = [
        "T": .bool(true), "F": .bool(false), "U": .unknown(slot: 0),
        "E": .error(EvaluationError(.host, "no answer")),
    ]

    static func letter(_ value: Value) -> Character {
        switch value {
        case .bool(let truth): truth ? "T" : "F"
        case .unknown: "U"
        case .error: "E"
        case .null, .int, .uint, .double, .string, .bytes, .list, .map, .timestamp, .duration, .type,
            .optional:
            "?"
        }
    }

    static func given(_ letters: Substring, names: [String]) -> [String: Value] {
        Dictionary(uniqueKeysWithValues: zip(names, letters.compactMap { values[$0] }))
    }

    /// Each row: operands, then what the connective gives.
    static let and = "TT=T TF=F TU=U TE=E FT=F FF=F FU=F FE=F UT=U UF=F UU=U UE=U ET=E EF=F EU=U EE=E"
    static let or = "TT=T TF=T TU=T TE=T FT=T FF=F FU=U FE=E UT=T UF=U UU=U UE=U ET=T EF=E EU=U EE=E"

    @Test(arguments: [("a && b", and), ("a || b", or)])
    func `the connectives follow the table`(source: String, table: String) throws {
        for row in table.split(separator: " ") {
            let value = try evaluate(source, Self.given(row.prefix(2), names: ["a", "b"]))
            #expect(Self.letter(value) == row.last, "\(source) with \(row)")
        }
    }

    @Test func `not keeps unknown and error`() throws {
        for row in ["T=F", "F=T", "U=U", "E=E"] {
            let value = try evaluate("!a", Self.given(row.prefix(1), names: ["a"]))
            #expect(Self.letter(value) == row.last, "\(row)")
        }
    }

    @Test func `a conditional is as unknown as its condition and never looks at the other branch`() throws {
        for row in ["TTE=T", "TUF=U", "FET=T", "FTU=U", "UTT=U", "UEE=U", "ETF=E", "EUU=E", "TEF=E"] {
            let value = try evaluate("a ? b : c", Self.given(row.prefix(3), names: ["a", "b", "c"]))
            #expect(Self.letter(value) == row.last, "\(row)")
        }
    }

    @Test func `all and exists fold their outcomes as the connectives do`() throws {
        for letters in [
            "TT", "TF", "TU", "TE", "FU", "FE", "UE", "EU", "UT", "ET", "UU", "EF", "UF", "EE", "FF",
        ] {
            let given = Self.given(letters[...], names: ["a", "b"])
            let list = "[0, 1]"
            let all = try evaluate("\(list).all(i, i == 0 ? a : b)", given)
            let exists = try evaluate("\(list).exists(i, i == 0 ? a : b)", given)
            #expect(Self.letter(all) == Self.letter(try evaluate("a && b", given)), "all of \(letters)")
            #expect(Self.letter(exists) == Self.letter(try evaluate("a || b", given)), "exists in \(letters)")
        }
    }

    @Test func `other macros are unknown when an outcome is, and else fail with the first error`() throws {
        for (letters, wanted) in [("TU", "U"), ("UE", "U"), ("EU", "U"), ("TE", "E"), ("EE", "E")] {
            let given = Self.given(letters[...], names: ["a", "b"])
            for macro in ["filter", "exists_one", "map"] {
                let value = try evaluate("[0, 1].\(macro)(i, i == 0 ? a : b)", given)
                #expect(String(Self.letter(value)) == wanted, "\(macro) with \(letters)")
            }
        }
    }

    @Test func `unknown beats error in every other operator`() throws {
        let given = ["u": Value.unknown(slot: 0), "e": Value.error(EvaluationError(.host, "no answer"))]
        let sources = [
            "u + e", "e + u", "u < e", "e == u", "u in [e]", "[e, u]", "{'a': e, 'b': u}",
            "math.greatest(e, u)", "-u",
            "u[e]", "e[u]", "u.field", "has(u.field)", "size(u)", "u.map(x, x)", "string(u)",
            "u.matches('a')",
        ]
        for source in sources { #expect(try evaluate(source, given).unknownSlots != nil, "\(source)") }
        for source in ["e + 1", "1 < e", "e == 1", "[e]", "e.field", "size(e)", "-e", "!e"] {
            #expect(try evaluate(source, given).errorCode == .host, "\(source)")
        }
    }

    @Test func `an unknown names every slot it comes from, once and ascending`() throws {
        let program = try Program.compile("(b + a) * b > c && a < 1", vocabulary: .unchecked).get()
        #expect(program.references == [.path("b"), .path("a"), .path("c")])
        #expect(program.evaluate(NamedSlots(program, [:])).unknownSlots == [0, 1, 2])
        #expect(program.evaluate(NamedSlots(program, ["b": .int(1), "c": .int(9)])).unknownSlots == [1])
    }
}
