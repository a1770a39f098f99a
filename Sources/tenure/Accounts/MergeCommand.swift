import ArgumentParser
import TenureCore
import TenureEngine
import TenureRuntime
import TenureWeb

struct MergeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Make an account part of another one: two accounts of one customer become one.",
        discussion: """
            Everything that came and comes under either name counts for the account that stays. Of a field that both have its \
            value stays, unless --take names the field. A running server is asked over its API; otherwise the directory is opened.
            """)

    @Argument(help: "The account that becomes part, by your id or Tenure's.")
    var part: String

    @Option(help: "The account that stays.")
    var into: String

    @Option(help: "Who merges; it is kept.")
    var by: String

    @Option(help: "Why, in a sentence.")
    var why = ""

    @Option(help: "A field that comes from the other account; repeatable.")
    var take: [String] = []

    @OptionGroup var options: DirectoryOptions

    func validate() throws { try MergeDesk.require(by) }

    func run() async throws {
        let body: JSON = [
            "account": .string(part), "by": .string(by), "reason": .string(why), "take": .array(take.map { .string($0) }),
        ]
        let path = "accounts/\(RunningServer.path(into))/merges"
        let answer = try await MergeDesk.answer(options, { try await $0.post(path, body) }) { workspace in
            let desk = MergeDesk(workspace, author: by)
            let survivor = try desk.account(into).id
            try await desk.merge(part, into: survivor, taking: Set(take), reason: why)
            return MergeDocuments.document(of: survivor, workspace)
        }
        let undo = "tenure accounts unmerge \(part) --from \(into) --by NAME"
        print(options.json ? answer.text : "\(part) is part of \(into) now. To undo it: \(undo)")
    }
}

struct UnmergeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unmerge",
        abstract: "Undo a merge: the account stands for itself again, with what came under its own name.")

    @Argument(help: "The account that is part of the other.")
    var part: String

    @Option(help: "The account that it is part of.")
    var from: String

    @Option(help: "Who undoes it; it is kept.")
    var by: String

    @OptionGroup var options: DirectoryOptions

    func validate() throws { try MergeDesk.require(by) }

    func run() async throws {
        let path = "accounts/\(RunningServer.path(from))/merges/\(RunningServer.path(part))"
        let answer = try await MergeDesk.answer(options, { try await $0.delete(path, ["by": .string(by)]) }) { workspace in
            let desk = MergeDesk(workspace, author: by)
            let survivor = try desk.account(from).id
            try await desk.undo(part, from: survivor)
            return MergeDocuments.document(of: survivor, workspace)
        }
        print(options.json ? answer.text : "\(part) stands for itself again.")
    }
}

extension MergeDesk {
    fileprivate static func require(_ by: String) throws {
        if by.allSatisfy(\.isWhitespace) { throw ValidationError("--by is somebody's name: it is kept.") }
    }

    /// What is refused here is said as the server would say it.
    fileprivate static func answer(
        _ options: DirectoryOptions, _ ask: (RunningServer) async throws -> JSON, here: (Workspace) async throws -> JSON
    ) async throws -> JSON {
        do {
            return try await options.answer(ask, here: here)
        } catch let problem as Problem {
            throw Failure(code: problem.codeText, what: problem.words, remedy: "Nothing was changed.")
        }
    }
}
