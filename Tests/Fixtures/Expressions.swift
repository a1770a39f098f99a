import CEL
package import TenureProgramme

package struct UnreadableCondition: Error, CustomStringConvertible {
    package let description: String
}

/// Compiles a condition that may mention anything the engine knows.
package func condition(_ source: String) throws -> Condition {
    switch Program.compile(source, vocabulary: everything) {
    case .success(let program): Condition(source: source, program: program)
    case .failure(let issues): throw UnreadableCondition(description: "\(source): \(issues)")
    }
}

private let everything: Vocabulary = {
    var vocabulary = Vocabulary()
    vocabulary.declare("now", .timestamp)
    for prefix in ["account", "event", "entity", "health"] { vocabulary.declareOpen(prefix) }
    for name in ["m", "component", "group", "grade", "days_until", "days_since", "flag"] {
        vocabulary.declareLiteralCall(name, resolve: { _ in .dyn }, names: { [] })
    }
    let records = [
        "signal": ["open", "days_open"], "play": ["running", "ended", "days"], "step": ["done", "skipped"],
        "sla": ["running", "breached", "next_due"], "contact": ["known", "days_since_touch"],
    ]
    for (name, fields) in records {
        vocabulary.declareLiteralCall(
            name, fields: Dictionary(uniqueKeysWithValues: fields.map { ($0, CEL.`Type`.dyn) }),
            resolve: { _ in .dyn },
            names: { [] })
    }
    return vocabulary
}()
