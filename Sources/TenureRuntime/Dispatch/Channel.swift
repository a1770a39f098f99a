/// A message as it will leave, every time it leaves: rendered once, stored with its outbox row, resent byte for byte.
package struct Delivery: Sendable {
    /// The outbox row's key; the same on every attempt.
    package var key: String
    /// `<key-hash@vendor.example>`, the same on every attempt.
    package var messageID: String
    package var channel: ChannelKind
    /// An e-mail address, or the name of a configured chat channel.
    package var address: String
    /// RFC 5322 bytes for mail, the JSON payload for chat.
    package var body: [UInt8]
    /// The envelope's sender (mail only).
    package var sender: String

    package init(
        key: String, messageID: String, channel: ChannelKind, address: String, body: [UInt8], sender: String
    ) {
        self.key = key
        self.messageID = messageID
        self.channel = channel
        self.address = address
        self.body = body
        self.sender = sender
    }
}

package enum ChannelKind: String, Hashable, Sendable, CaseIterable { case mail, chat }

/// What became of one attempt. Reasons are shown to people and never hold a secret.
package enum DeliveryOutcome: Hashable, Sendable {
    /// The peer took it: `250 OK queued as 7`.
    case accepted(detail: String)
    /// The peer will never take it.
    case refused(reason: String)
    /// Not now: unreachable, busy, greylisted.
    case deferred(reason: String, retryAfterSeconds: Int?)
    /// The connection broke between our last byte and the peer's answer.
    case unknown(reason: String)
}

/// A way out of the house. Implementations block a thread of their own, never the cooperative pool.
package protocol Channel: Sendable {
    /// What it is, for logs and the outbox page, without secrets: `smtp mail.example:587`.
    var name: String { get }
    func send(_ delivery: Delivery) async -> DeliveryOutcome
}
