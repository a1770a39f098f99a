extension MistakeExample {
    /// Tickets, and one clock on each.
    static func promise(
        reply: String = "\n    entity: {kind: ticket, key: ticket}", second: String = #"entity.priority == "P2""#
    ) -> String {
        """
        events:
          - type: opened
            title: Opened
            fields: {ticket: {type: text, required: true}, priority: {type: text}}
            entity: {kind: ticket, key: ticket, set: {priority: {field: priority}, opened_at: {time: true}}}
          - type: replied
            title: Replied
            fields: {ticket: {type: text, required: true}}\(reply)
        entities: [{id: ticket, title: Ticket, fields: {priority: {type: text}, opened_at: {type: instant}}}]
        slas:
          - id: support
            title: Support
            entity: ticket
            clocks:
              - id: first_reply
                title: First reply
                starts: opened_at
                ends_on: {event: replied}
                targets:
                  - {when: 'entity.priority == "P1"', within: 30m}
                  - {when: '\(second)', within: 2h}

        """
    }

    static let unknownSLA = MistakeExample(
        promise() + #"signals: [{id: late, title: Late, severity: high, when: 'sla("suport").breached > 0'}]"#,
        wrong: "suport", right: "support", fix: "Correct the name, or define the SLA or its clock.")

    static let unreachableTarget = MistakeExample(
        promise(second: #"entity.priority == "P1" && account.seats > 100"#), wrong: #"entity.priority == "P1" && account.seats > 100"#,
        right: #"entity.priority == "P2""#, fix: "Write the narrower one first, or remove it.")

    static let eventChangesOther = MistakeExample(
        promise(reply: ""), wrong: "fields: {ticket: {type: text, required: true}}\nentities",
        right: "fields: {ticket: {type: text, required: true}}\n    entity: {kind: ticket, key: ticket}\nentities",
        fix: "Say at the event which entity it is about.")
}
