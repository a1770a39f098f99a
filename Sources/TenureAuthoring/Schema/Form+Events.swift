import TenureCore

extension Form {
    static let event = Form(
        "event", "A kind of thing that happens at a customer and that your product, or another system, reports.",
        [
            .must("type", .shaped(.id), "What senders call it.", examples: ["report.exported"]),
            .must("title", .text, "What people see.", examples: ["Report exported"]),
            .may("activity", .flag, "Whether it counts as use by the member.", default: "false"),
            .may(
                "feature", .reference("field of the event"),
                "The field that names the feature, if the event is use of one."),
            .may("fields", .entries(.fieldID, .form(field)), "What the event carries. Undeclared fields are kept unread."),
            .may("segment", .list(.form(segmentCall)), "Segment calls that become this event."),
            .may("entity", .form(entityChange), "What the event changes in an entity, such as a ticket."),
            .requirements,
        ])

    static let field = Form(
        "field", "A field of an event or entity.",
        [
            .must("type", .choice(of: EventFieldType.self), "What it holds; `instant` is an RFC 3339 timestamp."),
            .may("required", .flag, "Whether an event without it is put aside.", default: "false"),
            .may("choices", .list(.text), "With `type: choice`: its values.", examples: [["P1", "P2"]]),
        ], rules: choices)

    static let segmentCall = Form(
        "segment_call", noun: "Segment call", "A call of a Segment client that becomes the event.",
        [
            .may("track", .text, "The name of a track call.", examples: ["Report Exported"]),
            .may("page", .flag, "`true`: page calls."),
            .may("screen", .flag, "`true`: screen calls."),
            .may("adding", .entries(nil, .text), "Fields that the event gets besides.", examples: [["kind": "reports"]]),
        ], rules: [.exactlyOne(["track", "page", "screen"])])

    static let entityChange = Form(
        "entity_change", noun: "entity change", "Which entity the event is about, and what becomes of it.",
        [
            .must("kind", .reference("entity"), "The entity's kind.", examples: ["ticket"]),
            .must("key", .reference("field of the event"), "The field of the event that names the single one."),
            .may(
                "set", .entries(nil, .either([.text, .form(entityValue)])),
                "New values by the entity's field: a constant, `{field: priority}` or `{time: true}`.",
                examples: [["status": "open", "priority": ["field": "priority"], "opened_at": ["time": true]]]),
        ])

    static let entityValue = Form(
        "entity_value", noun: "value", "Where the value comes from.",
        [
            .may("field", .reference("field of the event"), "A field of the event."),
            .may("time", .flag, "`true`: when the event occurred."),
        ], rules: [.exactlyOne(["field", "time"])])

    static let feature = Form(
        "feature", "A part of your product whose use is counted by itself.",
        [
            .must("id", .shaped(.id), "What events name it by.", examples: ["reports"]),
            .must("title", .text, "What people see.", examples: ["Reports"]),
            .may("key", .flag, "One that every customer should use.", default: "false"),
            .may("advanced", .flag, "One that shows depth of use.", default: "false"),
            .requirements,
        ])

    static let entity = Form(
        "entity", "Something that lives for a while and changes: a ticket, an invoice, a project.",
        [
            .must("id", .shaped(.id), "What events and metrics name it by.", examples: ["ticket"]),
            .must("title", .text, "What people see.", examples: ["Ticket"]),
            .may("fields", .entries(.fieldID, .form(field)), "What is remembered of each."),
            .may("closed", .form(closingRule), "When one is over; closed ones are forgotten first."),
            .requirements,
        ])

    static let closingRule = Form(
        "closing_rule", noun: "closing rule", "When an entity is over.",
        [
            .must("field", .reference("field of the entity"), "The field that tells.", examples: ["status"]),
            .must("values", .list(.text), "The values that mean over.", examples: [["solved", "closed"]]),
        ])
}

enum EventFieldType: String, CaseIterable { case text, number, whole, flag, instant, choice }
