import Foundation
import FoundationNetworking
import ServiceLifecycle
import Synchronization
import TenureCore
import TenureEngine
import TenureRuntime
import TenureSimulator

/// The demo's customers at work: their events come in over the public HTTP interface, as a stranger's would.
final class LiveEvents: Service {
    private let deployment: Deployment
    private let host: String
    private let worlds: [(WorkspaceID, World)]
    private let port = Mutex<Int?>(nil)

    init(deployment: Deployment, host: String, worlds: [(WorkspaceID, World)]) {
        self.deployment = deployment
        self.host = host
        self.worlds = worlds
    }

    func begin(port: Int) { self.port.withLock { $0 = port } }

    /// Every two seconds, what happened in them at sixty times the usual pace, under ids of its own.
    func run() async throws {
        var round = 0
        while !Task.isShuttingDownGracefully && !Task.isCancelled {
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(2)) }
            guard let port = port.withLock({ $0 }) else { continue }
            for (id, world) in worlds where !Task.isShuttingDownGracefully {
                await send(world, to: id, port: port, round: round)
            }
            round += 1
        }
    }

    private func send(_ world: World, to workspace: WorkspaceID, port: Int, round: Int) async {
        guard let key = Announcement.read(deployment.directory)[workspace.text]?.writeKey else { return }
        let events = world.trickle(round: round).map { arrival in Self.document(arrival) }
        guard !events.isEmpty, let url = URL(string: "http://\(host):\(port)/v1/events") else { return }
        var request = URLRequest(url: url)
        request.httpMethod = "POST"
        request.setValue("Bearer \(key)", forHTTPHeaderField: "Authorization")
        request.setValue("application/cloudevents-batch+json", forHTTPHeaderField: "Content-Type")
        request.httpBody = Data(JSON.array(events).bytes)
        request.timeoutInterval = 5
        // A refused batch of synthetic events is no loss; the next round brings new ones.
        let sent = request
        _ = try? await cancelWhenGracefulShutdown { try await URLSession.shared.data(for: sent) }
    }

    private static func document(_ arrival: Arrival) -> JSON {
        var event: JSONObject = [
            "specversion": "1.0", "id": .string("live-\(wallClock().milliseconds)-\(arrival.id ?? "")"),
            "source": "demo", "type": .string(arrival.type), "time": .string(wallClock().text),
            "data": .object(arrival.data),
        ]
        if case .account(let external) = arrival.subject { event["subject"] = .string(external) }
        if let user = arrival.user { event["userid"] = .string(user) }
        return .object(event)
    }
}
