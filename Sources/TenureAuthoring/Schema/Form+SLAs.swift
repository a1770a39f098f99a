import TenureCore

extension Form {
    static let sla = Form(
        "sla", noun: "SLA", "A promise about tickets, or other entities: clocks that run on each, and how long they may.",
        [
            .must("id", .shaped(.id), "What conditions and metrics name it by; without a dot.", examples: ["support"]),
            .must("title", .text, "What people see.", examples: ["Support"]),
            .must("entity", .reference("entity"), "On which entities the clocks run.", examples: ["ticket"]),
            .may(
                "calendar", .reference("calendar"), "By which business hours `bh` and `bd` are counted.",
                default: "calendar hours and days"),
            .must("clocks", .list(.form(clock)), "Clocks, each with its own start and end."),
            .requirements,
        ])

    static let clock = Form(
        "clock", "One clock on each entity.",
        [
            .must("id", .shaped(.id), "`sla(\"support.first_reply\")` names it; without a dot.", examples: ["first_reply"]),
            .must("title", .text, "What people see.", examples: ["First reply"]),
            .must(
                "starts", .reference("field of the entity"), "The field of `type: instant` that says when it starts.",
                examples: ["opened_at"]),
            .may(
                "ends_on", .form(eventFilter), "The event that ends it: the first about that entity.",
                examples: [["event": "ticket.replied", "when": "event.by == \"agent\""]]),
            .may(
                "ends_when", .condition(.truth), "What ends it: the first time that this holds, over `entity.<field>`.",
                examples: ["entity.status in [\"solved\", \"closed\"]"]),
            .may("runs_in", .form(runsIn), "Where it runs; elsewhere it waits, and what is left stays left.", default: "always"),
            .may("reopens", .flag, "With `ends_when`: whether it goes on when that holds no longer.", default: "false"),
            .must(
                "targets", .list(.form(target)),
                "How long it may run. The first that holds is taken; where none does, nothing is promised."),
        ], rules: [.exactlyOne(["ends_on", "ends_when"])])

    static let runsIn = Form(
        "runs_in", noun: "running rule", "In which values of a field the clock runs.",
        [
            .must("field", .reference("field of the entity"), "The field that tells.", examples: ["status"]),
            .must("values", .list(.text), "The values in which it runs.", examples: [["new", "open", "on_hold"]]),
        ])

    static let target = Form(
        "target", "How long a clock may run.",
        [
            .may(
                "when", .condition(.truth), "Over `entity.<field>` and the account; days are counted from the clock's start.",
                default: "always", examples: ["entity.priority == \"P1\" && account.tier == \"enterprise\""]),
            .must("within", .span(1...100_000), "Measured from the start; waits do not count.", examples: ["30m"]),
        ])
}
