import TenureCore
import TenureEngine
import TenureProgramme
import TenureRuntime
import TenureStore

/// What every page has around its contents.
struct Shell {
    let title: String
    /// nil before anybody is signed in.
    var visitor: ShellVisitor?
    /// Chosen colours; nil: as the device has them.
    let appearance: String?
    var rooms: [Room] = []

    init(_ title: String, _ appearance: Appearance? = nil) {
        self.title = title
        self.appearance = appearance?.rawValue
        visitor = nil
    }

    init(_ title: String, _ visitor: Visitor, _ house: House) async throws {
        self.title = title
        appearance = visitor.appearance?.rawValue
        rooms = Room.all(at: visitor.path)
        let workspaces = try await Membership.workspaces(of: visitor, in: house)
        let name = Membership.setting(visitor.session.teammate)
        let (text, stop, seed) = try await visitor.workspace.read {
            (try $0.setting(name), try OutgoingRules($0).stop, try $0.setting(SampleData.seedSetting))
        }
        let teammate =
            text.flatMap { Teammate(id: visitor.session.teammate, text: $0)?.name }
            ?? visitor.session.teammate
        self.visitor = ShellVisitor(
            teammate: teammate, workspace: visitor.workspace.programme.programme.title,
            formToken: visitor.session.formToken, readOnly: visitor.workspace.fence,
            stopped: stop.map { $0.words(visitor.workspace.programme.defaultZoneRules) },
            unsentSince: try await visitor.workspace.effectsFence()?.restored.text,
            begin: BeginNotice(visitor.workspace, at: visitor.path),
            ownData: seed != nil && visitor.isOwner ? Links.newWorkspace : nil,
            switches: workspaces.count > 1 ? workspaces.map { Self.choice($0, visitor) } : [])
    }

    private static func choice(_ workspace: Workspace, _ visitor: Visitor) -> WorkspaceChoice {
        WorkspaceChoice(
            id: workspace.id.text, title: workspace.programme.programme.title,
            isCurrent: workspace.id == visitor.workspace.id)
    }
}

struct ShellVisitor {
    let teammate: String
    let workspace: String
    let formToken: String
    /// Why nothing can be changed at the moment.
    let readOnly: String?
    /// Why no message leaves at the moment.
    let stopped: String?
    /// When the workspace was restored, while nothing is sent.
    let unsentSince: String?
    /// What a new workspace lacks.
    let begin: BeginNotice?
    /// The way from simulated customers to one's own.
    let ownData: String?
    let switches: [WorkspaceChoice]
    let hasSwitches: Bool

    init(
        teammate: String, workspace: String, formToken: String, readOnly: String?, stopped: String?, unsentSince: String?,
        begin: BeginNotice?, ownData: String?, switches: [WorkspaceChoice]
    ) {
        self.teammate = teammate
        self.workspace = workspace
        self.formToken = formToken
        self.readOnly = readOnly
        self.stopped = stopped
        self.unsentSince = unsentSince
        self.begin = begin
        self.ownData = ownData
        self.switches = switches
        hasSwitches = !switches.isEmpty
    }
}

/// The next step of a workspace that is new.
struct BeginNotice {
    let words: String
    let link: String
    let title: String
}

extension BeginNotice {
    /// nil: it has accounts and is live, or the page is the step itself.
    init?(_ workspace: Workspace, at path: String) {
        guard !workspace.isLive || workspace.accountCount == 0, !path.hasPrefix(Links.imports) else { return nil }
        link = Links.imports
        if workspace.accountCount == 0 {
            (words, title) = ("There are no accounts here yet.", "Import your accounts")
        } else {
            (words, title) = ("This workspace is not live: nothing is raised and nothing is sent.", "See what is withheld, and go live")
        }
    }
}

struct WorkspaceChoice {
    let id: String
    let title: String
    let isCurrent: Bool
}
