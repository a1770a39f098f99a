import CEL

/// A vocabulary that has something of every kind, and values for what it declares.
enum SampleVocabulary {
    static let paths: [String: Type] = [
        "now": .timestamp, "n": .int, "u": .uint, "x": .double, "f": .bool, "s": .string, "b": .bytes, "d": .duration,
        "l": .list(.int), "o": .optional(.int), "account.seats": .int, "account.tier": .wrapper(.string),
        "account.arr": .wrapper(.double), "account.tags": .list(.string), "account.fields": .map(.string, .dyn),
        "account.ok": .wrapper(.bool),
    ]

    static let declared: Vocabulary = {
        var vocabulary = Vocabulary()
        for (path, type) in paths { vocabulary.declare(path, type) }
        vocabulary.declareOpen("event.data")
        vocabulary.declareLiteralCall("m", resolve: { $0.utf8.count < 9 ? .double : nil }, names: { ["use", "seats"] })
        vocabulary.declareLiteralCall(
            "signal", fields: ["open": .bool, "days": .int], resolve: { $0 == "quiet" ? .dyn : nil }, names: { ["quiet"] })
        vocabulary.declareFunction("half", [.double], .double) { .double(($0.first?.asDouble ?? 0) / 2) }
        vocabulary.useZones(SampleZones())
        return vocabulary
    }()

    static func type(of reference: Reference) -> Type {
        switch reference {
        case .path(let path): paths[path] ?? .dyn
        case .literalCall(name: "signal", _, field: "open"): .bool
        case .literalCall(name: "signal", _, field: "days"): .int
        case .literalCall(name: "m", _, _): .double
        case .literalCall: .dyn
        }
    }
}

/// One zone with a changing offset; others are not known.
struct SampleZones: ZoneSource {
    func offsetSeconds(zone: String, at: Int64) -> Int? {
        zone == "Europe/Rome" ? (at < 1_774_746_000 ? 3_600 : 7_200) : nil
    }
}

/// Values of the declared types, chosen by one byte.
struct SampleSlots: SlotSource {
    private let values: [Value]
    private let seed: UInt8
    private let hidesSome: Bool

    /// - Parameter hides: whether some slots are unknown.
    init(_ program: Program, seed: UInt8, given: [String: Value], hides: Bool) {
        self.seed = seed
        hidesSome = hides
        values = program.references.enumerated().map { slot, reference in
            given[reference.description] ?? Self.value(SampleVocabulary.type(of: reference), Int(seed) &+ slot &* 7)
        }
    }

    func hides(_ slot: Int) -> Bool { hidesSome && (Int(seed) >> (slot % 8)) & 1 == 0 }

    func value(at slot: Int) -> Value { hides(slot) ? .unknown(slot: slot) : values[slot] }

    private static func value(_ type: Type, _ draw: Int) -> Value {
        let choices = values(type)
        return choices[draw % choices.count]
    }

    private static func values(_ type: Type) -> [Value] {
        switch type {
        case .bool: [.bool(true), .bool(false), .error(EvaluationError(.host, "no answer"))]
        case .int: [.int(0), .int(-1), .int(3), .int(.max), .int(.min), .int(90)]
        case .uint: [.uint(0), .uint(7), .uint(.max)]
        case .double: [.double(0), .double(-0.5), .double(.nan), .double(.infinity), .double(1e18), .double(42.5)]
        case .string: [.string(""), .string("pro"), .string("é\u{301}😀\n"), .string("2026-03-29T01:30:00Z")]
        case .bytes: [.bytes([]), .bytes([0xFF, 0x00]), .bytes([0x61])]
        case .timestamp: [instant(1_774_746_000), instant(Timestamp.earliest), instant(Timestamp.latest), .null]
        case .duration: [CEL.Duration(seconds: 90).map(Value.duration) ?? .null, .null]
        case .list(let element): [.list(values(element).filter(\.isKnown)), .list([])]
        case .map(_, let value): [.map(CELMap([("a", values(value)[0]), ("b", .int(1)), ("c", .list([.int(2)]))])), .map(CELMap())]
        case .optional(let held): [.optional(values(held)[1]), .optional(nil)]
        case .wrapper(let inner): [.null] + values(inner)
        case .null, .dyn, .opaque, .type, .variable: anything
        }
    }

    private static func instant(_ seconds: Int64) -> Value { Timestamp(seconds: seconds).map(Value.timestamp) ?? .null }

    private static let anything: [Value] = [
        .int(3), .string("pro"), .list([.int(1), .string("x"), .double(2)]), .map(CELMap([("a", .int(1)), ("b", .null)])), .bool(true),
        .null, .double(.nan), .error(EvaluationError(.noSuchKey, "there is none")), .uint(1), .optional(.int(1)),
        .list([.list([.int(1)]), .map(CELMap())]), .list((0..<100).map(Value.int)),
        .string(String(repeating: "ab", count: 100)),
    ]
}
