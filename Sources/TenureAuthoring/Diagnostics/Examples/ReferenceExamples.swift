extension MistakeExample {
    static let unknownEvent = MistakeExample(
        """
        events: [{type: report.exported, title: Report exported}]
        metrics: [{id: exports, unit: count, better: up, sum: {event: reports.exported}, windows: [30d]}]
        show: [exports.30d]
        """, wrong: "{event: reports.exported}", right: "{event: report.exported}",
        fix: "Correct the name, or define the event.")

    static let unknownEventField = MistakeExample(
        """
        events: [{type: used, title: Used, fields: {name: {type: text}}, feature: nam}]
        """, wrong: "feature: nam}", right: "feature: name}", fix: "Correct the name, or declare the field.")

    static let unknownEntity = MistakeExample(
        """
        metrics: [{id: open, unit: count, better: down, entities: {kind: tickets, aggregate: count}}]
        entities: [{id: ticket, title: Ticket}]
        events: [{type: opened, title: Opened, fields: {id: {type: text}}, entity: {kind: ticket, key: id}}]
        show: [open]
        """, wrong: "kind: tickets", right: "kind: ticket", fix: "Correct the name, or define the entity.")

    static let unknownEntityField = MistakeExample(
        """
        entities: [{id: ticket, title: Ticket, fields: {status: {type: text}}, closed: {field: state, values: [solved]}}]
        events: [{type: opened, title: Opened, fields: {id: {type: text}}, entity: {kind: ticket, key: id}}]
        metrics: [{id: open, unit: count, better: down, entities: {kind: ticket, aggregate: count}}]
        show: [open]
        """, wrong: "state", right: "status", fix: "Correct the name, or declare the field.")

    static let unknownFeature = MistakeExample(
        """
        features: [{id: reports, title: Reports}]
        metrics: [{id: uses, unit: count, better: up, feature_uses: report, windows: [30d]}]
        show: [uses.30d]
        """, wrong: "report,", right: "reports,", fix: "Correct the name, or define the feature.")

    static let unknownRole = MistakeExample(
        """
        roles: [{id: csm, title: CSM}]
        plays: [{id: p, title: P, owner: cms, steps: [{id: a, title: A}]}]
        """, wrong: "cms", right: "csm", fix: "Correct the name, or define the role.")

    static let unknownCalendar = MistakeExample(
        """
        roles: [{id: csm, title: CSM}]
        calendars: [{id: office, time_zone: account, hours: {mon: "09:00-17:00"}}]
        plays: [{id: p, title: P, owner: csm, calendar: ofice, steps: [{id: a, title: A}]}]
        """, wrong: "ofice", right: "office", fix: "Correct the name, or define the calendar.")

    static let unknownSignal = MistakeExample(
        """
        roles: [{id: csm, title: CSM}]
        signals: [{id: small, title: Small, severity: low, when: 'account.seats < 5'}]
        plays: [{id: p, title: P, owner: csm, starts_on: [smal], steps: [{id: a, title: A}]}]
        """, wrong: "smal]", right: "small]", fix: "Correct the name, or define the signal.")

    static let unknownPlay = MistakeExample(
        """
        roles: [{id: csm, title: CSM}]
        plays: [{id: rescue, title: Rescue, owner: csm, steps: [{id: a, title: A}]}]
        tests:
          - {id: t, title: T, start: 2026-03-02, days: 1, expect: [{never_started: resque}]}
        """, wrong: "resque", right: "rescue", fix: "Correct the name, or define the play.")

    static let unknownStep = MistakeExample(
        """
        roles: [{id: csm, title: CSM}]
        plays: [{id: p, title: P, owner: csm, steps: [{id: call, title: Call}, {id: visit, title: Visit, after: [cal]}]}]
        """, wrong: "[cal]", right: "[call]", fix: "Name a step of the same play.")

    static let unknownMessage = MistakeExample(
        """
        roles: [{id: csm, title: CSM}]
        plays: [{id: p, title: P, owner: csm, steps: [{id: a, title: A, do: [{mail: helo, to: [role:csm]}]}]}]
        messages: [{id: hello, channel: mail, audience: team, subject: Hello}]
        -- messages/hello.mustache --
        Hello
        """, wrong: "helo,", right: "hello,", fix: "Name a message by its id, never by a path.")

    static let unknownTier = MistakeExample(
        """
        tiers: [{id: gold, title: Gold}]
        tests:
          - {id: t, title: T, start: 2026-03-02, days: 1, account: {tier: golden}, expect: [{nothing: true}]}
        """, wrong: "golden", right: "gold", fix: "Correct the name, or define the tier.")

    static let unknownAccountField = MistakeExample(
        """
        signals: [{id: renewal, title: Renewal, severity: medium, when: 'days_until("term_ends") < 90'}]
        """, wrong: "term_ends", right: "term_end",
        fix: "Name a date: a standard one or an account field of `type: date`.")

    static let unknownMetric = MistakeExample(
        """
        metrics: [{id: users.active, unit: count, better: up, active_members: true, windows: [7d]}]
        signals: [{id: quiet, title: Quiet, severity: high, when: 'm("user.active.7d") < 3.0'}]
        """, wrong: "user.active.7d", right: "users.active.7d", fix: "Correct the name, or define the metric."
    )

    static let wrongWindow = MistakeExample(
        """
        metrics: [{id: users, unit: count, better: up, active_members: true, windows: [7d]}]
        signals: [{id: quiet, title: Quiet, severity: high, when: 'm("users.30d") < 3.0'}]
        """, wrong: "users.30d", right: "users.7d",
        fix: "Take a window that the metric has, or add the window to it.")

    static let unknownBase = MistakeExample(
        """
        programme: {id: mine, title: Mine, version: 1, time_zone: Europe/Rome, extends: catalog}
        """, wrong: "catalog", right: "catalogue", fix: "Write `extends: catalogue`, or leave it out.")

    static let unknownGrade = MistakeExample(
        """
        metrics: [{id: mood, unit: points, better: up, grade: {good: 80, poor: 20}}]
        tests:
          - {id: t, title: T, start: 2026-03-02, days: 1, facts: [{day: 0, event: grade.given, data: {metric: mood, grade: god}}], expect: [{nothing: true}]}
        """, wrong: "god}", right: "good}", fix: "Take one of the grades of the metric.")

    static let unknownComponent = MistakeExample(
        """
        metrics: [{id: streak, unit: count, better: up, active_weeks: true}]
        health:
          id: h
          groups: [{id: use, title: Use, weight: 1, components: [{id: weeks, title: Weeks, weight: 1, metric: streak, curve: {linear: [[0, 0], [9, 100]]}}]}]
          bands: [{id: all, title: All, from: 0, tone: good}]
        signals: [{id: idle, title: Idle, severity: low, when: 'component("weeks") < 20.0'}]
        """, wrong: "component(\"weeks\")", right: "component(\"use.weeks\")", fix: "Write `group.component`."
    )

    static let unknownBand = MistakeExample(
        """
        metrics: [{id: streak, unit: count, better: up, active_weeks: true}]
        health:
          id: h
          groups: [{id: use, title: Use, weight: 1, components: [{id: weeks, title: Weeks, weight: 1, metric: streak, curve: {linear: [[0, 0], [9, 100]]}}]}]
          bands: [{id: healthy, title: All, from: 0, tone: good}]
        tests:
          - {id: t, title: T, start: 2026-03-02, days: 1, expect: [{day: 1, band: helthy}]}
        """, wrong: "helthy", right: "healthy", fix: "Correct the name, or define the band.")

    static let unknownKPI = MistakeExample(
        """
        metrics: [{id: streak, unit: count, better: up, active_weeks: true}]
        kpis: [{id: weeks_in_use, title: Weeks in use, group: usage, better: up, metric: streak}]
        tests:
          - {id: t, title: T, start: 2026-03-02, days: 1, expect: [{judged: weeks_in_us, value: 4}]}
        """, wrong: "weeks_in_us,", right: "weeks_in_use,", fix: "Correct the name, or define the KPI.")

    static let wrongChannel = MistakeExample(
        """
        roles: [{id: csm, title: CSM}]
        messages: [{id: hello, channel: mail, audience: team, subject: Hello}]
        plays: [{id: p, title: P, owner: csm, steps: [{id: a, title: A, do: [{mail: hello, to: [channel:cs]}]}]}]
        -- messages/hello.mustache --
        Hello
        """, wrong: "channel:cs", right: "role:csm",
        fix: "Send mails to roles and contacts, chat messages to channels.")

    static let wrongAudience = MistakeExample(
        """
        roles: [{id: csm, title: CSM}]
        messages: [{id: brief, channel: mail, audience: team, subject: Please call}]
        plays: [{id: p, title: P, owner: csm, steps: [{id: a, title: A, do: [{mail: brief, to: [contact:sponsor]}]}]}]
        -- messages/brief.mustache --
        {{account.name}} is about to leave.
        """, wrong: "contact:sponsor", right: "role:csm",
        fix:
            "Send it to a role, or write a message with `audience: customer`, which can be unsubscribed from."
    )
}
