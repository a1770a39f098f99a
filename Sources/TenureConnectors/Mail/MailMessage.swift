package import TenureCore

/// A mail before it is bytes: one recipient, plain text from which the HTML part is made.
package struct MailMessage: Hashable, Sendable {
    /// Whether a person of the vendor's team or of a customer reads it; only customers are offered to
    /// unsubscribe.
    package enum Audience: String, Hashable, Sendable, CaseIterable {
        case team
        case customer
    }

    package var from: MailAddress
    package var to: MailAddress
    package var replyTo: MailAddress?
    package var date: Instant
    /// `<key-hash@vendor.example>`, the same on every attempt.
    package var messageID: String
    package var subject: String
    package var text: String
    package var audience: Audience
    /// Where one POST unsubscribes (RFC 8058); shown in the footer and in the headers of a customer's mail.
    package var unsubscribeURL: String?
    /// The vendor, in the small print under the message; empty for none.
    package var footer: String

    package init(
        from: MailAddress, to: MailAddress, replyTo: MailAddress? = nil, date: Instant, messageID: String,
        subject: String, text: String, audience: Audience, unsubscribeURL: String? = nil, footer: String = ""
    ) {
        self.from = from
        self.to = to
        self.replyTo = replyTo
        self.date = date
        self.messageID = messageID
        self.subject = subject
        self.text = text
        self.audience = audience
        self.unsubscribeURL = unsubscribeURL
        self.footer = footer
    }
}

/// Why a message cannot be rendered. Names the field, never its content.
package enum MailMistake: Error, Hashable, Sendable {
    /// A line end or another control character where one line is expected.
    case controlCharacter(field: String)
    case invalidAddress(field: String)
    case invalidMessageID
    case invalidUnsubscribeURL
    case emptySubject
    case tooLong(field: String, bytesMax: Int)

    /// A sentence for the outbox page.
    package var explanation: String {
        switch self {
        case .controlCharacter(let field): "the \(field) holds a line end or another control character"
        case .invalidAddress(let field): "the address in \(field) is not a plain name@domain in ASCII"
        case .invalidMessageID: "the Message-ID is not of the form <left@right>"
        case .invalidUnsubscribeURL: "the unsubscribe address is not an http(s) URL in ASCII"
        case .emptySubject: "the subject is empty"
        case .tooLong(let field, let bytesMax): "the \(field) is longer than \(bytesMax) bytes"
        }
    }
}
