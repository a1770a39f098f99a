import CEL
import TenureProgramme

/// A condition that compiled, kept so that the whole programme can be looked over once everything is read.
struct CheckedCondition {
    var program: Program
    var scalar: Scalar
    /// What it belongs to: `signal`, `exit`.
    var noun: String
    /// What each slot can be.
    var domains: [ValueDomain]
}

/// Slots of which nothing is known.
struct NothingKnown: SlotSource {
    func value(at slot: Int) -> Value { .unknown(slot: slot) }
}

extension Reading {
    /// What is wrong with a condition whatever the values turn out to be.
    func check(
        _ program: Program, _ scalar: Scalar, _ noun: String, about kinds: [EventField]
    ) {
        guard isInEarnest else { return }
        let domains = program.references.map { names.domain(of: $0, about: kinds) }
        for part in program.trace(NothingKnown()) where part.kind == .atom {
            guard case .error(let error) = part.value else { continue }
            let place = excerpt(scalar).place(
                error.code == .costExceeded ? part.range : error.range ?? part.range)
            return report(
                error.code == .costExceeded
                    ? .conditionTooCostly(at: place) : .conditionFails(error, at: place))
        }
        let isPossible = checkChoices(program, scalar, domains)
        if program.resultType == .bool, isPossible {
            conditions.append(
                CheckedCondition(program: program, scalar: scalar, noun: noun, domains: domains))
        }
    }

    /// What was kept of the condition that a node holds; nil when it has mistakes.
    func checked(_ node: Node?) -> CheckedCondition? {
        node.flatMap { node in conditions.last { $0.scalar.place == node.place } }
    }

    /// Texts that something is compared with and can never be.
    private func checkChoices(_ program: Program, _ scalar: Scalar, _ domains: [ValueDomain]) -> Bool {
        var isPossible = true
        for part in program.trace(NothingKnown()) where part.kind == .atom && part.slots.count == 1 {
            let slot = part.slots[0].slot
            guard case .choices(let choices, _) = domains[slot], !choices.isEmpty else { continue }
            let reference = program.references[slot].description
            guard let shape = ConditionShape(program.source, part.range, about: reference) else { continue }
            for literal in shape.literals {
                guard case .string(let text) = literal.value,
                    !choices.contains(where: { $0.utf8.elementsEqual(text.utf8) })
                else { continue }
                let place = excerpt(scalar).place(literal.range)
                report(
                    .impossibleValue(
                        text, of: reference, choices, at: place, hint: suggestion(text, among: choices)))
                isPossible = false
            }
        }
        return isPossible
    }
}

extension Diagnostic {
    static func conditionFails(_ error: EvaluationError, at place: Place) -> Diagnostic {
        Diagnostic(
            .conditionFails, "this condition fails whatever the values are", at: Label(place, error.message),
            why: "A condition that fails counts as not met.")
    }

    static func conditionTooCostly(at place: Place) -> Diagnostic {
        Diagnostic(
            .conditionTooCostly, "this condition costs too much", at: Label(place, "it is never decided"),
            why: "One evaluation may cost \(Program.costLimit) steps; loops inside loops multiply.",
            hint: "nest fewer loops, or shorten the lists")
    }

    static func impossibleValue(
        _ text: String, of reference: String, _ choices: [String], at place: Place, hint: String?
    ) -> Diagnostic {
        Diagnostic(
            .impossibleValue, "`\(reference)` is never `\(text)`", at: Label(place, "there is no such value"),
            why: choices.isEmpty ? "The programme declares none." : "It is one of \(listed(choices)).",
            hint: hint)
    }
}
