import TenureConnectors
import TenureCore
import TenureProgramme
import TenureRuntime

/// Renders a message once, to the bytes that every attempt sends.
struct OutgoingComposer: MessageComposer {
    let vendor: String

    func compose(_ draft: MessageDraft) -> ComposedMessage? {
        guard let text = MessageText.render(draft.template, draft.values) else { return nil }
        switch draft.template.channel {
        case .mail: return mail(draft, text)
        case .chat:
            let payload = ChatMessage(subject: text.subject, text: text.body).payload(for: .slack)
            return ComposedMessage(subject: text.subject, body: payload.bytes)
        }
    }

    private func mail(_ draft: MessageDraft, _ text: MessageText) -> ComposedMessage? {
        let message = MailMessage(
            from: MailAddress(name: vendor, address: draft.sender),
            to: MailAddress(name: draft.recipientName, address: draft.address), date: draft.at,
            messageID: draft.messageID, subject: text.subject, text: text.body,
            audience: draft.template.audience == .customer ? .customer : .team, footer: vendor)
        return (try? message.bytes()).map { ComposedMessage(subject: text.subject, body: $0) }
    }
}
