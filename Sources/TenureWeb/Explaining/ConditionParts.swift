import CEL
import TenureCore
import TenureEngine
import TenureProgramme

/// A condition taken apart down to what was compared, each part with what it came to.
struct ConditionParts: Sendable {
    enum Truth: String, Sendable { case holds, fails, unknown }

    struct Part: Sendable {
        /// As the programme's author wrote it.
        let text: String
        let truth: Truth
        /// What it was compared on: `12`, `unknown`.
        let values: [String]
    }

    let truth: Truth
    let parts: [Part]

    init(_ condition: BoundCondition, _ snapshot: Snapshot) {
        let traced = snapshot.trace(condition)
        let source = condition.condition.source
        truth = Truth(traced.first?.value)
        parts = traced.filter { $0.kind == .atom }.map { part in
            Part(
                text: source[part.range], truth: Truth(part.value),
                values: part.slots.map { $0.value.words(zone: snapshot.zone) })
        }
    }

    var document: JSON {
        [
            "holds": .string(truth.rawValue),
            "parts": .array(
                parts.map { part in
                    [
                        "text": .string(part.text), "result": .string(part.truth.rawValue),
                        "values": .array(part.values.map { .string($0) }),
                    ]
                }),
        ]
    }
}

extension ConditionParts.Truth {
    fileprivate init(_ value: Value?) {
        self = value?.asBool.map { $0 ? .holds : .fails } ?? .unknown
    }

    /// For people: it must not be told by colour alone.
    var mark: String {
        switch self {
        case .holds: "✓"
        case .fails: "✗"
        case .unknown: "?"
        }
    }
}

extension Value {
    fileprivate func words(zone: ZoneRules) -> String {
        switch self {
        case .null: "empty"
        case .bool(let flag): flag ? "yes" : "no"
        case .int(let number): String(number)
        case .uint(let number): String(number)
        case .double(let number): Wording.number(number, places: 2)
        case .string(let text): "“\(text)”"
        case .timestamp(let moment):
            Wording.day(zone.day(at: Instant(milliseconds: moment.seconds.multipliedReportingOverflow(by: 1000).partialValue)))
        case .list(let values): "\(values.count) values"
        case .bytes, .map, .duration, .type, .optional: typeName.name
        case .unknown: "unknown"
        case .error: "not computable"
        }
    }
}
