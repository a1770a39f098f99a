import HTTPTypes
import TenureCore
import TenureRuntime
import TenureStore

/// Who may sign in, and the links with which they do. Everybody of the team sees them; the owner changes them.
enum TeamPages {
    static let routes: [Route] = [
        .page(Links.settings) { call, visitor in
            _ = try call.query(allowing: [])
            return try await page(call, visitor)
        },
        .form(Links.settings + "/teammates") { call, visitor, fields in
            try await invite(call, visitor, fields)
        },
        .form(Links.settings + "/teammates/link") { call, visitor, fields in
            try await link(call, visitor, fields)
        },
        .form(Links.settings + "/teammates/removal") { call, visitor, fields in
            try await remove(call, visitor, fields)
        },
    ]

    private static let teammatesMax = 1_000

    private static func page(
        _ call: Call, _ visitor: Visitor, link: TeamPage.Link? = nil, problem: Problem? = nil,
        typed: NamedTexts? = nil
    ) async throws -> Answer {
        let all = try await teammates(visitor.workspace)
        let model = TeamPage(
            shell: try await Shell("Settings", visitor, call.house), visitor, all, link: link,
            problem: problem?.detail,
            typed: typed)
        return try Templates.page("team", model, status: problem?.code.status ?? .ok)
    }

    private static func teammates(_ workspace: Workspace) async throws -> [Teammate] {
        let prefix = Teammate.settingPrefix
        let rows = try await workspace.read { try $0.settings(prefix: prefix) }
        return rows.compactMap { Teammate(id: String($0.name.dropFirst(prefix.utf8.count)), text: $0.value) }
    }

    private static func invite(_ call: Call, _ visitor: Visitor, _ fields: NamedTexts) async throws -> Answer
    {
        try requireOwner(visitor)
        do {
            let mate = Teammate(
                id: Teammate.makeID(), name: try TypedFields.name(fields["name"], "A name"),
                email: try TypedFields.address(fields["email"]))
            try check(mate, among: try await teammates(visitor.workspace))
            try await keep(mate, in: visitor.workspace)
            return try await page(call, visitor, link: made(mate, call, visitor))
        } catch let problem as Problem where problem.code == .validationFailed {
            return try await page(call, visitor, problem: problem, typed: fields)
        }
    }

    private static func check(_ mate: Teammate, among all: [Teammate]) throws {
        guard !all.contains(where: { !$0.isRevoked && $0.email.lowercased() == mate.email.lowercased() })
        else {
            throw Problem(
                .validationFailed, "Somebody with this address is in the team already; make them a new link.")
        }
        guard all.count < teammatesMax else {
            throw Problem(
                .validationFailed,
                "A workspace has at most \(teammatesMax) teammates, former ones among them.")
        }
    }

    private static func link(_ call: Call, _ visitor: Visitor, _ fields: NamedTexts) async throws -> Answer {
        try requireOwner(visitor)
        let mate = try await find(fields, visitor)
        return try await page(call, visitor, link: made(mate, call, visitor))
    }

    private static func remove(_ call: Call, _ visitor: Visitor, _ fields: NamedTexts) async throws -> Answer
    {
        try requireOwner(visitor)
        var mate = try await find(fields, visitor)
        guard !mate.isOwner else { throw Problem(.validationFailed, "The owner stays.") }
        mate.isRevoked = true
        try await keep(mate, in: visitor.workspace)
        try await call.house.shutOut(mate.id, of: visitor.workspace)
        return .seeOther(Links.settings)
    }

    private static func find(_ fields: NamedTexts, _ visitor: Visitor) async throws -> Teammate {
        let found = try await teammates(visitor.workspace).first {
            isSame($0.id, fields["teammate"] ?? "") && !$0.isRevoked
        }
        guard let found else { throw Problem(.notFound, "There is no such teammate, or not any more.") }
        return found
    }

    private static func keep(_ mate: Teammate, in workspace: Workspace) async throws {
        try await workspace.write { $0.settings.append((name: mate.setting, value: mate.text)) }
    }

    private static func made(_ mate: Teammate, _ call: Call, _ visitor: Visitor) -> TeamPage.Link {
        TeamPage.Link(name: mate.name, url: call.house.makeLink(teammate: mate.id, in: visitor.workspace.id))
    }

    static func requireOwner(_ visitor: Visitor) throws {
        guard visitor.isOwner else {
            throw Problem(.forbidden, "Only the owner of the workspace changes this.")
        }
    }
}

/// The team, and a link that was just made.
struct TeamPage {
    let shell: Shell
    let formToken: String
    let keys: String
    let newWorkspace: String
    let sampleData: String
    let isOwner: Bool
    let link: Link?
    let problem: String?
    let name: String
    let email: String
    let teammates: [Row]
    let former: [String]
    let hasFormer: Bool

    /// Shown once: only its hash stays.
    struct Link {
        let name: String
        let url: String
    }

    struct Row {
        let id: String
        let name: String
        let email: String
        let role: String
        let mayBeLinked: Bool
        let mayBeRemoved: Bool
    }
}

extension TeamPage {
    init(
        shell: Shell, _ visitor: Visitor, _ all: [Teammate], link: Link?, problem: String?, typed: NamedTexts?
    ) {
        self.shell = shell
        formToken = visitor.session.formToken
        (keys, newWorkspace, sampleData) = (Links.keys, Links.newWorkspace, Links.sampleData)
        isOwner = visitor.isOwner
        self.link = link
        self.problem = problem
        (name, email) = (typed?["name"] ?? "", typed?["email"] ?? "")
        let sorted = all.sorted {
            ($0.isOwner ? 0 : 1, $0.name.lowercased(), $0.id) < (
                $1.isOwner ? 0 : 1, $1.name.lowercased(), $1.id
            )
        }
        teammates = sorted.filter { !$0.isRevoked }.map { mate in
            Row(
                id: mate.id, name: mate.name, email: mate.email, role: mate.isOwner ? "Owner" : "Teammate",
                mayBeLinked: visitor.isOwner, mayBeRemoved: visitor.isOwner && !mate.isOwner)
        }
        former = sorted.filter(\.isRevoked).map(\.name)
        hasFormer = !former.isEmpty
    }
}
