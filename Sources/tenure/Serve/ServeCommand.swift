import ArgumentParser
import Foundation
import TenureCore
import TenureRuntime

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the workspaces of a data directory.",
        discussion: """
            A directory without any prints a link that leads to the first workspace, and works once within an hour; \
            --workspace makes one without asking, running --programme. Stop with Ctrl-C: what waits is finished and saved.
            """)

    @OptionGroup var options: ServerOptions

    @Option(help: "Make this workspace if it does not exist.")
    var workspace: String?

    @Option(help: "Programme of a new workspace: an embedded one's name, or a folder.")
    var programme = "starter"

    func run() async throws {
        let directory = options.dataDirectory(default: "tenure-data")
        let deployment = try await Deployment(
            directory: directory, url: try options.publicURL(), chatKinds: try options.outgoing.chatKinds(),
            logger: options.logger(), progress: { note($0) })
        if let workspace {
            let made = try await deployment.workspace(workspace, programme: programme)
            try await made.goLive(source: "operator")
        }
        let (asJSON, host) = (options.json, try options.address().host)
        try await ServerRun(deployment: deployment, options: options).run { port in
            await announce(deployment, url: "http://\(host):\(port)", asJSON: asJSON)
        }
    }
}

/// Says on one line (JSON) or a few (people) that the server is ready and how to enter.
func announce(_ deployment: Deployment, url: String, asJSON: Bool) async {
    do {
        // With port 0 the address is known only now.
        if deployment.house.url.hasSuffix(":0") { deployment.house.move(to: url) }
        deployment.house.founding.take(deployment)
        let announcement = try await Announcement.make(deployment, url: url)
        try await deployment.keep(url: deployment.house.url)
        try await deployment.keepChatKinds()
        deployment.house.markReady()
        if asJSON {
            print(announcement.json.text)
        } else {
            print(announcement.words(keys: Announcement.path(deployment.directory)))
        }
        fflush(nil)
    } catch {
        fatalExit("cannot make keys or keep the address: \(error)")
    }
}

/// A line for people beside the output proper.
func note(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
