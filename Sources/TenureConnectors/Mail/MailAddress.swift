/// Who sends or gets a mail: an address in dot-atom form and the name shown beside it.
package struct MailAddress: Hashable, Sendable {
    package var name: String
    package var address: String

    package init(name: String = "", address: String) {
        self.name = name
        self.address = address
    }

    /// Whether an address is ASCII, `local@domain`, at most 254 bytes, and free of anything that a header or
    /// an SMTP command would read as its own.
    package static func isValid(_ address: String) -> Bool {
        let parts = address.utf8.split(separator: 0x40, omittingEmptySubsequences: false)
        guard address.utf8.count <= 254, parts.count == 2 else { return false }
        return isLocalPart(parts[0]) && isDomain(parts[1])
    }

    private static func isLocalPart(_ part: Substring.UTF8View) -> Bool {
        part.count <= 64
            && part.split(separator: 0x2E, omittingEmptySubsequences: false).allSatisfy { atom in
                !atom.isEmpty && atom.allSatisfy(HeaderText.isAtomByte)
            }
    }

    private static func isDomain(_ part: Substring.UTF8View) -> Bool {
        part.split(separator: 0x2E, omittingEmptySubsequences: false).allSatisfy { label in
            !label.isEmpty && label.count <= 63 && label.first != 0x2D && label.last != 0x2D
                && label.allSatisfy { HeaderText.isAlphanumeric($0) || $0 == 0x2D }
        }
    }
}
