import TenureCore
import TenureProgramme

extension Reading {
    /// What is put into an entity's field must be of the field's kind, or no condition finds it.
    func checkKind(_ source: EntityChange.Source, _ field: EventField, _ node: Node, event: String) {
        switch source {
        case .occurred:
            if field.kind.name != "instant" { report(.wrongFieldKind(field, got: "a time", at: node.place)) }
        case .field(let id):
            guard let other = names.eventFields[event]?.first(where: { $0.id == id }) else { return }
            if !field.kind.takes(other.kind) {
                report(
                    .wrongFieldKind(
                        field, got: withArticle(other.kind.name), at: node.map?["field"]?.place ?? node.place)
                )
            }
        case .constant(let value):
            if !field.kind.takes(value) {
                report(.wrongFieldKind(field, got: value.kindName, at: node.place))
            }
        }
    }
}

extension EventField.Kind {
    /// As an author writes it.
    var name: String {
        switch self {
        case .text: "text"
        case .number: "number"
        case .whole: "whole"
        case .flag: "flag"
        case .instant: "instant"
        case .choice: "choice"
        }
    }

    fileprivate func takes(_ other: EventField.Kind) -> Bool {
        switch (self, other) {
        case (.text, .text), (.text, .choice), (.choice, .text), (.choice, .choice), (.number, .number),
            (.number, .whole), (.whole, .whole), (.flag, .flag), (.instant, .instant):
            true
        case (.text, _), (.number, _), (.whole, _), (.flag, _), (.instant, _), (.choice, _): false
        }
    }

    fileprivate func takes(_ value: EntityValue) -> Bool {
        switch (self, value) {
        case (.text, .text), (.number, .number), (.flag, .flag): true
        case (.choice(let choices), .text(let text)): choices.contains { isSame($0, text) }
        case (.whole, .number(let number)): number == number.rounded()
        case (.text, _), (.number, _), (.whole, _), (.flag, _), (.instant, _), (.choice, _): false
        }
    }
}

extension EntityValue {
    fileprivate var kindName: String {
        switch self {
        case .text(let text): "the text `\(text.prefix(40))`"
        case .number: "a number"
        case .flag: "a flag"
        }
    }
}

extension Diagnostic {
    static func wrongFieldKind(_ field: EventField, got: String, at place: Place) -> Diagnostic {
        var why = "The field is declared as `type: \(field.kind.name)`."
        if case .choice(let choices) = field.kind { why = "The field is one of \(listed(choices))." }
        return Diagnostic(
            .wrongFieldKind, "`\(field.id)` does not take \(got)", at: Label(place, "this is \(got)"),
            why: why)
    }

    static func featureIsNoText(_ id: String, _ kind: EventField.Kind, at place: Place) -> Diagnostic {
        Diagnostic(
            .wrongFieldKind, "`\(id)` can not name a feature", at: Label(place, "its type is `\(kind.name)`"),
            why: "The feature is named by a field of `type: text` or `type: choice`.")
    }

    static func callClaimedTwice(_ call: SegmentMapping.Call, at place: Place, first: Place) -> Diagnostic {
        let name =
            switch call {
            case .track(let name): "track call `\(name)`"
            case .page: "page call"
            case .screen: "screen call"
            }
        var mistake = Diagnostic(
            .callClaimedTwice, "two events claim the \(name)", at: Label(place, "again here"),
            why: "A call becomes one event.")
        mistake.labels.append(Label(first, "first here"))
        return mistake
    }
}
