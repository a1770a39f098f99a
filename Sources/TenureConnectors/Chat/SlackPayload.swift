import TenureCore

/// Slack Block Kit: a header and sections, and `text` for notifications.
enum SlackPayload {
    /// Slack takes 150 in a header, 3,000 in a section, 50 blocks.
    static let headerUnitsMax = 150
    static let sectionUnitsMax = 3000
    static let sectionsMax = 48
    private static let fallbackUnitsMax = 3000

    static func render(_ message: ChatMessage) -> JSON {
        var blocks: [JSON] = []
        if !message.title.isEmpty { blocks.append(header(message.title)) }
        blocks += sections(message.text).map(section)
        let fallback = escaped(message.fallback, unitsMax: fallbackUnitsMax)
        return ["text": .string(fallback), "blocks": .array(blocks)]
    }

    private static func header(_ title: String) -> JSON {
        [
            "type": "header",
            "text": ["type": "plain_text", "text": .string(escaped(title, unitsMax: headerUnitsMax))],
        ]
    }

    /// `verbatim`: no name or channel in a customer's data becomes a mention.
    private static func section(_ text: String) -> JSON {
        ["type": "section", "text": ["type": "mrkdwn", "text": .string(text), "verbatim": true]]
    }

    private static func sections(_ text: String) -> [String] {
        var sections: [String] = []
        var section = ""
        for unit in units(text) {
            if section.utf16.count + unit.utf16.count > sectionUnitsMax {
                sections.append(section)
                section = ""
            }
            section += unit
        }
        if !section.isEmpty { sections.append(section) }
        guard sections.count > sectionsMax else { return sections }
        return sections.prefix(sectionsMax) + ["…"]
    }

    /// Pieces that a section may not cut: a link, an entity.
    private static func units(_ text: String) -> [String] {
        var units: [String] = []
        for (index, block) in PlainText.blocks(text).enumerated() {
            if index > 0 { units.append("\n\n") }
            switch block {
            case .paragraph(let lines): units += joined(lines, mark: "")
            case .list(let items): units += joined(items, mark: "• ")
            }
        }
        return units
    }

    private static func joined(_ lines: [[TextSpan]], mark: String) -> [String] {
        lines.enumerated().flatMap { index, line in
            [(index > 0 ? "\n" : "") + mark] + line.flatMap(units)
        }
    }

    private static func units(_ span: TextSpan) -> [String] {
        switch span {
        case .text(let text): return text.unicodeScalars.map(escaped)
        case .link(let url):
            // Slack's link syntax ends at `|`; a link with one, or a giant one, is shown as text.
            let isPlain = !url.contains("|") && url.utf8.count <= 2000
            return isPlain
                ? ["<\(escaped(url, unitsMax: sectionUnitsMax))>"] : url.unicodeScalars.map(escaped)
        }
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        default: String(scalar)
        }
    }

    private static func escaped(_ text: String, unitsMax: Int) -> String {
        var out = ""
        var count = 0
        for scalar in text.unicodeScalars {
            let unit = escaped(scalar)
            count += unit.utf16.count
            guard count < unitsMax else { return out + "…" }
            out += unit
        }
        return out
    }
}
