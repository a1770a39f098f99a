package import TenureCore

/// Where one POST takes a contact off all mails (RFC 8058). Whoever lacks the workspace's secret cannot guess it.
package struct UnsubscribeLink: Hashable, Sendable {
    package let account: AccountID
    /// The contact's key.
    package let contact: String

    /// A longer key makes no link: addresses have an end.
    private static let contactBytesMax = 200

    package init?(account: AccountID, contact: String) {
        guard !contact.isEmpty, contact.utf8.count <= Self.contactBytesMax else { return nil }
        self.account = account
        self.contact = contact
    }

    /// What stands behind `/unsubscribe/<workspace>/<account>/`.
    package init?(account: String, contactCode: String) {
        guard let bytes = Self.bytes(contactCode), let contact = String(validating: bytes, as: UTF8.self) else { return nil }
        self.init(account: AccountID(account), contact: contact)
    }

    package func path(_ workspace: WorkspaceID, _ keys: WorkspaceKeys) -> String {
        "/unsubscribe/\(workspace)/\(account)/\(hexadecimal(contact.utf8))/\(token(keys))"
    }

    package func token(_ keys: WorkspaceKeys) -> String { keys.name("unsubscribe", account.text + "\0" + contact) }

    private static func bytes(_ code: String) -> [UInt8]? {
        let digits = Array(code.utf8)
        guard digits.count.isMultiple(of: 2), digits.count <= 2 * contactBytesMax else { return nil }
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(decoding: digits[start...start + 1], as: UTF8.self), radix: 16) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }
}
