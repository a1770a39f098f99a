import TenureProgramme
import Testing

@testable import TenureAuthoring

@Suite struct `Tags of a message` {
    private func codes(_ text: String) -> [String] {
        TagScanner.mistakes(in: text, file: "messages/a.mustache").map(\.code.rawValue)
    }

    @Test func `may be every declared name`() {
        for name in MessageTemplate.names {
            let text = TagScanner.lists.contains(name) ? "{{#\(name)}}{{.}}{{/\(name)}}" : "{{ \(name) }}"
            #expect(codes(text) == [])
        }
        #expect(codes("plain } text { with {braces}") == [])
        #expect(codes("{{^step.tasks}}none{{/step.tasks}}{{! a note }}") == [])
    }

    @Test(arguments: [
        ("{{acount.name}}", "P601"), ("{{}}", "P601"), ("{{#step.tasks}}", "P602"),
        ("{{/step.tasks}}", "P602"),
        ("{{> other}}", "P603"), ("{{{account.name}}}", "P604"), ("{{&account.name}}", "P604"),
        ("{{account.name", "P607"),
        ("{{=<% %>=}}", "P607"), ("{{#account.name}}x{{/account.name}}", "P610"), ("{{step.tasks}}", "P610"),
        ("{{.}}", "P610"), ("{{^step.tasks}}{{.}}{{/step.tasks}}", "P610"), ("{{#gone}}{{/gone}}", "P601"),
        ("{{../../secrets}}", "P601"), ("{{<base}}", "P607"), ("{{$block}}", "P607"),
    ])
    func `that are wrong are refused`(text: String, code: String) {
        #expect(codes(text) == [code])
    }

    @Test(arguments: ["\u{FEFF}a\r\n{{x}}", "a\r{{x}}", "a\u{2028}{{x}}", "\u{85}{{x}}"])
    func `are placed by the lines that are shown`(text: String) {
        let place = TagScanner.mistakes(in: text, file: "m").first?.labels[0].place
        #expect(place == Place(file: "m", line: 2, column: 1, length: 5))
    }

    /// The renderer reads whole characters: it would not see these tags, and print them.
    @Test(arguments: ["{{today}}\u{301}", "\u{600}{{today}}", "{{! note }}\u{200D}"])
    func `are refused beside marks that join a brace`(text: String) {
        #expect(codes(text) == ["P607"])
    }

    @Test func `are placed where they stand`() {
        let found = TagScanner.mistakes(in: "Hi\n  {{acount.name}}", file: "messages/a.mustache")
        #expect(
            found.map { $0.labels[0].place } == [
                Place(file: "messages/a.mustache", line: 2, column: 3, length: 15)
            ])
    }

    @Test func `nest sixteen deep and no deeper`() {
        func nested(_ depth: Int) -> String {
            String(repeating: "{{^step.tasks}}", count: depth)
                + String(repeating: "{{/step.tasks}}", count: depth)
        }
        #expect(codes(nested(16)) == [])
        #expect(codes(nested(17)) == ["P605"])
    }

    @Test func `are looked for in 64 KiB and no more`() {
        let full = String(repeating: "x", count: 64 * 1024)
        #expect(codes(full) == [])
        #expect(codes(full + "x") == ["P606"])
    }

    @Test func `that are crossed give one mistake each`() {
        #expect(
            codes("{{#step.tasks}}{{#health.reasons}}{{/step.tasks}}{{/health.reasons}}") == ["P602", "P602"])
    }
}
