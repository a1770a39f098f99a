import TenureConnectors
import TenureCore
import Testing

@Suite struct ChatMessageTests {
    private static let alert = ChatMessage(
        subject: "Acme & Söhne <needs> us: \"usage\" dropped",
        text: """
            Active users fell by 42 % & the sponsor <!channel> left.
            Second line: https://tenure.vendor.example/a/acme?tab=health&x=1.

            What to do:
            - call [Ada](https://evil.example) today
            - *bold* claims, @here
            """)

    @Test(arguments: ChatKind.allCases)
    func `a payload looks as it did`(kind: ChatKind) throws {
        try expectGolden(pretty(Self.alert.payload(for: kind)) + "\n", "\(kind.rawValue).json")
    }

    @Test(arguments: ChatKind.allCases)
    func `a payload is strict JSON`(kind: ChatKind) throws {
        let payload = Self.alert.payload(for: kind)
        #expect(try JSONReader.read(payload.bytes, limits: .generous).get() == payload)
    }

    @Test func `customer data cannot mention anyone in Slack`() {
        let text = Self.alert.payload(for: .slack).text
        #expect(!text.contains("<!channel>") && !text.contains("\\u003c!channel"))
        #expect(text.contains("&lt;!channel&gt;"))
    }

    @Test(arguments: ["&", "word ", "https://a.example/b ", "a\n\n", "- x\n", "😀"])
    func `long texts stay inside Slack's limits`(piece: String) throws {
        let payload = ChatMessage(
            subject: String(repeating: piece, count: 300), text: String(repeating: piece, count: 90_000)
        )
        .payload(for: .slack)
        let blocks = try #require(payload.object?["blocks"]?.array)
        #expect(blocks.count <= 50 && blocks.count > 1)
        for block in blocks {
            let text = try #require(block.object?["text"]?.object?["text"]?.string)
            #expect(!text.isEmpty && text.utf16.count <= (block.object?["type"] == "header" ? 150 : 3000))
        }
    }

    @Test(arguments: ["&", "word ", "https://a.example/b ", "a\n\n", "- x\n", "<", "\u{1}a"])
    func `long texts stay inside Teams' limits`(piece: String) {
        let payload = ChatMessage(
            subject: String(repeating: piece, count: 300), text: String(repeating: piece, count: 90_000)
        )
        .payload(for: .teams)
        #expect(payload.bytes.count <= 28_000)
        #expect(payload.text.contains("…"))
    }

    @Test func `an empty message is still a payload`() {
        let empty = ChatMessage(subject: "", text: "")
        #expect(empty.payload(for: .slack) == ["text": "", "blocks": []])
        #expect(empty.payload(for: .teams).text.contains("\"body\":[]"))
    }

    private func pretty(_ value: JSON, _ indent: String = "") -> String {
        let deeper = indent + "  "
        switch value {
        case .null, .bool, .int, .double, .string: return value.text
        case .array(let values):
            guard !values.isEmpty else { return "[]" }
            return "[\n" + values.map { deeper + pretty($0, deeper) }.joined(separator: ",\n")
                + "\n\(indent)]"
        case .object(let object):
            let members = object.members.map {
                deeper + JSON.string($0.name).text + ": " + pretty($0.value, deeper)
            }
            return "{\n" + members.joined(separator: ",\n") + "\n\(indent)}"
        }
    }
}
