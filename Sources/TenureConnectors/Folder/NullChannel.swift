package import TenureRuntime

/// Takes everything and keeps nothing: for a workspace whose messages must not leave.
package struct NullChannel: Channel {
    package init() {}

    package var name: String { "nowhere" }

    package func send(_ delivery: Delivery) async -> DeliveryOutcome {
        .accepted(detail: "dropped on purpose")
    }
}
