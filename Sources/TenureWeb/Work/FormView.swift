import TenureCore
import TenureRuntime

/// A form of a page, with what was typed and what was wrong with it.
struct FormView {
    let id: String
    let action: String
    let button: String
    /// What the button is about, for who cannot see where it stands.
    let subject: String?
    /// What is wrong, where no field is to blame.
    let problem: String?
    let fields: [FormField]
    /// The same when the form is sent twice.
    let once: String
}

struct FormField {
    /// One of the page's.
    let id: String
    let name: String
    let label: String
    let value: String
    /// The element: a line, an area, a list to choose from, or a box to tick.
    let isLine: Bool
    let isArea: Bool
    let isChoice: Bool
    let isTick: Bool
    /// Of a line: `text` or `number`.
    let type: String
    /// Of a line: what it may consist of; nil: anything.
    let pattern: String?
    let choices: [FormChoice]
    let isRequired: Bool
    let isTicked: Bool
    let mistake: String?
}

struct FormChoice {
    let value: String
    let title: String
    let isChosen: Bool
}

/// A form that comes back to its page: what was typed stays, and what was wrong stands beside it.
struct ReturnedForm: Sendable {
    /// Where it was sent to: that tells it from the others.
    let action: String
    let typed: NamedTexts
    let problem: Problem
}

extension FormView {
    /// - Parameters:
    ///   - id: one of the page's.
    ///   - returned: the form of the page that came back, whichever it is.
    init(
        _ id: String, action: String, button: String, of subject: String? = nil, _ fields: [WorkField],
        _ context: WorkContext, _ returned: ReturnedForm?
    ) {
        let returned = returned.flatMap { isSame($0.action, action) ? $0 : nil }
        self.id = id
        self.action = action
        self.button = button
        self.subject = subject
        self.fields = fields.map { FormField($0, of: id, context, returned) }
        once = Self.makeOnce()
        let known = Set(fields.map { "/" + $0.name })
        let other = returned?.problem.errors.filter { !known.contains($0.pointer) }.map(\.detail)
        problem = other.flatMap { $0.isEmpty ? nil : $0.joined(separator: " ") }
    }

    static let onceName = "once"

    private static func makeOnce() -> String { hexadecimal((0..<16).map { _ in UInt8.random(in: .min ... .max) }) }
}

extension FormField {
    init(_ field: WorkField, of form: String, _ context: WorkContext, _ returned: ReturnedForm?) {
        let typed = returned.map { $0.typed[field.name] ?? "" }
        let known = field.kind.choices(context)
        let value = typed ?? field.preset(known.map(\.value))
        id = "\(form)-\(field.name)"
        name = field.name
        label = field.label
        self.value = value
        isLine = field.kind.isLine
        isArea = field.kind == .area
        isTick = field.kind == .tick
        type = field.kind == .number ? "number" : "text"
        pattern = field.pattern
        choices = known.map {
            FormChoice(value: $0.value, title: $0.title, isChosen: isSame($0.value, value))
        }
        isChoice = field.kind.isChoice
        isRequired = field.isRequired
        isTicked = !value.isEmpty
        mistake = returned?.problem.errors.first { $0.pointer == "/" + field.name }.map { field.told($0.detail) }
    }
}

extension WorkField {
    /// Where there is nothing to choose between, it is chosen; of roles, the one whose holder lists call the owner.
    fileprivate func preset(_ choices: [String]) -> String {
        let isPlain = kind == .choice(.roles) || choices.count == 1 && isRequired
        return isPlain ? choices.first ?? value : value
    }

    /// The detail names the field as programs do; people know it by its label.
    fileprivate func told(_ detail: String) -> String {
        detail.hasPrefix(name + " ") ? label + detail.dropFirst(name.count) : detail
    }
}
