import TenureAuthoring
import TenureCore
import TenureFixtures
import TenureProgramme
import TenureRuntime

/// A message's subject (the first line) and body: read and checked within a programme, then rendered with data that the
/// first byte chooses.
struct TemplateInput {
    private let subject: String
    private let body: [UInt8]
    private let seed: UInt8

    init?(_ bytes: [UInt8]) {
        guard let seed = bytes.first else { return nil }
        let parts = bytes.dropFirst().split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
        self.seed = seed
        subject = String(decoding: parts[0], as: UTF8.self)
        body = parts.count > 1 ? Array(parts[1]) : []
    }

    func run(_ promises: inout Promises) {
        let folder = ProgrammeFolder.decoding([
            ("programme.yaml", Array(Self.programme(subject).utf8)), ("messages/m.mustache", body),
        ])
        let (loaded, mistakes) = ProgrammeReader.read(folder, catalogue: nil, zones: zones)
        RenderedMistakes(mistakes, [folder]).check(&promises)
        if let template = loaded?.programme.messages.first { render(template, &promises) }
    }

    /// JSON's texts are YAML's.
    private static func programme(_ subject: String) -> String {
        """
        programme: {id: small, title: Small, version: 1, time_zone: Europe/Rome}
        messages:
          - {id: m, channel: mail, audience: team, subject: \(JSON.string(subject).text)}
        """
    }

    private func render(_ template: MessageTemplate, _ promises: inout Promises) {
        let plain = MessageText.render(template, SampleMessage.plainValues)
        promises.expect(plain?.body.contains("{{") != true && plain?.subject.contains("{{") != true, "a tag was left in the text")
        let values = SampleMessage.values(seed)
        guard let text = MessageText.render(template, values) else {
            let isLong = !MessageText.isWithinBounds(template, values)
            return promises.expect(isLong, "what the checker took can not be rendered")
        }
        promises.expect(text == MessageText.render(template, values), "two renderings differ")
        promises.expect(text.body.utf8.count <= MessageText.bytesMax, "a body of \(text.body.utf8.count) bytes")
        promises.expect(!text.subject.contains(where: \.isNewline), "a subject of several lines")
        if !template.body.contains("{{") { promises.expect(text.body == template.body, "plain text was changed") }
    }
}

/// Values that a message may have to show, odd ones among them: none of them is taken for part of the template.
enum SampleMessage {
    static func values(_ seed: UInt8) -> JSONObject {
        var values = JSONObject()
        for (place, name) in MessageTemplate.names.enumerated() {
            let isList = ["health.reasons", "signal.actions", "step.tasks"].contains(name)
            values[name] = isList ? list(Int(seed) &+ place) : choices[(Int(seed) &+ place) % choices.count]
        }
        return values
    }

    /// Values without braces.
    static let plainValues: JSONObject = {
        var values = JSONObject()
        for name in MessageTemplate.names { values[name] = "x" }
        for name in ["health.reasons", "signal.actions", "step.tasks"] { values[name] = ["a", "b"] }
        return values
    }()

    private static func list(_ draw: Int) -> JSON {
        let count = [0, 1, 3, 200][draw % 4]
        return .array((0..<count).map { choices[($0 &+ draw) % choices.count] })
    }

    private static let choices: [JSON] = [
        "Acme", "", .null, 42, 3.5, true, "{{today}}", "{{/health.reasons}}", "a\nb\r\nc", "<b>&amp;</b>", "é\u{301}\u{202E}😀",
        .string(String(repeating: "lång ", count: 600)), 1e300, .object(["a": 1]),
    ]
}
