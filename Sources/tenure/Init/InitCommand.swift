import ArgumentParser
import Foundation
import Logging
import TenureConnectors
import TenureCore
import TenureRuntime

struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a workspace of your own in a data folder.",
        discussion: """
            What no flag says is asked for on the terminal; where nobody can answer, nothing is made. The server must not \
            be running on the same data: it offers the same on a page.
            """)

    @Option(help: "Folder that holds everything (TENURE_DATA).")
    var data: String?

    @Option(help: "What the company is called.")
    var workspace: String?

    @Option(help: "An embedded programme's name, or a folder.")
    var programme: String?

    @Option(help: "E-mail address of who owns the workspace.")
    var owner: String?

    @Option(help: "The owner's name. Default: what the address begins with.")
    var ownerName: String?

    func run() async throws {
        let plan = try SetUpInterview(isTerminal: isatty(STDIN_FILENO) != 0).plan(
            title: workspace, programme: programme, owner: owner, ownerName: ownerName)
        // What is wrong with it is told before a folder is made.
        _ = try loadedProgramme(plan.programme)
        let directory = data ?? ServerOptions.environment["TENURE_DATA"] ?? "tenure-data"
        var logger = ServerOptionsLogger.make()
        logger.logLevel = .error
        let deployment = try await Deployment(
            directory: directory, url: "http://127.0.0.1:8080", logger: logger)
        let made = try deployment.found(plan, programme: plan.programme)
        await deployment.close()
        print(
            "\(made.id): the workspace of \(plan.title), running \(plan.programme)\n\nNext:\n  tenure serve --data \(directory)"
        )
        print("It prints a link that signs you in; the page Data takes your files.")
    }
}

/// Asks for what no flag said.
struct SetUpInterview {
    let isTerminal: Bool

    func plan(title: String?, programme: String?, owner: String?, ownerName: String?) throws -> WorkspacePlan
    {
        try requireAnswers([("--workspace", title), ("--programme", programme), ("--owner", owner)])
        let title = try name(title ?? ask("What is your company called?"), "--workspace")
        let programme = try programme ?? ask("Which programme? \(Self.names)", standard: "starter")
        let email = try address(owner ?? ask("Your e-mail address?"))
        let name = try name(ownerName ?? String(email.prefix { $0 != "@" }), "--owner-name")
        return WorkspacePlan(
            title: title, programme: programme,
            owner: Teammate(id: Teammate.ownerID, name: name, email: email))
    }

    private static var names: String {
        "One of \(embeddedProgrammes.names.joined(separator: ", ")), or a folder."
    }

    private func requireAnswers(_ given: [(flag: String, value: String?)]) throws {
        let missing = given.filter { $0.value == nil }.map(\.flag)
        guard !isTerminal, !missing.isEmpty else { return }
        throw Failure(
            code: "answers-missing",
            what: "\(missing.joined(separator: ", ")): not given, and there is no terminal to ask on.",
            remedy: "Give them: tenure init --workspace “Acme” --programme starter --owner ada@acme.example")
    }

    private func ask(_ question: String, standard: String? = nil) throws -> String {
        FileHandle.standardOutput.write(Data("\(question)\(standard.map { " [\($0)]" } ?? "") ".utf8))
        guard let line = readLine() else {
            throw Failure(
                code: "input-ended", what: "The input ended; nothing was made.",
                remedy: "Answer, or give flags.")
        }
        return line.allSatisfy(\.isWhitespace) ? standard ?? "" : line.trimmingCharacters(in: .whitespaces)
    }

    private func name(_ text: String, _ flag: String) throws -> String {
        let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
        guard !text.isEmpty, text.utf8.count <= 100, isPlain else {
            throw ValidationError("\(flag) takes 1 to 100 bytes without control characters.")
        }
        return text
    }

    private func address(_ text: String) throws -> String {
        guard MailAddress.isValid(text) else {
            throw ValidationError("--owner takes an address, as in ada@vendor.example.")
        }
        return text
    }
}
