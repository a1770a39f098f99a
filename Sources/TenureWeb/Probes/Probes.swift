import HTTPTypes
import TenureCore
import TenureRuntime

/// Is the process there, is it ready, and how is it doing: for machines that watch it.
enum Probes {
    static let routes = [
        Route(.get, "/health/live") { _ in .json(["status": "live"]) },
        Route(.get, "/health/ready") { call in try await ready(call.house) },
        Route(.get, Links.metrics) { call in try await metrics(call) },
    ]

    private static func ready(_ house: House) async throws -> Answer {
        guard house.isReady else { throw Problem(.starting, "Workspaces are still being loaded.") }
        guard !house.isFull else {
            throw Problem(.storageFull, "There is no room left: reading goes on, writing waits for some.")
        }
        var workspaces: [JSON] = []
        for workspace in house.workspaces { workspaces.append(try await standing(workspace)) }
        return .json(["status": "ready", "workspaces": .array(workspaces)])
    }

    private static func standing(_ workspace: Workspace) async throws -> JSON {
        [
            "id": .string(workspace.id.text), "status": workspace.fence == nil ? "open" : "read-only",
            "effects": try await workspace.effectsFence() == nil ? "open" : "fenced",
        ]
    }

    /// For this machine itself, or for whoever has an API key.
    private static func metrics(_ call: Call) async throws -> Answer {
        if try !call.incoming.isLoopback || Credential.secret(call) != nil { _ = try call.client() }
        var exposition = Exposition()
        for workspace in call.house.workspaces { await exposition.add(workspace) }
        exposition.add(listeners: call.house.listeners.count)
        exposition.add(uptime: Uptime.milliseconds)
        return .text(exposition.text, type: "text/plain; version=0.0.4; charset=utf-8")
    }
}

/// When the site began to answer.
enum Uptime {
    private static let clock = ContinuousClock()
    private static let started = clock.now

    /// Called once when the site is made; later calls change nothing.
    static func begin() { _ = started }

    static var milliseconds: Int64 {
        let (seconds, attoseconds) = started.duration(to: clock.now).components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}
