import CEL
import TenureProgramme

/// The values that something in a condition can have.
enum ValueDomain {
    case truth
    /// These texts; `mayBeEmpty` when it can be null as well.
    case choices([String], mayBeEmpty: Bool)
    case text
    case number(NumberRange, isWhole: Bool)
    /// An instant, or null.
    case date
    case anything

    /// What can differ in a comparison with these literals: the ends of the domain, the literals, and what lies between.
    func candidates(_ literals: [Value]) -> [Value]? {
        let nothing: [Value] = literals.contains { $0.isNull } ? [.null] : []
        switch self {
        case .truth: return [.bool(true), .bool(false)] + nothing
        case .choices(let texts, let mayBeEmpty):
            return texts.map { .string($0) } + (mayBeEmpty ? [.null] : [])
        case .text:
            // One that is none of the literals stands for all others.
            return literals.filter { if case .string = $0 { true } else { false } } + [
                .string("\u{1}"), .null,
            ]
        case .number(let range, let isWhole):
            return literals.contains { $0.isText }
                ? nil : Self.numbers(range, isWhole, literals.compactMap(\.asDouble)) + nothing
        case .date:
            guard literals.allSatisfy(\.isNull), let start = Timestamp(seconds: 0) else { return nil }
            return [.null, .timestamp(start)]
        case .anything: return nil
        }
    }

    private static func numbers(_ range: NumberRange, _ isWhole: Bool, _ literals: [Double]) -> [Value] {
        let edges = (literals + [range.lowest, range.highest].compactMap { $0 }).sorted()
        let between = zip(edges, edges.dropFirst()).map { ($0 + $1) / 2 }
        let beyond = [(edges.first ?? 0) - 1, (edges.last ?? 0) + 1]
        var found = edges + between + beyond
        if isWhole { found = found.flatMap { [$0.rounded(.down), $0.rounded(.up), $0 - 1, $0 + 1] } }
        let inside = Set(found).filter { $0 >= range.lowest ?? -1e15 && $0 <= range.highest ?? 1e15 }.sorted()
        return inside.map { isWhole ? .int(Int64($0.rounded())) : .double($0) }
    }

    /// As an author reads it; nil when nothing helpful can be said.
    var words: String? {
        switch self {
        case .truth: "It is true or false."
        case .choices(let texts, _): texts.isEmpty ? nil : "It is one of \(listed(texts))."
        case .number(let range, _): range.words
        case .text, .date, .anything: nil
        }
    }
}

extension NumberRange {
    fileprivate var words: String? {
        switch (lowest, highest) {
        case (let low?, let high?): "It is from \(shortest(low)) to \(shortest(high))."
        case (let low?, nil): "It is never below \(shortest(low))."
        case (nil, let high?): "It is never above \(shortest(high))."
        case (nil, nil): nil
        }
    }
}

extension Value {
    fileprivate var isNull: Bool { if case .null = self { true } else { false } }
    fileprivate var isText: Bool { if case .string = self { true } else { false } }
}

// MARK: - What is what

extension Names {
    /// - Parameter kinds: the fields of the event or entity that the condition is about.
    func domain(of reference: Reference, about kinds: [EventField]) -> ValueDomain {
        switch reference {
        case .path(let path):
            let parts = path.split(separator: ".", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { return .anything }
            switch parts[0] {
            case "account": return accountDomain(parts[1])
            case "health": return healthDomain(parts[1])
            case "event", "entity": return kinds.first { $0.id == parts[1] }?.kind.domain ?? .anything
            case _: return .anything
            }
        case .literalCall(let name, let argument, let field): return domain(name, argument, field)
        }
    }

    private func accountDomain(_ id: String) -> ValueDomain {
        if id == "tier", !tiers.isEmpty { return .choices(tiers, mayBeEmpty: true) }
        if id == "segment" { return .choices(segments, mayBeEmpty: true) }
        switch accountFields.first(where: { $0.id == id })?.kind {
        case .text?: return .text
        case .choice(let choices)?: return .choices(choices, mayBeEmpty: true)
        case .number?, .money?: return .number(.anything, isWhole: false)
        case .whole?: return .number(.anything, isWhole: true)
        case .flag?: return .truth
        case .date?: return .date
        case nil: return .anything
        }
    }

    private func healthDomain(_ field: String) -> ValueDomain {
        switch field {
        case "score": .number(.points, isWhole: true)
        case "raw_score", "coverage": .number(.points, isWhole: false)
        case "band": bands.isEmpty ? .anything : .choices(bands, mayBeEmpty: true)
        case "trend": .choices(["improving", "stable", "declining"], mayBeEmpty: false)
        case "change_7d", "change_28d": .number(NumberRange(lowest: -100, highest: 100), isWhole: false)
        case "drop_7d_percent": .number(NumberRange(highest: 100), isWhole: false)
        case "below_since_days": .number(.fromZero, isWhole: true)
        case _: .anything
        }
    }

    private func domain(_ name: String, _ argument: String, _ field: String?) -> ValueDomain {
        switch (name, field) {
        case ("m", _): metricDomain(argument)
        case ("grade", _): .choices(metrics[argument]?.grades ?? [], mayBeEmpty: false)
        case ("component", _), ("group", _): .number(.points, isWhole: false)
        case ("days_until", _), ("days_since", _): .number(.anything, isWhole: true)
        case ("signal", "days_open"), ("play", "days"), ("sla", "running"), ("sla", "breached"): .number(.fromZero, isWhole: true)
        case ("contact", "days_since_touch"): .number(.anything, isWhole: true)
        case ("sla", "next_due"): .date
        case ("flag", _), ("signal", "open"), ("play", "running"), ("play", "ended"), ("contact", "known"),
            ("step", _):
            .truth
        case (_, _): .anything
        }
    }

    private func metricDomain(_ text: String) -> ValueDomain {
        guard case .found(let reference) = metric(text), let declared = metrics[reference.metric] else {
            return .anything
        }
        return declared.isTruth ? .truth : .number(declared.range, isWhole: false)
    }
}

extension EventField.Kind {
    /// Of a field that is there; comparisons of one that is not there are unknown.
    fileprivate var domain: ValueDomain {
        switch self {
        case .text: .text
        case .choice(let choices): .choices(choices, mayBeEmpty: false)
        case .number: .number(.anything, isWhole: false)
        case .whole: .number(.anything, isWhole: true)
        case .flag: .truth
        case .instant: .anything
        }
    }
}
