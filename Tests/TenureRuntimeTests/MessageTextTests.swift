import TenureCore
import TenureProgramme
import TenureRuntime
import Testing

@Suite struct `Text of a message` {
    private func body(_ text: String, _ values: JSONObject = [:]) -> String? {
        let template = MessageTemplate(id: "m", channel: .mail, subject: "S", body: text, audience: .team)
        return MessageText.render(template, values)?.body
    }

    @Test(
        arguments: [
            "\nan empty line first", "ends with a brace {", "{", "{\n{", "two lines\n\n", "  indented", "   ", "a\n\t ",
            "  \r\n  ", "blanks at the end  ",
        ])
    func `without tags stays as it is`(text: String) {
        #expect(body(text) == text)
    }

    @Test func `whose first line is a section has no empty line for it`() {
        let text = "{{#step.tasks}}\n- {{.}}\n{{/step.tasks}}\nend"
        #expect(body(text, ["step.tasks": ["a", "b"]]) == "- a\n- b\nend")
    }

    @Test func `keeps a blank line behind its last section`() {
        let text = "{{#step.tasks}}\n- {{.}}\n{{/step.tasks}}\n  "
        #expect(body(text, ["step.tasks": ["a"]]) == "- a\n  ")
    }

    @Test func `is cut by bytes, between characters`() {
        let text = body("{{account.name}}", ["account.name": .string(String(repeating: "é", count: 200_000))])
        #expect(text?.utf8.count == MessageText.bytesMax)
    }

    @Test func `is refused when lists in lists or long values make it endless`() throws {
        let many = JSON.array(Array(repeating: "an action", count: 2_000))
        let nested = "{{#signal.actions}}{{#step.tasks}}{{.}}{{/step.tasks}}{{/signal.actions}}"
        #expect(body(nested, ["signal.actions": many, "step.tasks": many]) == nil)
        let often = String(repeating: "{{signal.description}}", count: 1_000)
        #expect(body(often, ["signal.description": .string(String(repeating: "a", count: 10_000))]) == nil)
        #expect(body(nested, ["signal.actions": ["a"], "step.tasks": many])?.utf8.count == 18_000)
    }
}
