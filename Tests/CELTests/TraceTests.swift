import CEL
import Testing

@Suite struct TraceTests {
    func lines(_ source: String, _ named: [String: Value]) throws -> [String] {
        let program = try Program.compile(source, vocabulary: accountVocabulary()).get()
        return program.trace(NamedSlots(program, named)).map { part in
            let slots = part.slots.map { "\(program.references[$0.slot])=\(Self.text($0.value))" }
            let indent = String(repeating: "  ", count: part.depth)
            return ["\(indent)\(part.kind)", "\(source[part.range])", Self.text(part.value)].joined(
                separator: " | ")
                + (slots.isEmpty ? "" : " | " + slots.joined(separator: ", "))
        }
    }

    static func text(_ value: Value) -> String {
        switch value {
        case .bool(let truth): "\(truth)"
        case .int(let number): "\(number)"
        case .double(let number): "\(number)"
        case .string(let text): text
        case .unknown: "unknown"
        case .error(let error): "\(error.code)"
        case .null, .uint, .bytes, .list, .map, .timestamp, .duration, .type, .optional: "\(value.typeName)"
        }
    }

    @Test func `a condition is told part by part, also the parts that did not decide`() throws {
        let source = "m('users.active.7d') < 50 && (account.tier == 'pro' || !(account.seats in [1, 2]))"
        let told = try lines(
            source,
            ["m(\"users.active.7d\")": .double(61), "account.tier": .string("pro"), "account.seats": .int(2)])
        #expect(
            told == [
                "all | \(source) | false",
                "  atom | m('users.active.7d') < 50 | false | m(\"users.active.7d\")=61.0",
                "  any | (account.tier == 'pro' || !(account.seats in [1, 2])) | true",
                "    atom | account.tier == 'pro' | true | account.tier=pro",
                "    not | !(account.seats in [1, 2]) | false",
                "      atom | (account.seats in [1, 2]) | true | account.seats=2",
            ])
    }

    @Test func `unknowns and errors are told where they are`() throws {
        let told = try lines(
            "account.seats > 1 / 0 ? account.tier == 'a' : false", ["account.seats": .int(1)])
        #expect(
            told == [
                "conditional | account.seats > 1 / 0 ? account.tier == 'a' : false | divisionByZero",
                "  atom | account.seats > 1 / 0 | divisionByZero | account.seats=1",
                "  atom | account.tier == 'a' | unknown | account.tier=unknown", "  atom | false | false",
            ])
    }

    @Test func `an error says which part of the text failed`() throws {
        let source = "account.seats > 0 && 10 / (account.seats - 5) > 1"
        let program = try Program.compile(source, vocabulary: accountVocabulary()).get()
        guard case .error(let error) = program.evaluate(NamedSlots(program, ["account.seats": .int(5)]))
        else {
            Issue.record("a division by zero gave a value")
            return
        }
        #expect(error.range.map { source[$0] } == "10 / (account.seats - 5)")
    }
}
