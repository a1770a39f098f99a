import HTTPTypes
import TenureCore
import TenureEngine
import TenureProgramme
import TenureRuntime
import TenureStore

/// From the demo's simulated companies to one's own alone: the owner names them, and they are gone with all their data.
enum SampleDataPages {
    static let routes: [Route] = [
        .page(Links.sampleData) { call, visitor in
            _ = try call.query(allowing: [])
            return try await page(call, visitor)
        },
        .form(Links.sampleData + "/removal") { call, visitor, fields in
            do {
                return try await remove(call, visitor, fields)
            } catch let problem as Problem where problem.code == .validationFailed {
                return try await page(call, visitor, problem: problem)
            }
        },
    ]

    private static func page(_ call: Call, _ visitor: Visitor, problem: Problem? = nil) async throws -> Answer {
        try TeamPages.requireOwner(visitor)
        let model = SampleDataPage(
            try await Shell("Sample data", visitor, call.house), visitor, try await Choice(visitor, call.house),
            problem: problem?.detail)
        return try Templates.page("sample_data", model, status: problem?.code.status ?? .ok)
    }

    private static func remove(_ call: Call, _ visitor: Visitor, _ fields: NamedTexts) async throws -> Answer {
        try TeamPages.requireOwner(visitor)
        guard let maker = call.house.founding.maker else {
            throw Problem(.unavailable, "This server removes no workspaces; its operator does, with tenure remove-samples.")
        }
        let choice = try await Choice(visitor, call.house)
        let named = Set((fields["workspaces"] ?? "").split(separator: ",").map { String($0) })
        let going = choice.samples.filter { named.contains($0.id.text) }
        guard fields["sure"] != nil, !going.isEmpty else {
            throw Problem(.validationFailed, "Say that they may go: nothing was removed.")
        }
        guard let stays = choice.stays else {
            throw Problem(.validationFailed, "Make a workspace of your own first: one has to be left to go to.")
        }
        if going.contains(where: { $0.id == visitor.workspace.id }) {
            guard try await call.house.move(visitor.cookie, to: stays) else { return .seeOther(Links.signIn) }
        }
        try await maker.remove(going)
        return .seeOther(Links.settings)
    }

    /// The sample workspaces that the visitor may enter, and one that stays.
    struct Choice: Sendable {
        var samples: [Workspace] = []
        var stays: Workspace?

        init(_ visitor: Visitor, _ house: House) async throws {
            for workspace in try await Membership.workspaces(of: visitor, in: house) {
                if try await workspace.read({ try SampleData.isIn($0) }) {
                    samples.append(workspace)
                } else if stays == nil || workspace.id == visitor.workspace.id {
                    stays = workspace
                }
            }
        }
    }
}

/// What goes when the sample data goes.
struct SampleDataPage {
    let shell: Shell
    let formToken: String
    let problem: String?
    let settings: String
    let newWorkspace: String
    let samples: [Sample]
    let hasSamples: Bool
    /// Of the samples, as the form names them.
    let names: String
    /// Where one is afterwards; nil: nowhere yet.
    let stays: String?
    let button: String

    struct Sample {
        let title: String
        let folder: String
        let accounts: String
    }
}

extension SampleDataPage {
    init(_ shell: Shell, _ visitor: Visitor, _ choice: SampleDataPages.Choice, problem: String?) {
        self.shell = shell
        formToken = visitor.session.formToken
        self.problem = problem
        (settings, newWorkspace) = (Links.settings, Links.newWorkspace)
        samples = choice.samples.map {
            Sample(
                title: $0.programme.programme.title, folder: "workspaces/\($0.id)",
                accounts: Wording.plural($0.accountCount, "account", "accounts"))
        }
        hasSamples = !samples.isEmpty
        names = choice.samples.map(\.id.text).joined(separator: ",")
        stays = choice.stays?.programme.programme.title
        button = "Remove " + Wording.plural(samples.count, "sample workspace", "sample workspaces")
    }
}
