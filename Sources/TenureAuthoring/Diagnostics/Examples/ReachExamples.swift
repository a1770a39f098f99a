extension MistakeExample {
    /// A play with these steps.
    private static func steps(_ text: String, _ more: String = "") -> String {
        """
        roles: [{id: csm, title: CSM}]
        plays:
          - id: p
            title: P
            owner: csm\(more)
            steps:
        \(text.split(separator: "\n").map { "      - \($0)" }.joined(separator: "\n"))
        """
    }

    static let metricCycle = MistakeExample(
        """
        metrics:
          - {id: a, unit: count, better: up, expression: 'm("b") + 1.0'}
          - {id: b, unit: count, better: up, expression: 'm("a") + 1.0'}
        show: [a, b]
        """, wrong: "m(\"a\") + 1.0", right: "double(account.seats)",
        fix: "Let one of them read something else.")

    static let stepCycle = MistakeExample(
        steps("{id: call, title: Call, after: [visit]}\n{id: visit, title: Visit, after: [call]}"),
        wrong: ", after: [visit]", right: "", fix: "Let one step begin without the others.")

    static let dueBeforeOpen = MistakeExample(
        steps("{id: call, title: Call, window: {from: start, opens: 3d, due: 24h}}"), wrong: "due: 24h",
        right: "due: 4d",
        fix: "Both are measured from the same moment: let it be due after it opens.")

    static let businessSpanWithoutCalendar = MistakeExample(
        steps("{id: call, title: Call, window: {from: start, due: 2bd}}"), wrong: "2bd", right: "2d",
        fix: "Give the play a `calendar`, or write calendar time.")

    static let unreachableStep = MistakeExample(
        steps(
            "{id: call, title: Call, window: {from: \"step:visit\", opens: 1d}}\n{id: visit, title: Visit, after: [call]}"
        ),
        wrong: "step:visit", right: "start", fix: "Measure from something that happens before the step.")

    static let selfTrigger = MistakeExample(
        """
        roles: [{id: csm, title: CSM}]
        signals: [{id: alone, title: Nobody is on it, severity: low, when: '!play("care").running'}]
        plays: [{id: care, title: Care, owner: csm, starts_on: [alone], steps: [{id: call, title: Call}]}]
        """, wrong: "starts_on: [alone]", right: "reentry: 30d, starts_on: [alone]",
        fix:
            "Let the signal read something else, or say how often the play may start: `reentry: 30d` or `never`."
    )

    static let signalCycle = MistakeExample(
        """
        signals:
          - {id: a, title: A, severity: low, when: 'signal("b").open'}
          - {id: b, title: B, severity: low, when: 'signal("a").open'}
        """, wrong: "signal(\"a\").open", right: "account.seats < 5",
        fix: "Let one of them read facts, metrics or health.")

    static let overdueWithoutDue = MistakeExample(
        steps("{id: call, title: Call, tasks: [Call], overdue: [{after: 1d, message: late, to: role:csm}]}")
            + "\nmessages: [{id: late, channel: mail, audience: team, subject: Late}]\n-- messages/late.mustache --\nPlease call.",
        wrong: "tasks: [Call],", right: "tasks: [Call], window: {due: 3d},",
        fix: "Say when the step is due, or leave `overdue` out.")

    static let playNeverEnds = MistakeExample(
        steps("{id: call, title: Call, repeat: {every: 7d}}"), wrong: "{every: 7d}",
        right: "{every: 7d, count: 4}",
        fix: "Give the play an exit, or the repetition a `count`.")

    static let playEndsAtOnce = MistakeExample(
        steps("{id: call, title: Call, tasks: [Call], required: false}"), wrong: ", required: false",
        right: "",
        fix: "Let at least one step be required.")

    static let clearWhileHolding = MistakeExample(
        """
        signals: [{id: small, title: Small, severity: low, when: 'account.seats < 5', clear: 'account.seats < 8'}]
        """, wrong: "account.seats < 8", right: "account.seats >= 8",
        fix: "Write when it is over: usually the other comparison.")

    static let unreachableSegment = MistakeExample(
        """
        segments:
          - {id: everybody, title: Everybody, when: 'true'}
          - {id: large, title: Large, when: 'account.seats > 500'}
        """, wrong: "when: 'true'", right: "when: 'account.seats <= 500'",
        fix: "The first that holds is the account's: write the one for all others last.")

    static let unusedMetric = MistakeExample(
        """
        metrics: [{id: streak, unit: count, better: up, active_weeks: true}]
        """, wrong: "active_weeks: true}]", right: "active_weeks: true}]\nshow: [streak]",
        fix: "Read it in a condition or in health, put it under `show`, or remove it.")

    static let unusedMessage = MistakeExample(
        """
        messages: [{id: hello, channel: mail, audience: team, subject: Hello}]
        -- messages/hello.mustache --
        Hello
        """, wrong: "subject: Hello}]",
        right:
            "subject: Hello}]\nroles: [{id: csm, title: CSM}]\nplays: [{id: p, title: P, owner: csm, steps: [{id: a, title: A, do: [{mail: hello, to: [role:csm]}]}]}]",
        fix: "Send it in a step, or remove it with its text.")

    static let unusedCalendar = MistakeExample(
        """
        calendars: [{id: office, time_zone: account, hours: {mon: "09:00-17:00"}}]
        """, wrong: "calendars: [{id: office, time_zone: account, hours: {mon: \"09:00-17:00\"}}]",
        right: "tiers: [{id: free, title: Free}]",
        fix: "Name it in a play, or remove it.")

    static let unchangedEntity = MistakeExample(
        """
        entities: [{id: ticket, title: Ticket}]
        metrics: [{id: open, unit: count, better: down, entities: {kind: ticket, aggregate: count}}]
        show: [open]
        """, wrong: "show: [open]",
        right:
            "show: [open]\nevents: [{type: opened, title: Opened, fields: {id: {type: text}}, entity: {kind: ticket, key: id}}]",
        fix: "Let an event change it: `entity: {kind: …, key: …, set: {…}}`.")

    static let noSuchFeatures = MistakeExample(
        """
        features: [{id: reports, title: Reports}]
        metrics: [{id: breadth, unit: percent, better: up, feature_breadth: {scope: key}, windows: [30d]}]
        show: [breadth.30d]
        """, wrong: "title: Reports", right: "title: Reports, key: true",
        fix: "Mark features with `key: true` or `advanced: true`, or take `scope: all`.")
}
