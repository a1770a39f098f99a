import ArgumentParser
import TenureCore
import TenureRuntime
import TenureWeb

struct VersionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "versions",
        abstract: "Every version of the programme that a workspace ran, and the proposal that waits for approval.")

    @OptionGroup var options: DirectoryOptions

    func run() async throws {
        let (rows, proposal) = try await read()
        guard options.json else { return print(([proposal].compactMap(waiting) + rows.map(line)).joined(separator: "\n")) }
        print(JSON.array((proposal.object == nil ? [] : [proposal]) + rows).text)
    }

    private func read() async throws -> (rows: [JSON], proposal: JSON) {
        do {
            return try await options.withWorkspace {
                (try await VersionDocuments.all($0), try await VersionDocuments.proposal($0))
            }
        } catch let failure as Failure where failure.code == "data-in-use" {
            let answer = try await RunningServer(options).get("programme/versions").object
            return (answer?["items"]?.array ?? [], answer?["proposal"] ?? .null)
        }
    }

    private func line(_ row: JSON) -> String {
        let object = row.object
        let text = { (name: String) in object?[name]?.string ?? "" }
        let mark = object?["running"]?.bool == true ? "*" : " "
        let approval = object?["approved_by"] == nil ? "" : "; approved by \(said("approved_by", "approval_reason", object))"
        return "\(mark) \(object?["version"]?.int ?? 0)  \(text("published").prefix(16))  \(text("digest").prefix(12))  "
            + "\(text("by")): \(text("reason"))" + approval
    }

    /// The proposal, in front of the versions that ran.
    private func waiting(_ proposal: JSON) -> String? {
        guard let object = proposal.object else { return nil }
        let text = { (name: String) in object[name]?.string ?? "" }
        let on = object["on"]?.int ?? 0
        let fate =
            switch text("state") {
            case "refused": "turned down by \(said("refused_by", "refusal_reason", object))"
            case "stale": "stale: proposed as a change to version \(on)"
            case _: "waits for approval: tenure approve --by NAME"
            }
        return "? \(on + 1)  \(text("proposed").prefix(16))  \(text("digest").prefix(12))  \(text("by")): \(text("reason"))"
            + "; \(fate)"
    }

    /// `ben (fine with me)`
    private func said(_ who: String, _ words: String, _ object: JSONObject?) -> String {
        let (name, reason) = (object?[who]?.string ?? "", object?[words]?.string ?? "")
        return reason.isEmpty ? name : "\(name) (\(reason))"
    }
}
