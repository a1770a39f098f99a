import ArgumentParser
import Foundation
import Logging
import TenureCore
import TenureEngine
import TenureRuntime

/// Which workspace's accounts a command looks at.
struct DirectoryOptions: ParsableArguments {
    @Option(help: "Folder that holds everything.")
    var data = "tenure-data"

    @Option(help: "Workspace; not needed where there is only one.")
    var workspace: String?

    @Flag(help: "Print JSON.")
    var json = false

    /// Opens the directory, hands the workspace over, and closes it.
    func withWorkspace<Value>(_ body: (Workspace) async throws -> Value) async throws -> Value {
        _ = try DataFolder(data).requireWorkspaces()
        var logger = ServerOptionsLogger.make()
        logger.logLevel = .error
        let deployment = try await opened(logger)
        do {
            let value = try await body(try chosen(deployment.house.workspaces))
            await deployment.close()
            return value
        } catch {
            await deployment.close()
            throw error
        }
    }

    private func opened(_ logger: Logger) async throws -> Deployment {
        do {
            return try await Deployment(directory: data, url: "http://127.0.0.1:8080", only: workspace, logger: logger)
        } catch let failure as Failure where failure.code == "data-in-use" {
            let url = Announcement.url(data) ?? "http://127.0.0.1:8080"
            throw Failure(
                code: failure.code, what: failure.what,
                remedy: "Ask the running server instead: GET \(url)/api/v1/accounts with a key of \(Announcement.path(data)).")
        }
    }

    private func chosen(_ workspaces: [Workspace]) throws -> Workspace {
        let slugs = workspaces.map(\.id.text).joined(separator: ", ")
        if let workspace {
            guard let found = workspaces.first(where: { $0.id.text == workspace }) else {
                throw Failure(code: "no-such-workspace", what: "There is no workspace \(workspace).", remedy: "There are: \(slugs).")
            }
            return found
        }
        guard let only = workspaces.first, workspaces.count == 1 else {
            throw Failure(code: "which-workspace", what: "\(data) holds several workspaces.", remedy: "Choose one with --workspace: \(slugs).")
        }
        return only
    }
}
