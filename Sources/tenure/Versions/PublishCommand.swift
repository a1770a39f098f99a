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
            """)

    @Argument(help: "Folder of the programme, or an embedded one's name.")
    var folder: String

    @OptionGroup var publisher: PublisherOptions
    @OptionGroup var options: DirectoryOptions

    func run() async throws {
        let files = try programmeFolder(folder).files
        let body: JSON = ["files": try .files(folder), "by": .string(publisher.by), "reason": .string(publisher.why)]
        let answer = try await VersionDesk.answer(options, ask: ("versions", body)) { workspace in
            let number = try await workspace.publish(
                try workspace.load(files), by: publisher.by, reason: publisher.why)
            return ["version": .int(Int64(number))]
        }
        print(options.json ? answer.text : "Version \(answer.object?["version"]?.int ?? 0) is in force.")
    }
}

struct RollbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Put an earlier version of the programme into force again.",
        discussion: "The files of that version are published anew, under the next number.")

    @Argument(help: "Number of the version, as `tenure versions` lists it.")
    var version: Int

    @OptionGroup var publisher: PublisherOptions
    @OptionGroup var options: DirectoryOptions

    func run() async throws {
        let body: JSON = [
            "to": .int(Int64(version)), "by": .string(publisher.by), "reason": .string(publisher.why),
        ]
        let answer = try await VersionDesk.answer(options, ask: ("rollback", body)) { workspace in
            let number = try await workspace.publish(
                try await workspace.version(version), by: publisher.by,
                reason: "Back to version \(version): \(publisher.why)")
            return ["version": .int(Int64(number))]
        }
        let number = answer.object?["version"]?.int ?? 0
        print(options.json ? answer.text : "Version \(number) is in force: the files of version \(version).")
    }
}

struct VersionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "versions", abstract: "Every version of the programme that a workspace ran.")

    @OptionGroup var options: DirectoryOptions

    func run() async throws {
        let rows: [JSON]
        do {
            rows = try await options.withWorkspace { try await VersionDocuments.all($0) }
        } catch let failure as Failure where failure.code == "data-in-use" {
            rows = try await RunningServer(options).get("versions").object?["items"]?.array ?? []
        }
        print(options.json ? JSON.array(rows).text : rows.map(line).joined(separator: "\n"))
    }

    private func line(_ row: JSON) -> String {
        let object = row.object
        let text = { (name: String) in object?[name]?.string ?? "" }
        let mark = object?["running"]?.bool == true ? "*" : " "
        return "\(mark) \(object?["version"]?.int ?? 0)  \(text("published").prefix(16))  \(text("digest").prefix(12))  "
            + "\(text("by")): \(text("reason"))"
    }
}
