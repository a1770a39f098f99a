import CEL

/// Tries a condition with every value that could make a difference. What it finds is certain: it judges only
/// comparisons of single things with literals, and takes things for independent that may not be.
struct ConditionProbe {
    enum Verdict { case always, never }

    /// More combinations than these are not tried, and fewer where each takes longer.
    private static let triesMax = 2_000

    private struct Slots: SlotSource {
        var values: [Value]
        func value(at slot: Int) -> Value {
            values.indices.contains(slot) ? values[slot] : .unknown(slot: slot)
        }
    }

    let condition: CheckedCondition
    /// For each slot the values to try; nil when the condition is of another shape.
    let candidates: [[Value]]?
    private let literals: [[Value]]

    init(_ condition: CheckedCondition) {
        self.condition = condition
        literals = Self.literals(condition) ?? []
        candidates = Self.literals(condition).flatMap { Self.candidates(condition, $0) }
    }

    /// The literals that each slot is compared with; nil when some part does more than compare.
    private static func literals(_ condition: CheckedCondition) -> [[Value]]? {
        let program = condition.program
        var literals = Array(repeating: [Value](), count: program.references.count)
        for part in program.trace(NothingKnown()) where part.kind == .atom && !part.slots.isEmpty {
            guard let shape = shape(part, program) else { return nil }
            literals[part.slots[0].slot] += shape.literals.map(\.value)
        }
        return literals
    }

    private static func candidates(_ condition: CheckedCondition, _ literals: [[Value]]) -> [[Value]]? {
        var found: [[Value]] = []
        for (domain, literals) in zip(condition.domains, literals) {
            guard let values = domain.candidates(literals) else { return nil }
            found.append(values)
        }
        return found
    }

    /// Whether the whole can hold and fail; nil when that is not known.
    var verdict: Verdict? {
        guard let candidates else { return nil }
        var (holds, fails) = (false, false)
        let isTried = forEach(candidates) { values in
            if condition.program.evaluate(Slots(values: values)).asBool == true {
                holds = true
            } else {
                fails = true
            }
            return !(holds && fails)
        }
        guard isTried, holds != fails else { return nil }
        return holds ? .always : .never
    }

    /// A comparison that is decided by itself.
    struct DecidedPart {
        var range: SourceRange
        var reference: String
        var domain: ValueDomain
        var verdict: Verdict
    }

    /// The comparisons that come out the same for every value of what they are about.
    ///
    /// Each slot goes through its own values, all slots at once: a part looks at one of them only.
    var decidedParts: [DecidedPart] {
        let parts = condition.program.trace(NothingKnown())
        let comparisons = parts.indices.filter {
            Self.shape(parts[$0], condition.program)?.operation.isEmpty == false
        }
        let values = slotValues(comparisons.map { parts[$0] })
        var outcomes: [Int: (holds: Bool, fails: Bool)] = [:]
        for number in 0..<(values.map(\.count).max() ?? 0) {
            let traced = condition.program.trace(
                Slots(values: values.map { $0.isEmpty ? .null : $0[number % $0.count] }))
            for part in comparisons where !values[parts[part].slots[0].slot].isEmpty {
                let holds = traced[part].value.asBool == true
                let before = outcomes[part] ?? (false, false)
                outcomes[part] = (before.holds || holds, before.fails || !holds)
            }
        }
        return comparisons.compactMap { part in
            guard let (holds, fails) = outcomes[part], holds != fails else { return nil }
            let slot = parts[part].slots[0].slot
            return DecidedPart(
                range: parts[part].range, reference: condition.program.references[slot].description,
                domain: condition.domains[slot], verdict: holds ? .always : .never)
        }
    }

    private static func shape(_ part: TracedPart, _ program: Program) -> ConditionShape? {
        guard part.kind == .atom, part.slots.count == 1 else { return nil }
        return ConditionShape(
            program.source, part.range, about: program.references[part.slots[0].slot].description)
    }

    /// What to try for each slot; nothing where that is not known, or too much.
    private func slotValues(_ parts: [TracedPart]) -> [[Value]] {
        var compared = Array(repeating: [Value](), count: condition.domains.count)
        for part in parts {
            compared[part.slots[0].slot] += Self.shape(part, condition.program)?.literals.map(\.value) ?? []
        }
        return zip(condition.domains, compared).map { domain, literals in
            guard !literals.isEmpty, let values = domain.candidates(literals), values.count <= 200 else {
                return []
            }
            return values
        }
    }

    /// Whether the other condition holds whenever this one does, and this one can hold at all.
    func implies(_ other: ConditionProbe) -> Bool {
        guard candidates != nil, other.candidates != nil else { return false }
        let references = condition.program.references
        let theirs = other.condition.program.references
        var (all, domains, compared) = (references, condition.domains, literals)
        for (index, reference) in theirs.enumerated() {
            if let known = all.firstIndex(of: reference) {
                compared[known] += other.literals[index]
            } else {
                all.append(reference)
                domains.append(other.condition.domains[index])
                compared.append(other.literals[index])
            }
        }
        let places = theirs.map { all.firstIndex(of: $0) ?? 0 }
        let values = zip(domains, compared).compactMap { $0.candidates($1) }
        guard values.count == all.count else { return false }
        var (isSeen, isImplied) = (false, true)
        let isTried = forEach(values) { values in
            guard condition.program.evaluate(Slots(values: values)).asBool == true else { return true }
            isSeen = true
            isImplied =
                other.condition.program.evaluate(Slots(values: places.map { values[$0] })).asBool == true
            return isImplied
        }
        return isTried && isSeen && isImplied
    }

    /// Calls the body with each combination until it gives false; false when there are too many.
    private func forEach(_ candidates: [[Value]], _ body: ([Value]) -> Bool) -> Bool {
        let most = Self.triesMax * 200 / max(200, condition.scalar.text.utf8.count)
        var total = 1
        for values in candidates {
            total *= values.count
            guard (1...most).contains(total) else { return false }
        }
        for number in 0..<total {
            var rest = number
            let values = candidates.map { values in
                defer { rest /= values.count }
                return values[rest % values.count]
            }
            if !body(values) { return true }
        }
        return true
    }
}
