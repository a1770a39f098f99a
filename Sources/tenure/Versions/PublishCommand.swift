import ArgumentParser
import TenureAuthoring
import TenureCore
import TenureRuntime
import TenureWeb

/// Who publishes, and why: kept with the version for good.
struct PublisherOptions: ParsableArguments {
    @Option(help: "Who publishes.")
    var by: String

    @Option(help: "Why, in a sentence.")
    var why: String
}

struct PublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Put a programme into force in a workspace.",
        discussion: """
            Every account concludes under the new version at once; `tenure plan` says beforehand what that will be. Plays \
            that run go on as they began, unless the new version defines them alike. `tenure rollback` goes back.

            Where the version that runs asks for approval, the folder is kept as a proposal, and nothing changes until \
            another person says `tenure approve`.
            """)

    @Argument(help: "Folder of the programme, or an embedded one's name.")
    var folder: String

    @OptionGroup var publisher: PublisherOptions
    @OptionGroup var options: DirectoryOptions

    func run() async throws {
        let files = try programmeFolder(folder).files
        let body: JSON = ["files": try .files(folder), "by": .string(publisher.by), "reason": .string(publisher.why)]
        let answer = try await VersionDesk.answer(options, ask: ("versions", body)) { workspace in
            let publication = try await workspace.publish(
                try workspace.load(files), by: publisher.by, reason: publisher.why)
            return try await VersionDocuments.document(publication, workspace)
        }
        print(options.json ? answer.text : told(answer))
    }

    private func told(_ answer: JSON) -> String {
        guard let proposal = answer.object?["proposal"]?.object else {
            return "Version \(answer.object?["version"]?.int ?? 0) is in force."
        }
        let digest = (proposal["digest"]?.string ?? "").prefix(12)
        let next = """
            Nothing is in force yet: version \(proposal["on"]?.int ?? 0) asks for approval, and the proposal \(digest) waits.
            Another person than \(publisher.by) puts it into force: tenure approve --by NAME --digest \(digest)
            """
        guard let replaced = answer.object?["replaced"]?.object else { return next }
        let text = { (name: String) in replaced[name]?.string ?? "" }
        return next + "\nIt takes the place of the proposal \(text("digest").prefix(12)) of \(text("by")): \(text("reason"))"
    }
}

struct RollbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Put an earlier version of the programme into force again.",
        discussion: """
            The files of that version are published anew, under the next number. Nobody needs to approve it.
            """)

    @Argument(help: "Number of the version, as `tenure versions` lists it.")
    var version: Int

    @OptionGroup var publisher: PublisherOptions
    @OptionGroup var options: DirectoryOptions

    func run() async throws {
        let body: JSON = [
            "to": .int(Int64(version)), "by": .string(publisher.by), "reason": .string(publisher.why),
        ]
        let answer = try await VersionDesk.answer(options, ask: ("rollback", body)) { workspace in
            let number = try await workspace.rollBack(to: version, by: publisher.by, reason: publisher.why)
            return try await VersionDocuments.version(number, workspace)
        }
        let number = answer.object?["version"]?.int ?? 0
        print(options.json ? answer.text : "Version \(number) is in force: the files of version \(version).")
    }
}
