import CEL
import Testing

@Suite struct VocabularyTests {
    func compile(_ source: String) throws -> Program {
        try Program.compile(source, vocabulary: accountVocabulary()).get()
    }

    @Test func `each path, open field and literal call is one slot, in the order of first mention`() throws {
        let program = try compile(
            "m('users.active.7d') < 50 && account.tier == 'pro' && event.data.plan == 'x' && signal('quiet').open"
                + " && m(\"users.active.7d\") > 1.0 && event.data['a-b'] == 1")
        #expect(
            program.references == [
                .literalCall(name: "m", argument: "users.active.7d", field: nil), .path("account.tier"),
                .path("event.data.plan"), .literalCall(name: "signal", argument: "quiet", field: "open"),
                .path("event.data.a-b"),
            ])
        #expect(program.resultType == .bool)
    }

    @Test func `a condition reads its slots lazily and only once each operand decides`() throws {
        let program = try compile("account.tier == 'pro' && account.seats > 10")
        let slots = CountingSlots([.string("free"), .int(1)])
        #expect(program.evaluate(slots) == .bool(false))
        #expect(slots.asked == [0])
    }

    @Test func `fields behind an open field are read from its value`() throws {
        let program = try compile("event.data.plan.name == 'pro'")
        #expect(program.references == [.path("event.data.plan")])
        let plan = Value.map(CELMap([("name", .string("pro"))]))
        #expect(program.evaluate(NamedSlots(program, ["event.data.plan": plan])) == .bool(true))
    }

    @Test func `has asks whether a slot holds something`() throws {
        let program = try compile("has(account.seats)")
        let absent = Value.error(EvaluationError(.noSuchKey, "not there"))
        for (given, wanted) in [
            (Value.int(0), Value.bool(true)), (.null, .bool(false)), (absent, .bool(false)),
        ] {
            #expect(program.evaluate(NamedSlots(program, ["account.seats": given])) == wanted)
        }
        #expect(program.evaluate(NamedSlots(program, [:])).unknownSlots == [0])
        let broken = Value.error(EvaluationError(.host, "no answer"))
        #expect(program.evaluate(NamedSlots(program, ["account.seats": broken])).errorCode == .host)
    }

    @Test func `an empty field is null and compares with null, whatever its type`() throws {
        let program = try compile("account.seats == null || account.seats < 5")
        #expect(program.evaluate(NamedSlots(program, ["account.seats": .null])) == .bool(true))
        #expect(program.evaluate(NamedSlots(program, ["account.seats": .int(3)])) == .bool(true))
        let unguarded = try compile("account.seats < 5")
        #expect(
            unguarded.evaluate(NamedSlots(unguarded, ["account.seats": .null])).errorCode == .noSuchOverload)
    }

    @Test func `macro variables hide slots of the same name`() throws {
        var vocabulary = accountVocabulary()
        vocabulary.declare("x.y", .int)
        let program = try Program.compile("[{'y': 1}].all(x, x.y == 1)", vocabulary: vocabulary).get()
        #expect(program.references.isEmpty)
        #expect(program.evaluate(NamedSlots(program, [:])) == .bool(true))
    }

    @Test func `two spellings of one letter are two slots`() throws {
        var vocabulary = Vocabulary()
        vocabulary.declareLiteralCall("m", resolve: { _ in .int }, names: { [] })
        let program = try Program.compile("m('\u{E9}') + m('e\u{301}')", vocabulary: vocabulary).get()
        #expect(program.references.count == 2)
    }

    @Test func `a host's function is called with known values only`() throws {
        var vocabulary = accountVocabulary()
        vocabulary.declareFunction("double_of", [.int], .int) { arguments in
            guard case .int(let number) = arguments[0] else { return .null }
            return .int(number * 2)
        }
        let program = try Program.compile("double_of(account.seats) == 8", vocabulary: vocabulary).get()
        #expect(program.evaluate(NamedSlots(program, ["account.seats": .int(4)])) == .bool(true))
        #expect(program.evaluate(NamedSlots(program, [:])).unknownSlots == [0])
        let mistake = Program.compile("double_of('x')", vocabulary: vocabulary)
        #expect(throws: Issues.self) { try mistake.get() }
    }

    @Test func `numbers of two kinds compare but do not add up`() throws {
        let program = try compile("m('users.active.7d') >= account.seats")
        let given: [String: Value] = ["m(\"users.active.7d\")": .double(5), "account.seats": .int(5)]
        #expect(program.evaluate(NamedSlots(program, given)) == .bool(true))
        #expect(mistakes(in: "m('users.active.7d') + account.seats > 1").count == 1)
    }
}

/// Slots that remember in which order they were asked for.
private final class CountingSlots: SlotSource {
    private let values: [Value]
    private(set) var asked: [Int] = []

    init(_ values: [Value]) { self.values = values }

    func value(at slot: Int) -> Value {
        asked.append(slot)
        return values[slot]
    }
}
