import TenureCore
import TenureProgramme

/// A form of an account's page: what a person fills in, and the command that the API has for the same.
struct WorkForm: Sendable {
    /// Of the element on the page.
    let id: String
    /// Below the account's address; a part in braces is a name of the command's path.
    let path: String
    let command: Command
    let button: String
    var fields: [WorkField] = []
    /// What the notice says when it is done.
    let done: @Sendable (NamedTexts, WorkContext) -> String
    /// What can be taken back.
    var deed = Deed.other
    /// The heading of the page's part that it belongs to.
    let part: String

    enum Deed: Sendable { case note, owner, start, other }

    /// The body of the command.
    func object(_ typed: NamedTexts) -> JSONObject {
        if isSame(id, Self.grade.id) { return Self.judgement(typed) }
        return JSONObject(
            fields.filter { !isParameter($0) }.compactMap { field in
                field.kind.member(typed[field.name] ?? "").map { .init(field.name, $0) }
            })
    }

    /// The API has the role in its path.
    private func isParameter(_ field: WorkField) -> Bool { field.kind == .choice(.roles) }

    /// Names of the command's path that a person chose in the form.
    func parameters(_ typed: NamedTexts) -> [String: String] {
        let chosen = fields.filter(isParameter).map { ($0.name, typed[$0.name] ?? "") }
        return Dictionary(chosen, uniquingKeysWith: { first, _ in first })
    }

    func check(_ parameters: [String: String]) throws {
        let empty = parameters.filter(\.value.isEmpty).map(\.key).sorted()
        guard !empty.isEmpty else { return }
        throw Problem(
            .validationFailed, empty.map { "\($0) is needed." }.joined(separator: " "),
            errors: empty.map { .init(pointer: "/" + $0, type: "validation-failed", detail: "\($0) is needed") })
    }

    /// `metric relationship.engagement good` picks a grade of a metric's scale.
    private static func judgement(_ typed: NamedTexts) -> JSONObject {
        let parts = (typed["judgement"] ?? "").split(separator: " ").map(String.init)
        let chosen: JSONObject = parts.count == 3 ? ["metric": .string(parts[1]), "grade": .string(parts[2])] : [:]
        return JSONObject(chosen.members + [.init("reason", .string(typed["reason"] ?? ""))])
    }
}

extension WorkForm {
    static let all: [WorkForm] = [
        note, handOver, pulse, raiseFlag, withdrawFlag, grade, startPlay, pausePlay, resumePlay, stopPlay, completeTask,
        reopenTask, signOff,
    ]

    static let note = WorkForm(
        id: "note", path: "/notes", command: .note, button: "Keep the note",
        fields: [WorkField(name: "text", label: "Note", kind: .area, isRequired: true)],
        done: { _, _ in "Kept the note." }, deed: .note, part: "notes")

    static let handOver = WorkForm(
        id: "hand-over", path: "/owners", command: .assignOwner, button: "Hand over",
        fields: [
            WorkField(name: "role", label: "Role", kind: .choice(.roles), isRequired: true),
            WorkField(name: "person", label: "To", kind: .choice(.people), isRequired: true),
        ],
        done: { typed, context in
            let role = context.programme.roles.first { $0.id == typed["role"] }?.title ?? ""
            return "Handed over: \(role) is now \(context.team.name(typed["person"] ?? ""))."
        }, deed: .owner, part: "owners")

    static let pulse = WorkForm(
        id: "set-pulse", path: "/pulse", command: .pulse, button: "Set the pulse",
        fields: [
            WorkField(name: "points", label: "Points of 100", kind: .number, isRequired: true),
            reason(isRequired: true),
            WorkField(name: "expires_days", label: "Holds for days (empty: until the next)", kind: .number, value: "30"),
        ],
        done: { typed, _ in "Set the pulse to \(typed["points"] ?? "")." }, part: "pulse")

    static let raiseFlag = WorkForm(
        id: "flag", path: "/flags", command: .raiseFlag, button: "Raise the flag",
        fields: [
            WorkField(
                name: "flag", label: "Flag (a-z, 0-9 and _)", kind: .line, isRequired: true, pattern: WorkField.namePattern),
            reason(isRequired: true),
        ],
        done: { typed, _ in "Raised the flag \(typed["flag"] ?? "")." }, part: "flags")

    static let withdrawFlag = WorkForm(
        id: "withdraw", path: "/flags/{flag}/withdrawal", command: .clearFlag, button: "Withdraw",
        done: { _, _ in "Withdrew the flag." }, part: "flags")

    static let grade = WorkForm(
        id: "grade", path: "/grades", command: .grade, button: "Give the grade",
        fields: [
            WorkField(name: "judgement", label: "What you see", kind: .choice(.judgements), isRequired: true),
            reason(isRequired: true),
        ],
        done: { _, _ in "Gave the grade." }, part: "judge")

    static func reason(isRequired: Bool) -> WorkField {
        WorkField(name: "reason", label: "Reason", kind: .line, isRequired: isRequired)
    }
}
