import ArgumentParser
import TenureCore
import TenureRuntime
import TenureStore

struct SettingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings",
        abstract: "List, show and change what a workspace's mails come from, and who fills a role.",
        discussion: """
            tenure settings                                     all of them
            tenure settings mail.sender                         one
            tenure settings mail.sender success@vendor.example  changes it
            tenure settings role:executive bob@vendor.example   who is meant where an account names nobody
            tenure settings mail.sender --unset                 back to the default
            """)

    @Argument(help: "Name of a setting; without one, all are listed.")
    var name: String?

    @Argument(help: "Its new value.")
    var value: String?

    @Flag(help: "Take the value away, so that the default holds.")
    var unset = false

    @OptionGroup var options: DirectoryOptions

    func validate() throws {
        if unset, name == nil { throw ValidationError("--unset needs the name of a setting.") }
        if unset, value != nil { throw ValidationError("Give a value or --unset, not both.") }
    }

    func run() async throws {
        do {
            print(try await options.withWorkspace { try await answer($0) })
        } catch let failure as Failure where failure.code == "data-in-use" {
            throw Failure(
                code: failure.code, what: failure.what, remedy: "Stop the server first; what you set holds from its next start.")
        }
    }

    private func answer(_ workspace: Workspace) async throws -> String {
        let known = try WorkspaceSetting.all(of: workspace)
        guard let name else { return try list(known, workspace) }
        guard let setting = known.first(where: { $0.name == name }) else {
            throw Failure(
                code: "no-such-setting", what: "There is no setting \(name).",
                remedy: "There are: \(known.map(\.name).joined(separator: ", ")).")
        }
        if value != nil || unset { try await change(setting, workspace) }
        let now = try workspace.store.setting(name)
        return options.json ? setting.json(now).text : setting.line(now)
    }

    private func list(_ known: [WorkspaceSetting], _ workspace: Workspace) throws -> String {
        let rows = try known.map { ($0, try workspace.store.setting($0.name)) }
        return options.json
            ? JSON.array(rows.map { $0.json($1) }).text : rows.map { $0.line($1) }.joined(separator: "\n")
    }

    private func change(_ setting: WorkspaceSetting, _ workspace: Workspace) async throws {
        if let value, let mistake = setting.mistake(value) {
            throw Failure(
                code: "bad-value", what: "“\(value)” cannot be the value of \(setting.name): \(mistake).",
                remedy: "It is the \(setting.meaning).")
        }
        let row = (name: setting.name, value: value)
        try await workspace.write { $0.settings.append(row) }
    }
}
