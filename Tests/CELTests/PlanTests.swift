import CEL
import Testing

/// The quick form of a condition says what the thorough one says. A trace evaluates each part thoroughly.
@Suite struct PlanTests {
    struct Random {
        var state: UInt64

        mutating func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }

        mutating func pick<Element>(_ elements: [Element]) -> Element { elements[next(elements.count)] }

        mutating func side() -> String {
            switch next(8) {
            case 0, 1, 2: pick(["a", "b", "c", "d"])
            case 3: "\(pick(["a", "b"])) \(pick(["+", "-", "*", "/", "%"])) \(pick(["b", "c", "2", "0", "1.5", "'x'"]))"
            case 4: "-\(pick(["a", "b"]))"
            case _: pick(["1", "-1", "0", "2u", "1.5", "0.0 / 0.0", "'x'", "'é'", "'xx'", "true", "false", "null", "t"])
            }
        }

        mutating func condition(_ depth: Int) -> String {
            switch next(depth > 3 ? 4 : 9) {
            case 0: pick(["a", "b", "c", "d", "true", "false"])
            case 1, 2, 3: "\(side()) \(pick(["==", "!=", "<", "<=", ">", ">="])) \(side())"
            case 4: "!(\(condition(depth + 1)))"
            case 5, 6: "(\(condition(depth + 1)) \(pick(["&&", "||"])) \(condition(depth + 1)))"
            case 7: "(\(condition(depth + 1)) ? \(condition(depth + 1)) : \(condition(depth + 1)))"
            case _: "(\(condition(depth + 1)) && \(condition(depth + 1)) && \(condition(depth + 1)))"
            }
        }
    }

    static let values: [Value] = [
        .null, .bool(true), .bool(false), .int(1), .int(0), .int(-1), .int(.max), .uint(2), .double(1.5), .double(0),
        .double(.nan), .double(.infinity), .string("x"), .string("é"), .string("e\u{301}"), .string(""),
        .string(String(repeating: "x", count: 1_000)), .list([.int(1)]), .map(CELMap()), .bytes([1]), .optional(nil),
        .error(EvaluationError(.host, "no answer")), .unknown(slot: 99), .type(TypeName("int")),
        Timestamp(seconds: 5).map(Value.timestamp) ?? .null, Duration(seconds: 5).map(Value.duration) ?? .null,
    ]

    @Test func `random conditions over random values come to the same in both forms`() throws {
        var random = Random(state: 7)
        var outcomes: [String: Int] = [:]
        for _ in 0..<6_000 {
            let source = random.condition(0)
            var vocabulary = Vocabulary.unchecked
            for name in ["a", "b", "c", "d", "t"] { vocabulary.declare(name, .dyn) }
            let program = try Program.compile(source, vocabulary: vocabulary).get()
            for _ in 0..<4 {
                var named: [String: Value] = ["t": Self.values[24]]
                for name in ["a", "b", "c", "d"] { named[name] = random.pick(Self.values) }
                let slots = NamedSlots(program, named)
                let quick = program.evaluate(slots)
                #expect(quick == program.trace(slots).first?.value, "\(source) with \(named)")
                outcomes[quick.typeName.name, default: 0] += 1
            }
        }
        #expect(["bool", "unknown", "error"].allSatisfy { outcomes[$0, default: 0] > 500 }, "\(outcomes)")
    }

    @Test func `unknown slots are named whatever their number`() throws {
        let names = (0..<70).map { "s\($0)" }
        for count in [1, 2, 63, 64, 65, 70] {
            let source = names.prefix(count).map { "\($0) > 1" }.joined(separator: " && ")
            let program = try Program.compile(source, vocabulary: .unchecked).get()
            #expect(program.evaluate(NamedSlots(program, [:])).unknownSlots == Array(0..<count))
        }
        #expect(UnknownSet([70, 3, 70, 64, 63]).slots == [3, 63, 64, 70])
        #expect(UnknownSet(64).union(UnknownSet(2)).slots == [2, 64])
        #expect(UnknownSet([1, 2]) == UnknownSet([2, 1, 1]) && UnknownSet(1) != UnknownSet(65))
    }

    @Test func `the cost limit holds for the quick form, too`() throws {
        let program = try Program.compile("a > 1 && b > 1", vocabulary: .unchecked).get()
        let slots = NamedSlots(program, ["a": .int(2), "b": .int(2)])
        #expect(program.evaluate(slots) == .bool(true))
        #expect(program.evaluate(costLimit: 3, slots).errorCode == .costExceeded)
    }

    @Test func `texts are compared by their bytes`() throws {
        let program = try Program.compile("a == 'K' || b == 'é'", vocabulary: .unchecked).get()
        let kelvin = NamedSlots(program, ["a": .string("\u{212A}"), "b": .string("e\u{301}")])
        #expect(program.evaluate(kelvin) == .bool(false))
        #expect(program.evaluate(NamedSlots(program, ["a": .string("K"), "b": .null])) == .bool(true))
    }
}
