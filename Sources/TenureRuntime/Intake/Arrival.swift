package import TenureCore

/// One thing that a sender told us, read and checked but not yet resolved to an account.
package struct Arrival: Hashable, Sendable {
    /// Whom the sender means.
    package enum Subject: Hashable, Sendable {
        /// The vendor's own id of the account.
        case account(String)
        /// Only a login is named: the account is the login's sole one.
        case member
        case resolved(AccountID)
        case workspace
    }

    /// nil: the sender gave none; it is then derived from the content, so that a retry counts once.
    package var id: String?
    /// Name of the sender: the write key's source, or the import's.
    package var source: String
    package var type: String
    package var subject: Subject
    /// The vendor's id of the login; becomes an opaque key before anything is stored.
    package var user: String?
    /// nil: the time of receipt.
    package var occurred: Instant?
    package var data: JSONObject
    package var operation: Fact.Operation
    package var isHistory: Bool
    /// Names and addresses: kept in erasable rows, never in the log.
    package var person: PersonTraits?

    package init(
        id: String?, source: String, type: String, subject: Subject, user: String? = nil, occurred: Instant? = nil,
        data: JSONObject = JSONObject(), operation: Fact.Operation = .append, isHistory: Bool = false,
        person: PersonTraits? = nil
    ) {
        self.id = id
        self.source = source
        self.type = type
        self.subject = subject
        self.user = user
        self.occurred = occurred
        self.data = data
        self.operation = operation
        self.isHistory = isHistory
        self.person = person
    }
}

extension Arrival {
    /// As many bytes as its fact has in the log, or more: the log bounds its blocks.
    var byteCountMax: Int {
        let subject = if case .account(let name) = subject { name.utf8.count } else { 0 }
        let names = (id?.utf8.count ?? 0) + source.utf8.count + type.utf8.count + (user?.utf8.count ?? 0) + subject
        return Self.fixedBytesMax + names + data.byteCountMax
    }

    /// Times, flags, and the keys that stand for the account and the login.
    private static let fixedBytesMax = 256
}

extension [Arrival] {
    var byteCountMax: Int { reduce(0) { $0 + $1.byteCountMax } }
}

package struct PersonTraits: Hashable, Sendable {
    package var key: String
    package var name: String
    package var email: String
    package var role: String

    package init(key: String, name: String, email: String, role: String) {
        self.key = key
        self.name = name
        self.email = email
        self.role = role
    }
}

/// What became of one arrival; a batch gets one answer each.
package enum ArrivalAnswer: Hashable, Sendable {
    case accepted
    /// The same id with the same content was taken before: counted once.
    case duplicate
    /// Kept with its times until the account is known.
    case quarantined
    case rejected(IntakeRefusal)
    /// A command that the engine could not carry out.
    case refused(String)
}

/// Why one item is not taken; codes are stable and end up in problem documents.
package struct IntakeRefusal: Error, Hashable, Sendable {
    package var code: String
    package var detail: String
    /// JSON pointer into the item.
    package var pointer: String

    package init(code: String, detail: String, pointer: String = "") {
        self.code = code
        self.detail = detail
        self.pointer = pointer
    }
}

/// Arrivals that the log takes as one block.
package struct ArrivalBlock: Sendable {
    package var arrivals: [Arrival]
    /// `byteCountMax` of them.
    var bytes: Int
}

extension [Arrival] {
    /// As blocks, in their order. No batch that senders may send has several, but rows of a file may be long, and so may a
    /// simulated day of very many accounts.
    package var blocks: [ArrivalBlock] {
        let bytes = byteCountMax
        guard count > 1, bytes > Mailbox.bytesMax else { return [ArrivalBlock(arrivals: self, bytes: bytes)] }
        let middle = count / 2
        return Array(self[..<middle]).blocks + Array(self[middle...]).blocks
    }
}
