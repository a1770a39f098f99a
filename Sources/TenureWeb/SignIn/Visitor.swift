import HTTPTypes
import TenureCore
import TenureEngine
import TenureRuntime

/// A teammate who is signed in, at the workspace they look at.
struct Visitor: Sendable {
    let cookie: String
    let session: House.Session
    let workspace: Workspace
    /// Path of the page that they ask for.
    let path: String
    let appearance: Appearance?

    /// nil without a session that holds.
    init?(_ call: Call) {
        guard let cookie = SessionCookie.value(call), let (session, workspace) = call.house.session(cookie)
        else { return nil }
        self.cookie = cookie
        self.session = session
        self.workspace = workspace
        path = call.path
        appearance = Appearance(call)
    }

    /// Manages teammates, keys and workspaces.
    var isOwner: Bool { isSame(session.teammate, Teammate.ownerID) }

    /// The account that the path names. What a form of an account says that became part of another one, it does not say of
    /// that other one.
    func account(_ call: Call) throws -> AccountState {
        guard let account = workspace.account(call["id"]) else {
            throw Problem(.notFound, "There is no account of this name in this workspace.")
        }
        if call.method == .post, account.id.text != call["id"], workspace.merges.isPart(AccountID(call["id"])) {
            throw Problem(refused: Refusal.Reason.accountMerged.rawValue)
        }
        return account
    }
}

extension Route {
    /// A page for who is signed in; others are sent to the sign-in page.
    static func page(
        _ path: String, _ show: @escaping @Sendable (Call, Visitor) async throws -> Answer
    ) -> Route {
        Route(.get, path, for: .person) { call in
            guard let visitor = Visitor(call) else { return .seeOther(Links.signIn) }
            let began = ContinuousClock.now
            return try await show(call, visitor).timed(since: began)
        }
    }

    /// A form of a page: only from this site, and only with the session's token.
    static func form(
        _ path: String, _ take: @escaping @Sendable (Call, Visitor, NamedTexts) async throws -> Answer
    ) -> Route {
        Route(.post, path, for: .person) { call in
            guard let visitor = Visitor(call) else { return .seeOther(Links.signIn) }
            let fields = try await Form.read(call)
            guard let token = fields[Form.tokenName], sameSecret(token, visitor.session.formToken) else {
                throw Form.refusal
            }
            return try await take(call, visitor, fields)
        }
    }
}

/// Compares without telling by its time how much was right.
func sameSecret(_ left: String, _ right: String) -> Bool {
    let (left, right) = (Array(left.utf8), Array(right.utf8))
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
}
