import TenureCore
import TenureRuntime

extension VersionDocuments {
    /// Answers with the problem that a refusal is.
    static func refusing(_ body: () async throws -> Answer) async throws -> Answer {
        do {
            return try await body()
        } catch let mistakes as ProgrammeMistakes {
            throw Problem(.validationFailed, "The programme has mistakes.\n" + mistakes.text)
        } catch let refusal as PublishRefusal {
            throw refusal.problem
        }
    }
}

extension PublishRefusal {
    var problem: Problem {
        switch self {
        case .unchanged(let number):
            Problem(.commandRefused, "The files are those of version \(number), which is running.")
        case .tooManyVersions(let limit):
            Problem(
                .commandRefused,
                "Plays of \(limit) versions are running, which is as many as are kept apart. End plays of the oldest first.")
        case .unknownVersion(let number): Problem(.notFound, "There is no version \(number).")
        case .nobody: Problem(.validationFailed, "by is somebody's name, not blanks only.")
        case .approverMustDiffer(let proposer):
            Problem(.approverMustDiffer, "\(proposer) proposed it: another person must approve it.")
        case .nothingWaits: Problem(.nothingWaits, "No version waits for approval.")
        case .stale(let on, let running):
            Problem(
                .proposalStale,
                "It was proposed as a change to version \(on), and version \(running) runs now. Plan and propose it anew.")
        case .replaced(let digest):
            Problem(.proposalReplaced, "Another proposal waits by now: its digest is \(digest).")
        case .unreadable(let mistakes):
            Problem(.validationFailed, "This server cannot read that version any more.\n" + mistakes)
        }
    }
}
