import CEL

/// Tries a condition with every value that could make a difference. What it finds is certain: it judges only
/// comparisons of single things with literals, and takes things for independent that may not be.
struct ConditionProbe {
    enum Verdict { case always, never }

    /// More combinations than these are not tried.
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
            guard part.slots.count == 1,
                let shape = ConditionShape(
                    program.source, part.range, about: program.references[part.slots[0].slot].description)
            else { return nil }
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
        let isTried = Self.forEach(candidates) { values in
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

    /// The comparisons that are decided by themselves: where they stand, what they are about, what it can be.
    var decidedParts: [(range: SourceRange, reference: String, domain: ValueDomain, verdict: Verdict)] {
        let program = condition.program
        return program.trace(NothingKnown()).enumerated().compactMap { index, part in
            guard part.kind == .atom, part.slots.count == 1 else { return nil }
            let slot = part.slots[0].slot
            let reference = program.references[slot].description
            guard let shape = ConditionShape(program.source, part.range, about: reference),
                !shape.operation.isEmpty,
                let values = condition.domains[slot].candidates(shape.literals.map(\.value)), !values.isEmpty
            else { return nil }
            let outcomes = values.map { value in outcome(of: index, slot, value) }
            if outcomes.allSatisfy({ $0 == true }) {
                return (part.range, reference, condition.domains[slot], .always)
            }
            if outcomes.allSatisfy({ $0 != true }) {
                return (part.range, reference, condition.domains[slot], .never)
            }
            return nil
        }
    }

    private func outcome(of part: Int, _ slot: Int, _ value: Value) -> Bool? {
        let slots = Slots(
            values: condition.program.references.indices.map { $0 == slot ? value : .unknown(slot: $0) })
        let parts = condition.program.trace(slots)
        return parts.indices.contains(part) ? parts[part].value.asBool : nil
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
        let isTried = Self.forEach(values) { values in
            guard condition.program.evaluate(Slots(values: values)).asBool == true else { return true }
            isSeen = true
            isImplied =
                other.condition.program.evaluate(Slots(values: places.map { values[$0] })).asBool == true
            return isImplied
        }
        return isTried && isSeen && isImplied
    }

    /// Calls the body with each combination until it gives false; false when there are too many.
    private static func forEach(_ candidates: [[Value]], _ body: ([Value]) -> Bool) -> Bool {
        var total = 1
        for values in candidates {
            total *= values.count
            guard (1...triesMax).contains(total) else { return false }
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
