extension MistakeExample {
    /// A message with this text that a play sends.
    private static func message(
        _ body: String, step: String = "", path: String = "messages/hello.mustache",
        subject: String = ", subject: Hello"
    ) -> String {
        """
        roles: [{id: csm, title: CSM}]
        messages: [{id: hello, channel: mail, audience: team\(subject)}]
        plays:
          - id: p
            title: P
            owner: csm
            steps: [{id: a, title: A,\(step) do: [{mail: hello, to: [role:csm]}]}]
        -- \(path) --
        \(body)
        """
    }

    static let unknownTag = MistakeExample(
        message("Hello {{recipient.nam}}"), wrong: "recipient.nam}", right: "recipient.name}",
        fix: "Take one of the names that messages may mention.")

    static let unbalancedSection = MistakeExample(
        message("{{#health.reasons}}- {{.}}"), wrong: "- {{.}}", right: "- {{.}}{{/health.reasons}}",
        fix: "Close each section, the last opened first.")

    static let partial = MistakeExample(
        message("Hello{{> footer}}"), wrong: "{{> footer}}", right: "", fix: "Write the text out.")

    static let unescapedTag = MistakeExample(
        message("Hello {{{recipient.name}}}"), wrong: "{{{recipient.name}}}", right: "{{recipient.name}}",
        fix: "Write two braces; values are escaped where that is needed.")

    static let sectionsTooDeep = MistakeExample(
        message("Why: «17 × {{^health.reasons}}»none«17 × {{/health.reasons}}»"),
        wrong: "«17 × {{^health.reasons}}»none«17 × {{/health.reasons}}»",
        right: "{{^health.reasons}}none{{/health.reasons}}",
        fix: "One section is enough.")

    static let messageTooLarge = MistakeExample(
        message("Hello «70000 × x»"), wrong: "«70000 × x»", right: "", fix: "Shorten it.")

    static let malformedTag = MistakeExample(
        message("Hello {{recipient.name"), wrong: "{{recipient.name", right: "{{recipient.name}}",
        fix: "Close it with `}}`; delimiters cannot be changed.")

    static let missingBody = MistakeExample(
        message("Hello", path: "hello.txt"), wrong: "hello.txt", right: "messages/hello.mustache",
        fix: "Write the text into `messages/<id>.mustache`.")

    static let bodyWithoutMessage = MistakeExample(
        """
        -- messages/hello.mustache --
        Hello
        """, wrong: "-- messages/hello.mustache --\nHello", right: "tiers: [{id: free, title: Free}]",
        fix: "Define the message, or remove the file.")

    static let notAList = MistakeExample(
        message("{{#account.name}}Hello{{/account.name}}"), wrong: "{{#account.name}}Hello{{/account.name}}",
        right: "Hello {{account.name}}",
        fix: "Write a section over a list only, and a list only as a section.")

    static let missingSubject = MistakeExample(
        message("Hello", subject: ""), wrong: "audience: team", right: "audience: team, subject: Hello",
        fix: "Add `subject`.")

    static let emptyTag = MistakeExample(
        message("{{account.name}} needs you by {{step.due}}.", step: " window: {from: ready},"),
        wrong: "{from: ready}", right: "{from: ready, due: 2d}",
        fix: "Give the step or play what the tag tells, or remove the tag.")

    static let htmlInMessage = MistakeExample(
        message("<b>Hello</b>"), wrong: "<b>Hello</b>", right: "Hello", fix: "Write plain text.")

    static let nestedList = MistakeExample(
        message("{{#health.reasons}}{{#health.reasons}}{{.}}{{/health.reasons}}{{/health.reasons}}"),
        wrong: "{{#health.reasons}}{{#health.reasons}}{{.}}{{/health.reasons}}{{/health.reasons}}",
        right: "{{#health.reasons}}{{.}}{{/health.reasons}}", fix: "Write the list once.")

    static let twoBodies = MistakeExample(
        message("Hello") + "\n-- old/messages/hello.mustache --\nGood morning",
        wrong: "-- old/messages/hello.mustache --\nGood morning", right: "", fix: "Keep one of the files.")

    static let strayBody = MistakeExample(
        message("Hello") + "\n-- drafts/hello.mustache --\nGood morning",
        wrong: "-- drafts/hello.mustache --\nGood morning", right: "",
        fix: "Move it into a folder `messages`, or remove it.")
}
