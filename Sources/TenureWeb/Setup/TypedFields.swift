/// What people type into forms for names and addresses, with its bounds.
enum TypedFields {
    static let nameBytesMax = 100
    static let addressBytesMax = 254

    /// Without space at its ends.
    /// - Parameter field: what it is called on the page.
    static func name(_ text: String?, _ field: String) throws -> String {
        let name = trimmed(text ?? "")
        guard !name.isEmpty else { throw Problem(.validationFailed, "\(field) is needed.") }
        guard name.utf8.count <= nameBytesMax,
            name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
        else {
            throw Problem(
                .validationFailed, "\(field) has at most \(nameBytesMax) bytes, and no control characters.")
        }
        return name
    }

    /// As much of an address as decides where a mail goes; the mail server judges the rest.
    static func address(_ text: String?) throws -> String {
        let address = trimmed(text ?? "")
        let parts = address.utf8.split(separator: 0x40, omittingEmptySubsequences: false)
        let isPlain = address.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>,;\"\\()".utf8.contains($0) }
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), address.utf8.count <= addressBytesMax,
            isPlain
        else {
            throw Problem(.validationFailed, "An address is due, as in ada@vendor.example.")
        }
        return address
    }

    static func trimmed(_ text: String) -> String {
        var rest = text[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
