/// The keys of a kind of definition as Markdown, for the documents.
enum FieldTable {
    /// A table of the form, and one of each form inside it under its name.
    static func markdown(of form: Form) -> String {
        form.withNested.enumerated().map { number, form in
            (number == 0 ? "" : "**\(form.noun)**: \(form.about)\n\n") + table(form)
        }.joined(separator: "\n")
    }

    private static func table(_ form: Form) -> String {
        let rows = form.fields.map { field in
            "| `\(field.key)` | \(field.value.words) | \(need(field)) | \(field.about) |"
        }
        let head = "| Key | Holds | Left out | Meaning |\n|---|---|---|---|\n"
        return head + (rows + notes(form)).joined(separator: "\n") + "\n"
    }

    private static func need(_ field: Field) -> String {
        if field.isRequired { return "**needed**" }
        return field.standard.isEmpty ? "" : field.standard
    }

    private static func notes(_ form: Form) -> [String] {
        let sentences = form.rules.compactMap(\.words)
        return sentences.isEmpty ? [] : ["", sentences.joined(separator: " ")]
    }
}

extension ValueForm {
    /// What a table says that a key holds.
    var words: String {
        switch self {
        case .text: "text"
        case .reference(let name): name
        case .flag: "`true` or `false`"
        case .yes: "`true`"
        case .whole(let range): "whole number, \(range.lowerBound) to \(range.upperBound)"
        case .number(let range?): "number, \(shortest(range.lowerBound)) to \(shortest(range.upperBound))"
        case .number(nil): "number"
        case .span: "duration"
        case .choice(let names): names.map { "`\($0)`" }.joined(separator: " ")
        case .condition(.truth): "condition"
        case .condition(.number), .condition(.anything): "expression"
        case .shaped(let shape): shape.words
        case .range: "whole number or range, `3..44`"
        case .list(let item): "list: \(item.words)"
        case .form(let form): form.noun
        case .entries(_, .anything): "mapping"
        case .entries(_, let value): "mapping: \(value.words)"
        case .point: "`[value, points]`"
        case .nothing: "`null`"
        case .either(let values): values.map(\.words).joined(separator: ", or ")
        case .anything: "anything"
        }
    }
}

extension Rule {
    fileprivate var words: String? {
        switch self {
        case .exactlyOne(let keys): "Exactly one of \(listed(keys, "and")) is there."
        case .atMostOne(let keys): "At most one of \(listed(keys, "and")) is there."
        case .together(let key, let needs): "`\(key)` needs \(listed(needs, "and"))."
        case .apart(let key, let others): "`\(key)` has no \(listed(others))."
        case .when(let test, let needs, _, _) where !needs.isEmpty && !test.values.isEmpty:
            "`\(test.key)`: \(listed(test.values)) needs \(listed(needs, "and"))."
        case .when, .unless: nil
        }
    }
}
