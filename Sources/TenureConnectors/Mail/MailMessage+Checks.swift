extension MailMessage {
    static let subjectBytesMax = 998
    static let nameBytesMax = 200
    static let textBytesMax = 262_144

    /// Everything that could end a header early is refused here; what passes cannot inject.
    func check() throws(MailMistake) {
        try checkLine(subject, field: "subject", bytesMax: Self.subjectBytesMax)
        guard subject.contains(where: { !$0.isWhitespace }) else { throw .emptySubject }
        try checkLine(footer, field: "footer", bytesMax: Self.subjectBytesMax)
        try check(from, field: "From")
        try check(to, field: "To")
        if let replyTo { try check(replyTo, field: "Reply-To") }
        guard Self.isMessageID(messageID) else { throw .invalidMessageID }
        guard unsubscribeURL.map(Self.isHeaderURL) ?? true else { throw .invalidUnsubscribeURL }
        guard text.utf8.count <= Self.textBytesMax else {
            throw .tooLong(field: "text", bytesMax: Self.textBytesMax)
        }
    }

    private func check(_ mailbox: MailAddress, field: String) throws(MailMistake) {
        try checkLine(mailbox.name, field: field, bytesMax: Self.nameBytesMax)
        guard MailAddress.isValid(mailbox.address) else { throw .invalidAddress(field: field) }
    }

    private func checkLine(_ text: String, field: String, bytesMax: Int) throws(MailMistake) {
        guard text.utf8.count <= bytesMax else { throw .tooLong(field: field, bytesMax: bytesMax) }
        let isClean = text.unicodeScalars.allSatisfy { $0 == "\t" || !PlainText.isControl($0) }
        guard isClean else { throw .controlCharacter(field: field) }
    }

    static func isMessageID(_ id: String) -> Bool {
        guard id.utf8.count <= 250, id.hasPrefix("<"), id.hasSuffix(">") else { return false }
        let parts = id.utf8.dropFirst().dropLast().split(separator: 0x40, omittingEmptySubsequences: false)
        return parts.count == 2
            && parts.allSatisfy { part in
                !part.isEmpty && part.allSatisfy { HeaderText.isAtomByte($0) || $0 == 0x2E }
            }
    }

    private static func isHeaderURL(_ url: String) -> Bool {
        guard url.utf8.count <= 900, url.hasPrefix("https://") || url.hasPrefix("http://") else {
            return false
        }
        return url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>,\"\\".utf8.contains($0) }
    }
}
