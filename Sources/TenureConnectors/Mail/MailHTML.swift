/// The HTML part: one quiet column, styles inline as mail readers drop the rest, nothing active, nothing
/// remote.
enum MailHTML {
    private static let font = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
    private static let paragraphStyle = "margin:0 0 16px"
    private static let linkStyle = "color:#1d5fbf;text-decoration:underline;word-break:break-word"

    static func render(_ message: MailMessage) -> String {
        [
            "<!doctype html>", "<html lang=\"en\">", head(title: message.subject),
            "<body style=\"margin:0;padding:0;background:#f5f6f8\">",
            table(style: "width:100%;background:#f5f6f8"),
            "<tr><td align=\"center\" style=\"padding:24px 12px\">",
            table(
                style:
                    "width:100%;max-width:600px;background:#ffffff;border:1px solid #e2e5ea;border-radius:8px"
            ),
            "<tr><td style=\"padding:32px 32px 16px;font:16px/1.55 \(font);color:#1c2430;text-align:left\">",
            PlainText.blocks(message.text).map(block).joined(separator: "\n"),
            "</td></tr></table>", smallPrint(message), "</td></tr></table>", "</body>", "</html>",
        ].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private static func head(title: String) -> String {
        """
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(escaped(title))</title>
        </head>
        """
    }

    private static func table(style: String) -> String {
        "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"\(style)\">"
    }

    private static func block(_ block: TextBlock) -> String {
        switch block {
        case .paragraph(let lines):
            return "<p style=\"\(paragraphStyle)\">\(lines.map(line).joined(separator: "<br>\n"))</p>"
        case .list(let items):
            let list = items.map { "<li style=\"margin:0 0 4px\">\(line($0))</li>" }.joined(separator: "\n")
            return "<ul style=\"\(paragraphStyle);padding-left:24px\">\n\(list)\n</ul>"
        }
    }

    private static func line(_ spans: [TextSpan]) -> String {
        spans.map { span in
            switch span {
            case .text(let text): escaped(text)
            case .link(let url): "<a href=\"\(attribute(url))\" style=\"\(linkStyle)\">\(escaped(url))</a>"
            }
        }.joined()
    }

    private static func smallPrint(_ message: MailMessage) -> String {
        var notes = message.footer.isEmpty ? [] : [escaped(message.footer)]
        if let url = message.offeredUnsubscribeURL {
            notes.append("<a href=\"\(attribute(url))\" style=\"color:#5b6675\">Unsubscribe</a>")
        }
        guard !notes.isEmpty else { return "" }
        let style = "margin:16px 0 0;font:13px/1.5 \(font);color:#5b6675"
        return "<p style=\"\(style)\">\(notes.joined(separator: " &#183; "))</p>"
    }

    /// `=` and `:` are escaped too, so that a word such as `javascript:` from data alarms no filter.
    static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { out, scalar in
            switch scalar {
            case ":": out += "&#58;"
            case "=": out += "&#61;"
            default: out += entity(scalar) ?? String(scalar)
            }
        }
    }

    private static func attribute(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { out, scalar in out += entity(scalar) ?? String(scalar) }
    }

    private static func entity(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        case "\"": "&quot;"
        case "'": "&#39;"
        default: nil
        }
    }
}
