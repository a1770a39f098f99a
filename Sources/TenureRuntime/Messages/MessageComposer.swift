package import TenureCore
import TenureEngine
package import TenureProgramme
import TenureStore

/// Turns a template and its values into the bytes that leave; the connectors know what a mail looks like.
package protocol MessageComposer: Sendable {
    /// Throws when template or recipient make no message; the outbox keeps the reason.
    func compose(_ draft: MessageDraft) throws(MessageRefusal) -> ComposedMessage
}

package struct MessageRefusal: Error, Hashable {
    /// A sentence for the outbox; it quotes nothing of the message.
    package var reason: String

    package init(_ reason: String) { self.reason = reason }
}

package struct MessageDraft: Sendable {
    package var template: MessageTemplate
    /// Values by the names of `MessageTemplate.names`.
    package var values: JSONObject
    package var address: String
    package var recipientName: String
    package var messageID: String
    package var at: Instant
    package var sender: String
    /// Where one POST takes the recipient off all mails; nil: they are the vendor's own people.
    package var unsubscribeURL: String?
}

package struct ComposedMessage: Sendable {
    package var subject: String
    package var body: [UInt8]

    package init(subject: String, body: [UInt8]) {
        self.subject = subject
        self.body = body
    }
}

extension Writer {
    /// A row for each address behind the intent's recipient; a recipient whom nobody fills gives a failed row, so that
    /// the gap is seen.
    mutating func compose(_ intent: MessageIntent, _ account: AccountID, _ at: Instant) -> [OutboxRow] {
        guard let template = programme.template(intent.template, version: intent.programmeVersion) else { return [] }
        if !hasReadOutgoing { readOutgoing() }
        let targets = targets(intent, account)
        guard !targets.isEmpty else {
            return [row(intent, template, account, at, Target(address: "", name: intent.recipient.text, key: "nobody"))]
        }
        return targets.map { row(intent, template, account, at, $0) }
    }

    /// Once a block: every message of it reads the same settings.
    private mutating func readOutgoing() {
        outgoing = OutgoingSettings(store)
        hasReadOutgoing = true
    }

    struct Target {
        var address: String
        var name: String
        var key: String
        /// Under which the contact is known, where it is one of another account that became part of this one.
        var account: AccountID?
    }

    private func targets(_ intent: MessageIntent, _ account: AccountID) -> [Target] {
        switch intent.recipient {
        case .role(let role):
            let person = accounts[account]?.observations.profile[role]?.string ?? teamAddress(role)
            guard let person, !person.isEmpty else { return [] }
            return [Target(address: person.contains("@") ? person : "\(person)@\(mailDomain)", name: person, key: person)]
        case .contact(let role):
            let rows = (try? store.contacts(accounts: merges.accounts(in: account))) ?? []
            return rows.filter { $0.role == role && !$0.hasLeft && !$0.isUnsubscribed && !$0.email.isEmpty }
                .map { Target(address: $0.email, name: $0.name, key: $0.key, account: $0.account) }
        case .channel(let channel): return [Target(address: channel, name: "#" + channel, key: channel)]
        }
    }

    private func teamAddress(_ role: String) -> String? {
        outgoing.roles[role] ?? (programme.programme.roles.contains { $0.id == role && $0.isTeamWide } ? role : nil)
    }

    private var mailDomain: String { outgoing.domain ?? "\(workspace).example" }

    private func row(
        _ intent: MessageIntent, _ template: MessageTemplate, _ account: AccountID, _ at: Instant, _ target: Target
    ) -> OutboxRow {
        let key = intent.key + "/" + target.key
        let messageID = "<\(keys.name("message", key))@\(mailDomain)>"
        let sender = outgoing.sender ?? "tenure@\(mailDomain)"
        var values = intent.values
        values["recipient.name"] = .string(target.name)
        values["account.url"] = .string(outgoing.url + "/accounts/\(account)")
        let draft = MessageDraft(
            template: template, values: values, address: target.address, recipientName: target.name,
            messageID: messageID, at: at, sender: sender,
            unsubscribeURL: unsubscribeURL(intent, template, account, target))
        let (composed, reason) = composed(draft, intent.recipient.text)
        return OutboxRow(
            key: key, account: account, channel: template.channel.rawValue, address: target.address,
            recipientName: target.name, template: template.id, subject: composed?.subject ?? template.subject,
            messageID: messageID, sender: sender, body: composed?.body ?? [], state: state(composed != nil, at), due: at,
            created: at, detail: reason)
    }

    private func unsubscribeURL(
        _ intent: MessageIntent, _ template: MessageTemplate, _ account: AccountID, _ target: Target
    ) -> String? {
        guard case .contact = intent.recipient, template.audience == .customer, !outgoing.url.isEmpty else { return nil }
        return UnsubscribeLink(account: target.account ?? account, contact: target.key).map { outgoing.url + $0.path(workspace, keys) }
    }

    private func composed(_ draft: MessageDraft, _ recipient: String) -> (ComposedMessage?, reason: String) {
        guard !draft.address.isEmpty else { return (nil, "nobody holds \(recipient)") }
        do throws(MessageRefusal) {
            return (try (isRehearsal ? PlainTextComposer() : composer).compose(draft), "")
        } catch {
            return (nil, error.reason)
        }
    }

    private func state(_ isComposed: Bool, _ at: Instant) -> OutboxRow.State {
        if !isComposed { return .failed }
        if isRehearsal || at <= outgoing.floor { return .withheld }
        return outgoing.isHeld ? .held : .queued
    }
}

/// What the operator has set for everything that leaves.
struct OutgoingSettings: Sendable {
    var domain: String?
    var sender: String?
    var url = ""
    /// Messages wait until somebody lets them go.
    var isHeld = false
    /// What was decided up to here may have been sent before the workspace was restored.
    var floor = Instant(milliseconds: .min)
    /// Addresses of roles that a whole team fills.
    var roles: [String: String] = [:]

    init() {}

    /// What cannot be read counts as not set, as it did before anything was.
    init(_ store: any StateStore) {
        let mail = Dictionary((try? store.settings(prefix: "mail.")) ?? [], uniquingKeysWith: { $1 })
        domain = mail["mail.domain"]
        sender = mail["mail.sender"]
        isHeld = mail["mail.hold"] == "true"
        url = (try? store.setting("url")) ?? ""
        floor = EffectsRelease.floor(in: store)
        for (name, value) in (try? store.settings(prefix: "role:")) ?? [] { roles[String(name.dropFirst(5))] = value }
    }
}
