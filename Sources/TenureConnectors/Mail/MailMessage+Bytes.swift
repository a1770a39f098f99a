import TenureCore

extension MailMessage {
    /// The RFC 5322 bytes, CRLF line ends, 7-bit. A pure function: equal messages give equal bytes, which are
    /// stored once and resent as they are.
    package func bytes() throws(MailMistake) -> [UInt8] {
        try check()
        var out = Array(header.utf8)
        out += part("text/plain", MailText.render(self))
        out += part("text/html", MailHTML.render(self))
        out += Array("--\(boundary)--\r\n".utf8)
        return out
    }

    /// `=_` cannot occur in quoted-printable text, so no content can forge a boundary.
    private var boundary: String { "=_tenure_\(hexadecimal(MessageHash.of(messageID)))" }

    private var header: String {
        let lines = [
            line("From", mailbox(from)), line("To", mailbox(to)),
            replyTo.map { line("Reply-To", mailbox($0)) },
            line("Subject", HeaderText.unstructured(subject, after: "Subject")),
            line("Date", MailDate.text(date)),
            line("Message-ID", messageID), line("MIME-Version", "1.0"),
            line("Auto-Submitted", "auto-generated"),
            unsubscribe, line("Content-Type", "multipart/alternative;\r\n boundary=\"\(boundary)\""),
        ]
        return lines.compactMap(\.self).joined() + "\r\n"
    }

    private var unsubscribe: String? {
        guard let url = offeredUnsubscribeURL else { return nil }
        return line("List-Unsubscribe", "<\(url)>")
            + line("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
    }

    /// A vendor's mail to its own people is never subject to unsubscribe.
    var offeredUnsubscribeURL: String? {
        switch audience {
        case .customer: unsubscribeURL
        case .team: nil
        }
    }

    private func line(_ name: String, _ value: String) -> String { "\(name): \(value)\r\n" }

    private func mailbox(_ mailbox: MailAddress) -> String {
        let name = HeaderText.phrase(mailbox.name)
        guard !name.isEmpty else { return "<\(mailbox.address)>" }
        let lastLine = name.split(separator: "\n").last?.utf8.count ?? 0
        let fits = lastLine + mailbox.address.utf8.count + 14 <= HeaderText.columnsMax
        return name + (fits ? " " : "\r\n ") + "<\(mailbox.address)>"
    }

    private func part(_ type: String, _ text: String) -> [UInt8] {
        let head = "--\(boundary)\r\nContent-Type: \(type); charset=utf-8\r\n"
        return Array((head + "Content-Transfer-Encoding: quoted-printable\r\n\r\n").utf8)
            + QuotedPrintable.encode(text)
    }

    private func hexadecimal(_ number: UInt64) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: 16 - text.utf8.count) + text
    }
}

/// FNV-1a, 64 bits: spreads names, protects nothing.
enum MessageHash {
    static func of(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
