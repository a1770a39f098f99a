/// A name that cannot be confused with the name of another kind of thing. Compared and ordered as UTF-8 bytes.
package struct ID<Entity>: Hashable, Comparable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let text: String

    package init(_ text: String) { self.text = text }
    package init(stringLiteral text: String) { self.text = text }

    package var description: String { text }

    package static func == (left: ID, right: ID) -> Bool { isSame(left.text, right.text) }
    package static func < (left: ID, right: ID) -> Bool { precedes(left.text, right.text) }
    package func hash(into hasher: inout Hasher) {
        unsafe text.utf8Span.span.withUnsafeBytes { bytes in unsafe hasher.combine(bytes: bytes) }
    }
}

/// The kinds of things that ids name; never instantiated.
package enum AccountEntity {}
package enum WorkspaceEntity {}
package enum ExternalEntity {}

/// Tenure's own id of an account: `acc_` and 32 hexadecimal digits, derived from workspace secret and the vendor's id.
package typealias AccountID = ID<AccountEntity>
/// The vendor's own id of an account.
package typealias ExternalID = ID<ExternalEntity>
/// The slug of a workspace.
package typealias WorkspaceID = ID<WorkspaceEntity>
