import TenureCore
import TenureProgramme

extension Form {
    static let signal = Form(
        "signal", "Something that a person should know: a condition that has come true.",
        [
            .must("id", .shaped(.id), "What plays start on.", examples: ["low_adoption"]),
            .must("title", .text, "What people see.", examples: ["Low adoption"]),
            .must("severity", .choice(of: Signal.Severity.self), "How urgent it is; `opportunity` is good news."),
            .must(
                "when", .condition(.truth), "Raises it. Unknown raises nothing.",
                examples: ["m(\"users.licence_utilisation\") < 50.0"]),
            .may("clear", .condition(.truth), "Closes it again.", default: "`when` is false"),
            .may("for", .span(ValueForm.spanMax), "How long `when` must hold first.", default: "at once", examples: ["3d"]),
            .may("cooldown", .span(ValueForm.spanMax), "How long it stays quiet after it closed.", default: "none", examples: ["30d"]),
            .may("respond_within", .span(1...100_000), "When somebody should have reacted.", examples: ["48h", "2bd"]),
            .may("description", .text, "What has happened."),
            .may("impact", .text, "What it may lead to."),
            .may("mitigation", .text, "What to do about it, in a sentence."),
            .may("actions", .list(.text), "What to do about it, one by one."),
            .requirements,
        ])

    static let play = Form(
        "play", "What is done when signals ask for it: an owner, steps and deadlines.",
        [
            .must("id", .shaped(.id), "What tests and conditions name it by.", examples: ["rescue"]),
            .must("title", .text, "What people see.", examples: ["Rescue"]),
            .may("version", .whole(1...1_000_000), "Count it up with every change.", default: "1"),
            .may("starts_on", .list(.reference("signal")), "Any of these signals starts it.", default: "only people start it"),
            .may("when", .condition(.truth), "Must hold as well.", default: "always"),
            .must("owner", .reference("role"), "Who leads.", examples: ["csm"]),
            .may("calendar", .reference("calendar"), "What `2bd` and `8bh` are counted by."),
            .may("reentry", .shaped(.reentry), "When it may start again at the same account.", default: "after_exit"),
            .may("exits", .list(.form(exit)), "Conditions that end it before its steps are done; the first that holds."),
            .must("steps", .list(.form(step)), "What is done."),
            .requirements,
        ])

    static let exit = Form(
        "exit", "A condition that ends the play.",
        [
            .must("when", .condition(.truth), "Ends it.", examples: ["health.score >= 70"]),
            .must("outcome", .shaped(.id), "What became of it.", examples: ["recovered"]),
        ])

    static let step = Form(
        "step", "One thing to do, by one person, in a time.",
        [
            .must("id", .shaped(.id), "What other steps name it by.", examples: ["assess"]),
            .must("title", .text, "What people see.", examples: ["Find the cause"]),
            .may("owner", .reference("role"), "Who does it.", default: "the play's owner"),
            .may("after", .list(.reference("step of the play")), "Steps that must be done or skipped before.", default: "none"),
            .may("when", .condition(.truth), "False skips the step; unknown waits.", default: "always"),
            .may("window", .form(window), "When it opens and when it is due."),
            .may("tasks", .list(.text), "What people tick."),
            .may("do", .list(.form(action)), "What is sent when the step opens."),
            .may("done_when", .condition(.truth), "Completes it by itself.", default: "when all tasks are ticked"),
            .may("sign_off", .reference("role"), "Who must agree that it is done."),
            .may("overdue", .list(.form(escalation)), "Who is told when it is late."),
            .may("repeat", .form(rhythm), "Asks for the step again and again."),
            .may("required", .flag, "Whether the play waits for it.", default: "true"),
            .requirements,
        ])

    private static let ahead = ValueForm.span(ValueForm.spanMax)
    private static let either = ValueForm.span(-100_000...100_000)

    static let window = Form(
        "window", "When a step opens and when it is due.",
        [
            .may(
                "from", .shaped(.anchor), "What both are measured from; `ready` is when the step can start.",
                default: "start", examples: ["start", "ready", "step:assess", "account:term_end"]),
            .may("opens", either, "Not before; negative only from an account's date.", default: "at once", examples: ["14d"]),
            .may("due", either, "Overdue after; negative only from an account's date.", default: "never", examples: ["24h", "-30d"]),
        ],
        rules: [
            .unless(
                .init(key: "from", pattern: "^account:"),
                .when(.init(key: "opens"), narrows: ["opens": ahead])),
            .unless(
                .init(key: "from", pattern: "^account:"), .when(.init(key: "due"), narrows: ["due": ahead])),
        ])

    static let action = Form(
        "action", "A message that is sent when the step opens.",
        [
            .may("mail", .reference("message"), "A message with `channel: mail`."),
            .may("chat", .reference("message"), "A message with `channel: chat`."),
            .must(
                "to", .either([.shaped(.recipient), .list(.shaped(.recipient))]),
                "Roles and contacts for a mail, one channel for a chat message.",
                examples: ["channel:cs", ["role:csm", "contact:sponsor"]]),
        ],
        rules: [.exactlyOne(["mail", "chat"]), .when(.init(key: "chat"), narrows: ["to": .shaped(.recipient)])])

    static let escalation = Form(
        "escalation", "Who is told when a step is late.",
        [
            .must("after", .span(ValueForm.spanMax), "How long after it was due.", examples: ["0h", "24h"]),
            .must("message", .reference("message"), "What is sent."),
            .must("to", .shaped(.recipient), "To whom.", examples: ["role:csm"]),
        ])

    static let rhythm = Form(
        "rhythm", "How often a step comes back.",
        [
            .must("every", .span(1...100_000), "The time between.", examples: ["1bd"]),
            .may("count", .whole(1...1000), "How often in all.", default: "until the play ends"),
        ])

    static let message = Form(
        "message", "A mail or chat message; its body is `messages/<id>.mustache`.",
        [
            .must("id", .shaped(.id), "What steps name it by; the name of the body's file.", examples: ["health_alert"]),
            .may("title", .text, "What people see.", default: "the id"),
            .must("channel", .choice(of: MessageTemplate.Channel.self), "How it is sent."),
            .must("audience", .choice(of: MessageTemplate.Audience.self), "Whether customers get it."),
            .may("subject", .text, "The subject of a mail, with tags.", examples: ["{{account.name}}: health {{health.score}}"]),
            .requirements,
        ], rules: [.when(.init(key: "channel", values: ["mail"]), needs: ["subject"])])
}
