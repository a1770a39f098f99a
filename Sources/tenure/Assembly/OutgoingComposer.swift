import TenureConnectors
import TenureCore
import TenureProgramme
import TenureRuntime

/// Renders a message once, to the bytes that every attempt sends.
struct OutgoingComposer: MessageComposer {
    let vendor: String
    /// Whose form a chat channel speaks.
    let chatKind: @Sendable (_ channel: String) -> ChatKind

    func compose(_ draft: MessageDraft) throws(MessageRefusal) -> ComposedMessage {
        let text = try MessageText.rendered(draft)
        switch draft.template.channel {
        case .mail: return try mail(draft, text)
        case .chat:
            let message = ChatMessage(subject: text.subject, text: text.body)
            let payload = message.payload(for: chatKind(draft.address))
            return ComposedMessage(subject: text.subject, body: payload.bytes)
        }
    }

    private func mail(_ draft: MessageDraft, _ text: MessageText) throws(MessageRefusal) -> ComposedMessage {
        let message = MailMessage(
            from: MailAddress(name: vendor, address: draft.sender),
            to: MailAddress(name: draft.recipientName, address: draft.address), date: draft.at,
            messageID: draft.messageID, subject: text.subject, text: text.body,
            audience: draft.template.audience == .customer ? .customer : .team,
            unsubscribeURL: draft.unsubscribeURL, footer: vendor)
        do throws(MailMistake) {
            return ComposedMessage(subject: text.subject, body: try message.bytes())
        } catch {
            throw MessageRefusal(error.explanation)
        }
    }
}
