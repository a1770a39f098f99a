/// A name that cannot be confused with the name of another kind of thing. Compared and ordered as UTF-8 bytes.
package struct ID<Entity>: Hashable, Comparable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let text: String

    package init(_ text: String) { self.text = text }
    package init(stringLiteral text: String) { self.text = text }

    package var description: String { text }

    package static func == (left: ID, right: ID) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }
    package static func < (left: ID, right: ID) -> Bool { left.text.utf8.lexicographicallyPrecedes(right.text.utf8) }
    package func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
        hasher.combine(0xFF as UInt8)
    }
}

/// The kinds of things that ids name; never instantiated.
package enum AccountEntity {}
package enum WorkspaceEntity {}

/// Tenure's own id of an account: `acc_` and 32 hexadecimal digits, derived from workspace secret and the vendor's id.
package typealias AccountID = ID<AccountEntity>
/// The slug of a workspace.
package typealias WorkspaceID = ID<WorkspaceEntity>

/// Sorting and searching by UTF-8 bytes, never by Unicode equivalence (`café` composed and decomposed differ).
package func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
}
