import ArgumentParser
import Foundation
import Logging
import ServiceLifecycle
import TenureCore
import TenureRuntime
import TenureWeb
import UnixSignals

/// Flags that `serve` and `demo` share; each can be set by an environment variable as well.
struct ServerOptions: ParsableArguments {
    @Option(help: "Folder that holds everything (TENURE_DATA).")
    var data: String?

    @Option(help: "Address to listen on, HOST:PORT; port 0 takes a free one (TENURE_LISTEN). Default: 127.0.0.1:8080.")
    var listen: String?

    @Option(help: "Where people reach the server, for links in messages (TENURE_URL). Default: http://HOST:PORT.")
    var url: String?

    @Flag(help: "Once ready, print one JSON line with the address, the keys and a sign-in link.")
    var json = false

    @Flag(help: "Log every step.")
    var verbose = false

    @Option(help: "Write each day that is over to this lake (TENURE_LAKE).")
    var lake: String?

    @Option(help: "Days that the lake keeps; without it, all.")
    var lakeKeepDays: Int?

    @OptionGroup var outgoing: OutgoingOptions

    static var environment: [String: String] { ProcessInfo.processInfo.environment }

    func dataDirectory(default folder: String) -> String { data ?? Self.environment["TENURE_DATA"] ?? folder }

    func address() throws -> (host: String, port: Int) {
        let text = listen ?? Self.environment["TENURE_LISTEN"] ?? "127.0.0.1:8080"
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65_535).contains(port)
        else { throw ValidationError("--listen takes HOST:PORT, as in 127.0.0.1:8080.") }
        return (String(text[..<colon]), port)
    }

    func publicURL() throws -> String {
        if let given = url ?? Self.environment["TENURE_URL"] { return given }
        let (host, port) = try address()
        return "http://\(host):\(port)"
    }

    /// nil where no lake is asked for.
    func lakeService(_ data: DataFolder, _ logger: Logger) throws -> LakeService? {
        guard let path = lake ?? Self.environment["TENURE_LAKE"], !path.isEmpty else { return nil }
        if let lakeKeepDays { try LakeRun.checkKeepDays(lakeKeepDays, option: "--lake-keep-days") }
        return LakeService(data: data, lake: path, keepDays: lakeKeepDays, logger: logger)
    }

    func logger() -> Logger {
        var logger = Logger(label: "tenure") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = verbose ? .info : .warning
        return logger
    }
}

/// The running server: the web, a clock and a post office for each workspace, and a tidy end.
struct ServerRun {
    let deployment: Deployment
    let options: ServerOptions
    var extra: [any Service] = []

    func run(onListening: @escaping @Sendable (_ port: Int) async -> Void) async throws {
        let logger = deployment.logger
        for workspace in deployment.house.workspaces { try await tellFence(workspace) }
        let channels = try options.outgoing.channels(data: deployment.directory, environment: ServerOptions.environment)
        let server = WebServer(
            house: deployment.house, listen: try options.address(), logger: logger, onListening: onListening)
        let services: [any Service] = [
            ClosingService(deployment: deployment), WebService(server: server),
            WorkspacesService(deployment: deployment, channels: channels),
        ]
        let lake = try options.lakeService(DataFolder(deployment.directory), logger)
        try await serve(services + (lake.map { [$0] } ?? []))
    }

    private func tellFence(_ workspace: Workspace) async throws {
        guard let fence = try await workspace.effectsFence() else { return }
        note(
            "\(workspace.id): nothing is sent, since it was restored at \(fence.restored.text).\n"
                + "  tenure resume-effects --data \(deployment.directory) --workspace \(workspace.id)\n  code: effects-fenced")
    }

    private func serve(_ services: [any Service]) async throws {
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: (services + extra).map { .init(service: $0, successTerminationBehavior: .ignore) },
                gracefulShutdownSignals: [.sigterm, .sigint], logger: deployment.logger))
        do {
            try await group.run()
        } catch let error as CannotListen {
            throw Failure(
                code: error.isInUse ? "port-in-use" : "cannot-listen", what: error.description,
                remedy: "Give another address with --listen, for example --listen 127.0.0.1:0.")
        }
    }
}
