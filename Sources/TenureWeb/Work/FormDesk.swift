import TenureCore
import TenureEngine
import TenureRuntime

/// Takes a form of an account's page: the same command that the API has, then back to the page with a notice.
struct FormDesk: Sendable {
    let call: Call
    let visitor: Visitor
    private var workspace: Workspace { visitor.workspace }
    private var author: String { visitor.session.teammate }

    init(_ call: Call, _ visitor: Visitor) {
        self.call = call
        self.visitor = visitor
    }

    func submit(_ form: WorkForm, _ typed: NamedTexts) async throws -> Answer {
        let account = try visitor.account(call)
        let id = commandID(form, typed)
        let page = typed.back ?? Links.receipt(id, at: Links.account(account.id.text), part: form.part)
        // Sent twice: what the first did is told again.
        if try await Receipts(workspace: workspace)[id] != nil { return .seeOther(page) }
        do {
            try await carryOut(form, typed, at: account, id)
            return .seeOther(page)
        } catch let problem as Problem where problem.code.isOfForm {
            let returned = ReturnedForm(action: action(at: account), typed: typed, problem: problem)
            return try await AccountPages.page(call, visitor, account, returned: returned)
        }
    }

    /// The form's address as the page has it, also where it was sent under the vendor's name of the account.
    private func action(at account: AccountState) -> String {
        Links.account(account.id.text) + "/" + call.segments.dropFirst(2).joined(separator: "/")
    }

    /// The same for a form that is sent again as it was.
    private func commandID(_ form: WorkForm, _ typed: NamedTexts) -> String {
        let once = typed[FormView.onceName] ?? ""
        let said = form.object(typed).members.map { "\($0.name)\0\($0.value.text)" } + form.parameters(typed).values
        return "form-" + workspace.keys.name("form", ([author, call.path, once] + said).joined(separator: "\0"))
    }

    private func carryOut(_ form: WorkForm, _ typed: NamedTexts, at account: AccountState, _ id: String) async throws {
        let desk = CommandDesk(workspace: workspace, author: author)
        let chosen = form.parameters(typed)
        try form.check(chosen)
        let parameters = call.parameters.merging(chosen) { $1 }
        try await desk.carryOut(form.command, form.object(typed), at: account, parameters: parameters, id: id)
        let after = workspace.account(account.id.text) ?? account
        let deeds = Deeds(before: account, after: after, author: author)
        let context = WorkContext(after, workspace.programme.programme, try await Team(of: workspace))
        let receipt = Receipt(
            id: id, by: author, at: workspace.now, page: Links.account(account.id.text),
            words: form.done(typed, context), undoings: deeds.undoings(form, typed, id))
        try await Receipts(workspace: workspace).keep(receipt)
    }
}

extension Problem.Code {
    /// Whether a form can be sent again with other words, or at another time.
    fileprivate var isOfForm: Bool {
        switch self {
        case .validationFailed, .valueTooLong, .invalidCharacter, .commandRefused: true
        case _: false
        }
    }
}

/// What a command did to an account, as far as it can be taken back.
struct Deeds {
    let before: AccountState
    let after: AccountState
    let author: String

    func undoings(_ form: WorkForm, _ typed: NamedTexts, _ id: String) -> [Undoing] {
        switch form.deed {
        case .note: [.note(after.id, id: id)]
        case .owner: handOver(typed["role"] ?? "").map { [$0] } ?? []
        case .start: start(typed["play"] ?? "").map { [$0] } ?? []
        case .other: []
        }
    }

    /// nil: nobody else was named.
    func handOver(_ role: String) -> Undoing? {
        let earlier = before.observations.profile[role]?.string
        guard let known = after.observations.profile.latest(role), let person = known.value.string,
            earlier.map({ !isSame($0, person) }) ?? true
        else { return nil }
        return .owner(after.id, role: role, person: person, at: known.version.occurred, before: earlier)
    }

    /// nil: it has ended already.
    func start(_ play: String) -> Undoing? {
        let count = before.conclusions.playCount
        let started = after.conclusions.plays.last { run in
            isSame(run.play, play) && run.number > count && run.isRunning && isSame(run.cause, "person:" + author)
        }
        return started.map { .start(after.id, play: play, number: $0.number) }
    }
}
