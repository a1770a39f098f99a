/// A message in Mustache, with the data that it may use declared by its tags.
package struct MessageTemplate: Hashable, Sendable {
    package enum Channel: String, Hashable, Sendable, CaseIterable { case mail, chat }

    package var id: String
    package var title: String
    package var channel: Channel
    package var subject: String
    /// Plain text; the HTML part is made from it.
    package var body: String
    /// A vendor's mail to its own people is never subject to unsubscribe.
    package var audience: Audience
    package var requirements: RequirementIDs

    package enum Audience: String, Hashable, Sendable, CaseIterable { case team, customer }

    package init(id: String, channel: Channel, subject: String, body: String, audience: Audience) {
        self.id = id
        title = id
        self.channel = channel
        self.subject = subject
        self.body = body
        self.audience = audience
        requirements = []
    }

    /// The names that any template may mention.
    package static let names: [String] = [
        "account.name", "account.id", "account.tier", "account.arr", "account.url", "health.score", "health.band",
        "health.previous", "health.reasons", "signal.title", "signal.description", "signal.impact",
        "signal.mitigation", "signal.actions", "play.title", "play.owner", "step.title", "step.due", "step.tasks",
        "step.owner", "recipient.name", "vendor.name", "today",
    ]
}
