extension ValueForm {
    /// Between which whole numbers it lies; nil for anything else.
    var wholeRange: ClosedRange<Int>? { if case .whole(let range) = self { range } else { nil } }

    /// Between which numbers it lies; nil for anything else, and without a limit.
    var numberRange: ClosedRange<Double>? { if case .number(let range) = self { range } else { nil } }

    /// Between which counts of its unit a duration lies; nil for anything else.
    var spanRange: ClosedRange<Int32>? { if case .span(let range) = self { range } else { nil } }

    /// The forms that a value of this kind may have, outermost only.
    var forms: [Form] {
        switch self {
        case .form(let form): [form]
        case .list(let item): item.forms
        case .entries(_, let value): value.forms
        case .either(let values): values.flatMap(\.forms)
        case .text, .reference, .flag, .yes, .whole, .number, .span, .choice, .condition, .shaped, .range, .point,
            .nothing, .anything:
            []
        }
    }
}

extension Form {
    /// The form itself and those inside it, each once, in the order of their keys.
    var withNested: [Form] {
        var found: [Form] = []
        add(to: &found)
        return found
    }

    // Forms hold no other form of their own kind, so this ends.
    private func add(to found: inout [Form]) {
        guard !found.contains(where: { $0.name == name }) else { return }
        found.append(self)
        for field in fields { for form in field.value.forms { form.add(to: &found) } }
    }
}
