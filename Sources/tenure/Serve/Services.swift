import Logging
import ServiceLifecycle
import TenureCore
import TenureRuntime
import TenureWeb

extension Workspace {
    /// Whether its services have nothing more to do.
    fileprivate var isOver: Bool { isRetired || Task.isShuttingDownGracefully || Task.isCancelled }
}

/// Wakes a workspace's accounts when they are due, and at least once a second looks at the clock.
struct ClockService: Service {
    let workspace: Workspace

    func run() async throws {
        while !workspace.isOver {
            let next = await workspace.tick()
            let wait = next.map { max(0, min(1000, $0 - workspace.now)) } ?? 1000
            try? await Task.sleep(for: .milliseconds(max(wait, 5)))
        }
    }
}

/// Sends what is due, until the process stops.
struct DispatchService: Service {
    let workspace: Workspace
    let dispatcher: Dispatcher
    let logger: Logger

    func run() async throws {
        var rounds = DispatchRounds(dispatcher)
        while !workspace.isOver {
            let sent = await attempt { try await rounds.next() } ?? 0
            if sent == 0 { try? await Task.sleep(for: .milliseconds(200)) }
        }
    }

    /// An outside failure stays outside: it is logged and tried again, and never ends the process.
    @discardableResult
    private func attempt<Value: Sendable>(_ body: () async throws -> Value) async -> Value? {
        do {
            return try await body()
        } catch {
            logger.warning("The post office stumbled", metadata: ["error": "\(error)"])
            try? await Task.sleep(for: .seconds(1))
            return nil
        }
    }
}

/// Tidies a workspace once a day, in a quiet moment, and writes down when its keys were used.
struct UpkeepService: Service {
    let workspace: Workspace
    let house: House

    func run() async throws {
        var upkeep = Upkeep(started: workspace.now)
        while !workspace.isOver {
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(60)) }
            let now = workspace.now
            // A note for people: what a full disk costs of it is no loss.
            try? await house.keepKeyUses(of: workspace)
            if upkeep.isDue(now), await workspace.tidy() { upkeep.note(now) }
        }
    }
}

/// Keeps what people see of all accounts at once from growing old.
struct ViewsService: Service {
    let workspace: Workspace
    let logger: Logger

    func run() async throws {
        await attempt { try await workspace.prepareViews() }
        while !workspace.isOver {
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(2)) }
            await attempt { try await workspace.refreshViews() }
        }
    }

    /// What fails is tried again for the next person who looks.
    private func attempt(_ body: () async throws -> Void) async {
        do {
            try await body()
        } catch {
            logger.warning("A view of all accounts could not be made", metadata: ["error": "\(error)"])
        }
    }
}

/// What every workspace needs while the process serves, from its opening on.
struct WorkspacesService: Service {
    let deployment: Deployment
    let channels: [ChannelKind: any Channel]

    func run() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            for await workspace in deployment.opened.cancelOnGracefulShutdown() {
                for service in services(of: workspace) { group.addTask { try await service.run() } }
            }
        }
    }

    private func services(of workspace: Workspace) -> [any Service] {
        let dispatcher = Dispatcher(
            workspace: workspace, channels: channels, logger: deployment.logger, isStopping: { workspace.isOver })
        return [
            ClockService(workspace: workspace), UpkeepService(workspace: workspace, house: deployment.house),
            ViewsService(workspace: workspace, logger: deployment.logger),
            DispatchService(workspace: workspace, dispatcher: dispatcher, logger: deployment.logger),
        ]
    }
}

struct WebService: Service {
    let server: WebServer

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await server.run()
        } onGracefulShutdown: {
            server.endStreams()
        }
    }
}

/// Waits for the end and saves everything, last of all.
struct ClosingService: Service {
    let deployment: Deployment

    func run() async throws {
        try? await gracefulShutdown()
        await deployment.close()
    }
}
