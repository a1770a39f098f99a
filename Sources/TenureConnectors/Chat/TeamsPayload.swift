import TenureCore

/// A Teams message with one Adaptive Card, as incoming webhooks and workflows take it. Text stands in
/// `TextRun`s, which know no Markdown: no name in a customer's data becomes a link or a mention.
enum TeamsPayload {
    /// Teams takes 28 KB a message.
    static let bytesMax = 26_000
    private static let textCharactersMax = 8000

    static func render(_ message: ChatMessage) -> JSON {
        let fallback = message.fallback.shortened(to: 1000)
        let card: JSON = [
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard",
            "version": "1.4", "fallbackText": .string(fallback), "msteams": ["width": "Full"],
            "body": .array(body(message, bytesLeft: bytesMax - 512 - JSON.string(fallback).bytes.count)),
        ]
        let attachment: JSON = [
            "contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": nil, "content": card,
        ]
        return ["type": "message", "attachments": [attachment]]
    }

    private static func body(_ message: ChatMessage, bytesLeft: Int) -> [JSON] {
        var blocks: [JSON] = []
        var left = bytesLeft
        for block in title(message) + elements(message.text) {
            left -= block.bytes.count + 1
            guard left > 0 else { return blocks + [rich([run("…")])] }
            blocks.append(block)
        }
        return blocks
    }

    private static func title(_ message: ChatMessage) -> [JSON] {
        guard !message.title.isEmpty else { return [] }
        let run: JSON = [
            "type": "TextRun", "text": .string(message.title.shortened(to: 250)), "size": "Large",
            "weight": "Bolder",
        ]
        return [rich([run])]
    }

    private static func elements(_ text: String) -> [JSON] {
        PlainText.blocks(PlainText.normalised(text).shortened(to: textCharactersMax)).flatMap { block in
            switch block {
            case .paragraph(let lines): [rich(runs(lines))]
            case .list(let items): items.map { rich(runs([[.text("• ")] + $0]), spacing: "Small") }
            }
        }
    }

    private static func rich(_ runs: [JSON], spacing: String = "Default") -> JSON {
        ["type": "RichTextBlock", "spacing": .string(spacing), "inlines": .array(runs)]
    }

    private static func runs(_ lines: [[TextSpan]]) -> [JSON] {
        var runs: [JSON] = []
        var plain = ""
        for (index, line) in lines.enumerated() {
            if index > 0 { plain += "\n" }
            for span in line {
                switch span {
                case .text(let text): plain += text
                case .link(let url):
                    if !plain.isEmpty { runs.append(run(plain)) }
                    plain = ""
                    runs.append(link(url))
                }
            }
        }
        return plain.isEmpty ? runs : runs + [run(plain)]
    }

    private static func run(_ text: String) -> JSON { ["type": "TextRun", "text": .string(text)] }

    private static func link(_ url: String) -> JSON {
        [
            "type": "TextRun", "text": .string(url), "color": "Accent",
            "selectAction": ["type": "Action.OpenUrl", "url": .string(url)],
        ]
    }
}
