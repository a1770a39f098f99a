import HTTPTypes
import TenureCore
import TenureRuntime
import TenureStore

/// From nothing to a workspace of one's own. The first one is made by the link that the server prints, which works once;
/// more by the owner of one.
enum SetUpPages {
    static let routes: [Route] = [
        Route(.get, Links.setUp + "/{token}", for: .person) { call in
            guard call.house.founding.isValid(call["token"]) else { throw linkInvalid }
            return try await page(call, nil, SetUpForm())
        },
        Route(.post, Links.setUp + "/{token}", for: .person) { call in try await found(call) },
        .page(Links.newWorkspace) { call, visitor in
            try require(visitor)
            return try await page(call, visitor, SetUpForm())
        },
        .form(Links.newWorkspace) { call, visitor, fields in try await add(call, visitor, SetUpForm(fields))
        },
    ]

    private static var linkInvalid: Problem {
        Problem(
            .linkInvalid,
            "The link is unknown, used or older than an hour. Start the server again: it prints a new one.")
    }

    private static func require(_ visitor: Visitor) throws {
        guard visitor.isOwner else { throw Problem(.forbidden, "Only the owner makes workspaces.") }
    }

    private static func page(
        _ call: Call, _ visitor: Visitor?, _ form: SetUpForm, problem: Problem? = nil
    ) async throws -> Answer {
        let offers = try await maker(call).offers()
        let title = visitor == nil ? "Set up Tenure" : "A workspace of your own"
        let shell =
            if let visitor { try await Shell(title, visitor, call.house) } else {
                Shell(title, Appearance(call))
            }
        let model = SetUpPage(
            shell: shell, action: call.path, formToken: visitor?.session.formToken, asksOwner: visitor == nil,
            form, offers,
            problem: problem?.detail)
        return try Templates.page("set_up", model, status: problem?.code.status ?? .ok)
    }

    private static func maker(_ call: Call) throws -> any WorkspaceMaker {
        guard let maker = call.house.founding.maker else {
            throw Problem(
                .unavailable, "This server makes no workspaces; its operator does, with tenure init.")
        }
        return maker
    }

    /// The link is used up by a workspace that was made, not by a form that was filled in wrongly.
    private static func found(_ call: Call) async throws -> Answer {
        let form = SetUpForm(try await Form.read(call))
        guard let claim = call.house.founding.claim(call["token"]) else { throw linkInvalid }
        do {
            let workspace = try await make(form.plan(owner: try form.owner()), call)
            let cookie = try await call.house.startSession(teammate: Teammate.ownerID, in: workspace)
            return Answer.seeOther(Links.imports).adding(.setCookie, SessionCookie.set(cookie, call.house))
        } catch let problem as Problem where problem.code == .validationFailed {
            call.house.founding.giveBack(claim)
            return try await page(call, nil, form, problem: problem)
        } catch {
            call.house.founding.giveBack(claim)
            throw error
        }
    }

    private static func make(_ plan: WorkspacePlan, _ call: Call) async throws -> Workspace {
        let maker = try maker(call)
        guard try await maker.offers().contains(where: { isSame($0.id, plan.programme) }) else {
            throw Problem(.validationFailed, "There is no such programme any more; choose another one.")
        }
        return try await maker.make(plan)
    }

    private static func add(_ call: Call, _ visitor: Visitor, _ form: SetUpForm) async throws -> Answer {
        try require(visitor)
        let setting = Membership.setting(visitor.session.teammate)
        let text = try await visitor.workspace.read { try $0.setting(setting) }
        let known = text.flatMap { Teammate(id: Teammate.ownerID, text: $0) }
        do {
            let owner = known ?? Teammate(id: Teammate.ownerID, name: "Owner", email: "")
            let workspace = try await make(form.plan(owner: owner), call)
            guard try await call.house.move(visitor.cookie, to: workspace) else {
                return .seeOther(Links.signIn)
            }
            return .seeOther(Links.imports)
        } catch let problem as Problem where problem.code == .validationFailed {
            return try await page(call, visitor, form, problem: problem)
        }
    }
}

/// What was typed, bounded when it is used.
struct SetUpForm {
    var title = ""
    var programme = ""
    var name = ""
    var email = ""

    init() {}

    init(_ fields: NamedTexts) {
        title = fields["title"] ?? ""
        programme = fields["programme"] ?? ""
        name = fields["name"] ?? ""
        email = fields["email"] ?? ""
    }

    func owner() throws -> Teammate {
        Teammate(
            id: Teammate.ownerID, name: try TypedFields.name(name, "Your name"),
            email: try TypedFields.address(email))
    }

    func plan(owner: Teammate) throws -> WorkspacePlan {
        guard !programme.isEmpty else { throw Problem(.validationFailed, "Choose a programme.") }
        return WorkspacePlan(
            title: try TypedFields.name(title, "The name of your company"), programme: programme, owner: owner
        )
    }
}

/// The page that asks what a workspace is called, which programme it runs and who owns it.
struct SetUpPage {
    let shell: Shell
    let action: String
    /// nil where the address itself is the secret.
    let formToken: String?
    let asksOwner: Bool
    let problem: String?
    let title: String
    let name: String
    let email: String
    let programmes: [Choice]

    struct Choice {
        let id: String
        let title: String
        let sentence: String
        let isCurrent: Bool
    }

    init(
        shell: Shell, action: String, formToken: String?, asksOwner: Bool, _ form: SetUpForm,
        _ offers: [OfferedProgramme],
        problem: String?
    ) {
        self.shell = shell
        self.action = action
        self.formToken = formToken
        self.asksOwner = asksOwner
        self.problem = problem
        (title, name, email) = (form.title, form.name, form.email)
        let chosen = offers.contains { $0.id == form.programme } ? form.programme : offers.first?.id
        programmes = offers.map {
            Choice(id: $0.id, title: $0.title, sentence: $0.sentence, isCurrent: $0.id == chosen)
        }
    }
}
