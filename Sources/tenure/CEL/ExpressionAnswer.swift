import CEL
import CELCases
import TenureCore
import TenureProgramme
import TenureRuntime

/// What one expression comes to over the members of an object.
struct ExpressionAnswer {
    private enum Outcome {
        case mistakes([Issue])
        case value(Value, Type, [TracedPart], [Reference])
    }

    private let source: String
    private let outcome: Outcome

    init(_ source: String, _ bound: JSONObject) {
        self.source = source
        let values = bound.members.map { ($0.name, Value(plain: $0.value)) }
        var vocabulary = Vocabulary()
        for (name, value) in values { vocabulary.declare(name, value.declaredType) }
        vocabulary.useZones(embeddedProgrammes.zones)
        switch Program.compile(source, vocabulary: vocabulary) {
        case .failure(let issues): outcome = .mistakes(issues.issues)
        case .success(let program):
            let slots = BoundSlots(program, Dictionary(values) { first, _ in first })
            outcome = .value(
                program.evaluate(slots), program.resultType, program.trace(slots), program.references)
        }
    }

    /// Whether there is a value.
    var isWell: Bool {
        if case .value(let value, _, _, _) = outcome { value.isKnown } else { false }
    }
}

extension Value {
    /// What a name is declared as when all that is known of it is one value.
    fileprivate var declaredType: Type {
        switch self {
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .string: .string
        case .bytes: .bytes
        case .list: .list(.dyn)
        case .map: .map(.string, .dyn)
        case .timestamp: .timestamp
        case .duration: .duration
        case .null, .type, .optional, .unknown, .error: .dyn
        }
    }
}

// MARK: - What people read

extension ExpressionAnswer {
    var text: String {
        switch outcome {
        case .mistakes(let issues): issues.map { text($0) }.joined(separator: "\n")
        case .value(let value, let type, let parts, let references):
            (["\(value)   \(type)"] + shown(parts).map { "  " + text($0, references) }).joined(separator: "\n")
        }
    }

    /// The parts below the whole, or the whole where it has none.
    private func shown(_ parts: [TracedPart]) -> [TracedPart] {
        let atoms = parts.filter { $0.kind == .atom && !$0.slots.isEmpty }
        return parts.count > 1 ? parts.filter { $0.depth > 0 } : atoms
    }

    private func text(_ part: TracedPart, _ references: [Reference]) -> String {
        let indent = String(repeating: "  ", count: max(part.depth - 1, 0))
        let values = part.slots.map { "\(references[$0.slot]) = \($0.value)" }.joined(separator: ", ")
        return "\(indent)\(source[part.range]): \(part.value)" + (values.isEmpty ? "" : "   with \(values)")
    }

    private func text(_ issue: Issue) -> String {
        let place = SourcePlace(source, issue.range)
        let near = issue.suggestions.isEmpty ? "" : "\n  did you mean \(issue.suggestions.joined(separator: ", "))?"
        return "line \(place.line), column \(place.column): \(issue.message)\n  \(place.text)\n  \(place.marks)\(near)"
    }
}

/// Where a part of an expression stands, for people.
private struct SourcePlace {
    /// From 1.
    let line: Int
    /// From 1, in characters.
    let column: Int
    /// The line.
    let text: String
    /// Carets below the part.
    let marks: String

    init(_ source: String, _ range: SourceRange) {
        let before = String(decoding: Array(source.utf8).prefix(range.lower), as: UTF8.self)
        let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
        line = before.utf8.count { $0 == 0x0A } + 1
        column = (before.split(separator: "\n", omittingEmptySubsequences: false).last?.count ?? 0) + 1
        text = line <= lines.count ? String(lines[line - 1]) : ""
        let length = min(source[range].count, max(text.count - column + 1, 1))
        marks = String(repeating: " ", count: column - 1) + String(repeating: "^", count: max(length, 1))
    }
}

// MARK: - What programs read

extension ExpressionAnswer {
    /// The same as JSON, with the version of its form.
    var json: JSON {
        switch outcome {
        case .mistakes(let issues): ["format": 1, "mistakes": .array(issues.map { json($0) })]
        case .value(let value, let type, let parts, let references):
            [
                "format": 1, "value": .string(value.description), "type": .string(type.description),
                "is_known": .bool(value.isKnown), "parts": .array(parts.map { json($0, references) }),
            ]
        }
    }

    private func json(_ issue: Issue) -> JSON {
        let place = SourcePlace(source, issue.range)
        return [
            "code": .string(issue.code.rawValue), "message": .string(issue.message), "line": .int(Int64(place.line)),
            "column": .int(Int64(place.column)), "suggestions": .array(issue.suggestions.map { .string($0) }),
        ]
    }

    private func json(_ part: TracedPart, _ references: [Reference]) -> JSON {
        let values = part.slots.map {
            JSONObject.Member(references[$0.slot].description, .string($0.value.description))
        }
        return [
            "kind": .string(part.kind.rawValue), "text": .string(source[part.range]), "depth": .int(Int64(part.depth)),
            "value": .string(part.value.description), "with": .object(JSONObject(values)),
        ]
    }
}
