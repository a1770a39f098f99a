import TenureCore
package import TenureRuntime

/// All configured chat channels behind one door: a delivery's address is the name of one of them.
package struct ChatChannels: Channel {
    private let channels: [WebhookChannel]

    package init(_ channels: [WebhookChannel]) { self.channels = channels }

    package var name: String { "chat" }

    /// The format to render for; nil when no channel has that name.
    package func kind(of label: String) -> ChatKind? { channel(label)?.kind }

    package func send(_ delivery: Delivery) async -> DeliveryOutcome {
        guard let channel = channel(delivery.address) else {
            return .refused(reason: "no chat channel of that name is configured")
        }
        return await channel.send(delivery)
    }

    private func channel(_ label: String) -> WebhookChannel? {
        channels.first { isSame($0.label, label) }
    }
}
