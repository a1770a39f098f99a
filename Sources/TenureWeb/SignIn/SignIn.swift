import HTTPTypes
import TenureCore
import TenureRuntime
import TenureStore

/// A link from the mail or the terminal shows one button; pressing it signs in. Looking at the link does nothing, so
/// that a mail scanner does not use it up.
enum SignIn {
    static let routes: [Route] = [
        Route(.get, Links.signIn, for: .person) { call in try explain(call) },
        Route(.get, "/sign-in/{token}", for: .person) { call in try confirm(call) },
        Route(.post, "/sign-in/{token}", for: .person) { call in try await enter(call) },
        .form(Links.signOut) { call, visitor, _ in try await leave(call, visitor) },
        .form(Links.workspace) { call, visitor, fields in try await move(call, visitor, fields) },
    ]

    private static func explain(_ call: Call) throws -> Answer {
        if Visitor(call) != nil { return .seeOther(Links.home) }
        return try Templates.page("sign_in", SignInPage(shell: Shell("Sign in"), action: nil, isNew: call.house.workspaces.isEmpty))
    }

    private static func confirm(_ call: Call) throws -> Answer {
        guard call.house.isValid(link: call["token"]) else { throw linkInvalid }
        return try Templates.page(
            "sign_in", SignInPage(shell: Shell("Sign in"), action: Links.signIn(token: call["token"]), isNew: false))
    }

    private static var linkInvalid: Problem {
        Problem(.linkInvalid, "The link is unknown, used or older than a day. Ask for a new one.")
    }

    private static func enter(_ call: Call) async throws -> Answer {
        try Form.checkOrigin(call)
        guard let cookie = try await call.house.signIn(link: call["token"]) else { throw linkInvalid }
        return Answer.seeOther(Links.home).adding(.setCookie, SessionCookie.set(cookie, call.house))
    }

    private static func leave(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        try await call.house.signOut(visitor.cookie)
        return Answer.seeOther(Links.signIn).adding(.setCookie, SessionCookie.clear(call.house))
    }

    private static func move(_ call: Call, _ visitor: Visitor, _ fields: NamedTexts) async throws -> Answer {
        let open = try await Membership.workspaces(of: visitor, in: call.house)
        guard let workspace = open.first(where: { $0.id.text == fields["workspace"] }),
            try await call.house.move(visitor.cookie, to: workspace)
        else { throw Problem(.notFound, "There is no workspace of this name for you.") }
        return .seeOther(Links.home)
    }
}

/// The page before anybody is signed in; the action is nil where no link was followed.
struct SignInPage {
    let shell: Shell
    let action: String?
    /// Nobody has set anything up yet.
    let isNew: Bool
}

/// Which workspaces somebody may enter: those whose store has them as a teammate.
enum Membership {
    static func setting(_ teammate: String) -> String { Teammate.settingPrefix + teammate }

    static func workspaces(of visitor: Visitor, in house: House) async throws -> [Workspace] {
        var found: [Workspace] = []
        for workspace in house.workspaces {
            let id = visitor.session.teammate
            let text = try await workspace.read { try $0.setting(setting(id)) }
            let isKnown = text.flatMap { Teammate(id: id, text: $0) }?.isRevoked == false
            if isKnown || workspace.id == visitor.workspace.id { found.append(workspace) }
        }
        return found
    }
}
