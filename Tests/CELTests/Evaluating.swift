import CEL
import Testing

/// Slots by the way an author writes them; what is not given is unknown.
struct NamedSlots: SlotSource {
    private let values: [Value]

    init(_ program: Program, _ named: [String: Value]) {
        values = program.references.enumerated().map { slot, reference in
            named[reference.description] ?? .unknown(slot: slot)
        }
    }

    func value(at slot: Int) -> Value { values[slot] }
}

/// The value of an expression whose free names are given; anything else is not checked.
func evaluate(_ source: String, _ named: [String: Value] = [:]) throws -> Value {
    var vocabulary = Vocabulary.unchecked
    for name in named.keys { vocabulary.declare(name, .dyn) }
    let program = try Program.compile(source, vocabulary: vocabulary).get()
    return program.evaluate(NamedSlots(program, named))
}

/// A small vocabulary as a host would declare one.
func accountVocabulary() -> Vocabulary {
    var vocabulary = Vocabulary()
    vocabulary.declare("now", .timestamp)
    vocabulary.declare("account.seats", .int)
    vocabulary.declare("account.tier", .string)
    vocabulary.declare("account.renewal", .timestamp)
    vocabulary.declare("account.tags", .list(.string))
    vocabulary.declareOpen("event.data.")
    let metrics: [String: Type] = [
        "users.active.7d": .double, "users.active.28d": .double, "logins.count.7d": .int,
    ]
    vocabulary.declareLiteralCall("m", resolve: { metrics[$0] }, names: { Array(metrics.keys) })
    vocabulary.declareLiteralCall(
        "signal", fields: ["open": .bool, "since": .timestamp], resolve: { $0 == "quiet" ? .dyn : nil },
        names: { ["quiet"] })
    return vocabulary
}

/// The mistakes in an expression over the account vocabulary, as `code [place] message (suggestions)`.
func mistakes(in source: String, expecting: Type? = nil) -> [String] {
    switch Program.compile(source, vocabulary: accountVocabulary(), expecting: expecting) {
    case .success: []
    case .failure(let issues):
        issues.issues.map { issue in
            let near = issue.suggestions.isEmpty ? "" : " (\(issue.suggestions.joined(separator: ", ")))"
            return "\(issue.code) [\(source[issue.range])] \(issue.message)\(near)"
        }
    }
}

extension Value {
    /// The kind of error this is, if it is one.
    var errorCode: EvaluationError.Code? {
        if case .error(let error) = self { error.code } else { nil }
    }

    /// The slots for want of which this is unknown.
    var unknownSlots: [Int]? {
        if case .unknown(let set) = self { set.slots } else { nil }
    }
}
