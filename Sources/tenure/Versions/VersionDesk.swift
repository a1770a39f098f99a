import TenureAuthoring
import TenureConnectors
import TenureCore
import TenureRuntime
import TenureWeb

/// Where the commands about versions do their work: in the server that owns the directory, over its API; or, when none
/// runs, in this process.
enum VersionDesk {
    static func answer(
        _ options: DirectoryOptions, ask: (server: String, body: JSON), here: (Workspace) async throws -> JSON
    ) async throws -> JSON {
        do {
            return try await options.withWorkspace(here)
        } catch let failure as Failure where failure.code == "data-in-use" {
            return try await RunningServer(options).post(ask.server, ask.body)
        } catch let mistakes as ProgrammeMistakes {
            throw Failure(
                code: "programme-has-mistakes", what: mistakes.text, remedy: "Mend the programme: tenure check FOLDER")
        } catch let refusal as PublishRefusal {
            throw refusal.failure
        }
    }
}

extension PublishRefusal {
    fileprivate var failure: Failure {
        switch self {
        case .unchanged(let number):
            Failure(
                code: "nothing-to-publish", what: "The files are those of version \(number), which is running.",
                remedy: "Change a definition first.")
        case .tooManyVersions(let limit):
            Failure(
                code: "too-many-versions", what: "Plays of \(limit) versions are running.",
                remedy: "End the plays of the oldest version first: as many versions as that are kept apart, no more.")
        case .unknownVersion(let number):
            Failure(
                code: "no-such-version", what: "There is no version \(number).", remedy: "List them: tenure versions")
        case .nobody:
            Failure(code: "nobody", what: "--by holds blanks only.", remedy: "Say who does it: --by ana")
        case .approverMustDiffer(let proposer):
            Failure(
                code: "approver-must-differ", what: "\(proposer) proposed it: another person must approve it.",
                remedy: "Ask somebody else to look at it; nothing was changed.")
        case .nothingWaits:
            Failure(
                code: "nothing-waits", what: "No version waits for approval.", remedy: "See what ran and waits: tenure versions")
        case .stale(let on, let running):
            Failure(
                code: "proposal-stale",
                what: "It was proposed as a change to version \(on), and version \(running) runs now.",
                remedy: "Plan and propose it anew: tenure plan FOLDER, tenure publish FOLDER")
        case .replaced(let digest):
            Failure(
                code: "proposal-replaced", what: "Another proposal waits by now: its digest is \(digest).",
                remedy: "Look at that one first: tenure versions")
        case .unreadable(let mistakes):
            Failure(
                code: "programme-unreadable", what: "This binary cannot read that version:\n" + mistakes,
                remedy: "Use the binary that kept it.")
        }
    }
}

/// The server that owns a data directory, asked with the key that it left there for its owner.
struct RunningServer {
    private let url: String
    private let key: String

    init(_ options: DirectoryOptions) throws {
        let entries = Announcement.read(options.data)
        let slug = options.workspace ?? (entries.count == 1 ? entries.keys.first : nil)
        guard let slug, let entry = entries[slug], let url = Announcement.url(options.data) else {
            throw Failure(
                code: "which-workspace", what: "The server of \(options.data) has \(entries.count) workspaces.",
                remedy: "Choose one with --workspace: \(entries.keys.sorted().joined(separator: ", ")).")
        }
        self.url = url
        key = entry.apiKey
    }

    /// A plan over a long past takes its time.
    private static let secondsMax = 600

    func post(_ path: String, _ body: JSON) async throws -> JSON {
        try read(try await answered { try await call(path).post(json: body.bytes) })
    }

    func get(_ path: String) async throws -> JSON { try read(try await answered { try await call(path).get() }) }

    private func call(_ path: String) -> ServerCall {
        ServerCall(url + "/api/v1/programme/" + path, key: key, secondsMax: Self.secondsMax)
    }

    private func answered(_ call: () async throws -> ServerCall.Answer) async throws -> ServerCall.Answer {
        do {
            return try await call()
        } catch let unanswered as ServerCall.Unanswered {
            throw Failure(
                code: "no-answer", what: "\(url) gave no answer: \(unanswered.reason).",
                remedy: "Is the server still running? Its log says what it is doing.")
        }
    }

    private func read(_ response: ServerCall.Answer) throws -> JSON {
        var limits = JSONReader.Limits()
        limits.stringBytes = 1 << 20
        guard case .success(let answer) = JSONReader.read(response.body, limits: limits) else {
            throw Failure(
                code: "no-answer", what: "\(url) did not answer as a Tenure server does.", remedy: "Is it this version of Tenure?")
        }
        guard (200..<300).contains(response.status) else {
            throw Failure(
                code: answer.object?["code"]?.string ?? "refused", what: answer.object?["detail"]?.string ?? "Refused.",
                remedy: "The running server of this directory refused it; nothing was changed.")
        }
        return answer
    }
}

extension JSON {
    /// A programme's files as the API takes them.
    static func files(_ folder: String) throws -> JSON {
        .array(try programmeFolder(folder).files.map { ["path": .string($0.path), "text": .string($0.text)] })
    }
}
