package import TenureCore

/// A rendered message on its way out: committed with the decision that caused it.
package struct OutboxRow: Hashable, Sendable {
    package enum State: String, Hashable, Sendable, CaseIterable {
        /// Waiting for `due`.
        case queued
        /// Rendered, and waiting for a person's review.
        case held
        /// Claimed by the dispatcher; after a crash its fate is unknown.
        case sending
        case sent
        /// Refused for good, or out of tries.
        case failed
        /// The play ended, or the recipient opted out, before it left.
        case cancelled
        /// Decided behind the import fence: never leaves.
        case withheld
    }

    /// Derived from the cause: account, play, step, attempt, action, recipient.
    package var key: String
    package var account: AccountID
    package var channel: String
    /// An address, or the name of a chat channel.
    package var address: String
    package var recipientName: String
    package var template: String
    package var subject: String
    package var messageID: String
    package var sender: String
    package var body: [UInt8]
    package var state: State
    package var attempts: Int
    package var due: Instant
    package var created: Instant
    /// The last thing that the peer or we said of it.
    package var detail: String

    package init(
        key: String, account: AccountID, channel: String, address: String, recipientName: String, template: String,
        subject: String, messageID: String, sender: String, body: [UInt8], state: State, due: Instant,
        created: Instant, detail: String = ""
    ) {
        self.key = key
        self.account = account
        self.channel = channel
        self.address = address
        self.recipientName = recipientName
        self.template = template
        self.subject = subject
        self.messageID = messageID
        self.sender = sender
        self.body = body
        self.state = state
        attempts = 0
        self.due = due
        self.created = created
        self.detail = detail
    }
}

package struct OutboxQuery: Sendable {
    package var states: [OutboxRow.State] = []
    package var account: AccountID?
    /// Rows created before this one, for the next page.
    package var beforeKey: String?
    package var limit = 50

    package init() {}
}

/// Something that happened to a message after it was queued: an attempt, or what a person decided of it.
package struct OutboxStep: Hashable, Sendable {
    package var at: Instant
    /// What the message was from then on.
    package var state: OutboxRow.State
    package var detail: String

    package init(at: Instant, state: OutboxRow.State, detail: String) {
        self.at = at
        self.state = state
        self.detail = detail
    }
}

/// What the dispatcher learned about a claimed row.
package struct OutboxSettlement: Hashable, Sendable {
    package var key: String
    package var state: OutboxRow.State
    package var attempts: Int
    package var due: Instant
    /// When it was learned.
    package var at: Instant
    package var detail: String
    /// The recipient got it, or may have: nobody saw the end of the attempt.
    package var mayHaveArrived: Bool

    /// - Parameter mayHaveArrived: of one that was sent it is so in any case.
    package init(
        key: String, state: OutboxRow.State, attempts: Int, due: Instant, at: Instant, detail: String,
        mayHaveArrived: Bool = false
    ) {
        self.key = key
        self.at = at
        self.state = state
        self.attempts = attempts
        self.due = due
        self.detail = detail
        self.mayHaveArrived = mayHaveArrived || state == .sent
    }
}

/// A mail that an address got, or may have got.
package struct OutboxArrival: Hashable, Sendable {
    package var key: String
    /// Of the last attempt that may have reached it.
    package var at: Instant

    package init(key: String, at: Instant) {
        self.key = key
        self.at = at
    }
}
