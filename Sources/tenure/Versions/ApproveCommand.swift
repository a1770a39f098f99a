import ArgumentParser
import TenureCore
import TenureRuntime
import TenureWeb

struct ApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Put a proposed version of the programme into force, or turn it down.",
        discussion: """
            For programmes that ask for approval: `tenure publish` keeps a proposal, and another person than the one who \
            proposed it approves it here. `tenure versions` shows what waits.
            """)

    @Option(help: "Who approves.")
    var by: String

    @Option(help: "Why, in a sentence; it is kept with the version.")
    var why: String?

    @Option(help: "Approve only the proposal whose digest begins like this: another one may have taken its place.")
    var digest: String?

    @Flag(help: "Turn the proposal down instead; whoever proposed it may do so as well.")
    var refuse = false

    @OptionGroup var options: DirectoryOptions

    func validate() throws {
        if let digest, !(8...64).contains(digest.utf8.count) {
            throw ValidationError("--digest takes 8 characters of the digest or more.")
        }
    }

    func run() async throws {
        let answer = try await VersionDesk.answer(options, ask: ("approval", body)) { workspace in
            if refuse {
                return VersionDocuments.document(
                    try await workspace.refuse(by: by, reason: why ?? "", digest: digest), workspace)
            }
            let number = try await workspace.approve(by: by, reason: why ?? "", digest: digest)
            return try await VersionDocuments.version(number, workspace)
        }
        print(options.json ? answer.text : told(answer.object))
    }

    private var body: JSON {
        var body: JSONObject = ["by": .string(by), "refuse": .bool(refuse)]
        if let why, !why.isEmpty { body["reason"] = .string(why) }
        if let digest { body["digest"] = .string(digest) }
        return .object(body)
    }

    private func told(_ answer: JSONObject?) -> String {
        if let refused = answer?["proposal"]?.object {
            return "The proposal of \(refused["by"]?.string ?? "") is turned down: nothing has changed."
        }
        return "Version \(answer?["version"]?.int ?? 0) is in force, proposed by \(answer?["by"]?.string ?? "")."
    }
}
