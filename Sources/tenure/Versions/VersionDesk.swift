import TenureAuthoring
import TenureCore
import TenureRuntime
import TenureWeb

/// Where the commands about versions do their work, and what they say when it is refused.
enum VersionDesk {
    static func answer(
        _ options: DirectoryOptions, ask: (server: String, body: JSON), here: (Workspace) async throws -> JSON
    ) async throws -> JSON {
        do {
            return try await options.answer(ask: ("programme/" + ask.server, ask.body), here: here)
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

extension JSON {
    /// A programme's files as the API takes them.
    static func files(_ folder: String) throws -> JSON {
        .array(try programmeFolder(folder).files.map { ["path": .string($0.path), "text": .string($0.text)] })
    }
}
