import TenureConnectors
import TenureCore
import TenureRuntime

extension MailMessage {
    /// A customer's mail with everything in it.
    static var welcome: MailMessage {
        MailMessage(
            from: MailAddress(name: "CredLink, Customer Success", address: "success@credlink.example"),
            to: MailAddress(name: "Zoë Müller", address: "zoe@acme.example"),
            replyTo: MailAddress(address: "csm@credlink.example"),
            date: Instant(milliseconds: 1_773_054_000_000), messageID: "<8f3a-1@credlink.example>",
            subject: "🎉 Welcome to CredLink Beta Program - Acme & Söhne GmbH",
            text: """
                Hello Zoë,

                welcome! This week we do three things:
                - kickoff call, 30 minutes
                - API keys <test> & "live"
                - first integration: https://app.credlink.example/start?step=1&who=zoe.

                . a line that begins with a dot
                From here on: 100 % = everything.
                """,
            audience: .customer, unsubscribeURL: "https://app.credlink.example/u/AbC_123-x",
            footer: "CredLink Ltd, 1 High Street, London")
    }

    static func note(_ subject: String = "Hello", text: String = "Text", number: Int = 1) -> MailMessage {
        MailMessage(
            from: MailAddress(name: "Tenure", address: "tenure@vendor.example"),
            to: MailAddress(address: "ada@acme.example"), date: Instant(milliseconds: 1_773_054_000_000),
            messageID: "<note-\(number)@vendor.example>", subject: subject, text: text, audience: .team)
    }
}

extension Delivery {
    static func mail(_ message: MailMessage = .welcome, to address: String? = nil) throws -> Delivery {
        Delivery(
            key: message.messageID, messageID: message.messageID, channel: .mail,
            address: address ?? message.to.address, body: try message.bytes(), sender: message.from.address)
    }

    static func chat(to label: String = "#customers") -> Delivery {
        let payload = ChatMessage(subject: "Hi", text: "Text").payload(for: .slack)
        return Delivery(
            key: "chat-1", messageID: "<chat-1@vendor.example>", channel: .chat, address: label,
            body: payload.bytes, sender: "")
    }
}

extension DeliveryOutcome {
    /// `deferred: the host's name could not be resolved`.
    var text: String {
        switch self {
        case .accepted(let detail): "accepted: \(detail)"
        case .refused(let reason): "refused: \(reason)"
        case .deferred(let reason, let seconds):
            "deferred: \(reason)\(seconds.map { " (after \($0) s)" } ?? "")"
        case .unknown(let reason): "unknown: \(reason)"
        }
    }
}
