extension MistakeExample {
    static let unknownSection = MistakeExample(
        """
        role: [{id: csm, title: CSM}]
        """, wrong: "role:", right: "roles:", fix: "Correct the name of the section.")

    static let unknownKey = MistakeExample(
        """
        signals:
          - {id: small, title: Small, severity: low, when: 'account.seats < 5', cooldwon: 3d}
        """, wrong: "cooldwon", right: "cooldown", fix: "Correct the key, or remove it.")

    static let missingKey = MistakeExample(
        """
        roles: [{id: csm}]
        """, wrong: "id: csm", right: "id: csm, title: CSM", fix: "Add the key.")

    static let wrongKind = MistakeExample(
        """
        roles: [{id: executive, title: Executives, team: yes}]
        """, wrong: "yes", right: "true",
        fix:
            "Write what is due. Numbers and flags are written plainly: no quotes, no leading zeros, `true` or `false`."
    )

    static let notAChoice = MistakeExample(
        """
        signals:
          - {id: small, title: Small, severity: urgent, when: 'account.seats < 5'}
        """, wrong: "urgent", right: "critical", fix: "Take one of the choices.")

    static let malformedID = MistakeExample(
        """
        roles: [{id: key account manager, title: KAM}]
        """, wrong: "key account manager", right: "key_account_manager",
        fix: "Use letters, digits, `_` and `-`; what people read is the title.")

    static let duplicateID = MistakeExample(
        """
        roles: [{id: csm, title: CSM}]
        -- more.yaml --
        roles: [{id: csm, title: Customer Success Manager}]
        """, wrong: "id: csm, title: Customer", right: "id: manager, title: Customer",
        fix: "Rename or remove one.")

    static let measureCount = MistakeExample(
        """
        metrics: [{id: streak, unit: count, better: up}]
        show: [streak]
        """, wrong: "better: up", right: "better: up, active_weeks: true", fix: "Give the metric one measure."
    )

    static let programmeCount = MistakeExample(
        """
        health: {id: h, groups: [{id: g, title: G, weight: 1, components: [{id: c, title: C, weight: 1, metric: streak, curve: identity}]}], bands: [{id: all, title: All, from: 0, tone: good}]}
        metrics: [{id: streak, unit: count, better: up, active_weeks: true}]
        -- more.yaml --
        health: {id: h, groups: [], bands: []}
        """, wrong: "-- more.yaml --\nhealth: {id: h, groups: [], bands: []}", right: "",
        fix: "Keep one: only lists may be spread over files.")

    static let malformedSpan = MistakeExample(
        """
        signals:
          - {id: small, title: Small, severity: low, when: 'account.seats < 5', cooldown: P1M}
        """, wrong: "P1M", right: "1mo",
        fix: "Write a number and a unit: `m` minutes, `h`, `d`, `w`, `mo` months, `bh`, `bd`.")

    static let malformedDate = MistakeExample(
        """
        tests:
          - {id: t, title: T, start: 2026-02-29, days: 1, expect: [{nothing: true}]}
        """, wrong: "2026-02-29", right: "2026-02-28",
        fix: "Write a date that exists, as year, month and day.")

    static let malformedHours = MistakeExample(
        """
        calendars:
          - {id: office, time_zone: Europe/Rome, hours: {mon: "9 to 5"}}
        roles: [{id: csm, title: CSM}]
        plays: [{id: p, title: P, owner: csm, calendar: office, steps: [{id: a, title: A}]}]
        """, wrong: "9 to 5", right: "09:00-17:00",
        fix: "Write hours with two digits and a dash, several stretches with a blank between.")

    static let unknownZone = MistakeExample(
        """
        calendars:
          - {id: office, time_zone: Europe/Roma, hours: {mon: "09:00-17:00"}}
        roles: [{id: csm, title: CSM}]
        plays: [{id: p, title: P, owner: csm, calendar: office, steps: [{id: a, title: A}]}]
        """, wrong: "Europe/Roma", right: "Europe/Rome",
        fix: "Take a name of the IANA database, or `account`.")

    static let malformedColour = MistakeExample(
        """
        metrics: [{id: streak, unit: count, better: up, active_weeks: true}]
        health:
          id: h
          groups: [{id: g, title: G, weight: 1, components: [{id: c, title: C, weight: 1, metric: streak, curve: identity}]}]
          bands: [{id: all, title: All, from: 0, tone: good, colour: green}]
        """, wrong: "green", right: "\"#10B981\"", fix: "Write six hexadecimal digits behind `#`, in quotes.")

    static let malformedCurrency = MistakeExample(
        """
        programme: {id: mine, title: Mine, version: 1, time_zone: Europe/Rome, currency: euro}
        """, wrong: "euro", right: "EUR", fix: "Write the three capital letters of ISO 4217.")

    static let malformedRecipient = MistakeExample(
        """
        roles: [{id: csm, title: CSM}]
        messages: [{id: hello, channel: mail, audience: team, subject: Hello}]
        plays: [{id: p, title: P, owner: csm, steps: [{id: a, title: A, do: [{mail: hello, to: [csm]}]}]}]
        -- messages/hello.mustache --
        Hello
        """, wrong: "[csm]", right: "[role:csm]", fix: "Say what kind of recipient it is.")

    static let malformedRange = MistakeExample(
        """
        events: [{type: seen, title: Seen}]
        tests:
          - {id: t, title: T, start: 2026-03-02, days: 9, facts: [{days: 9..1, event: seen}], expect: [{nothing: true}]}
        """, wrong: "9..1", right: "1..9", fix: "Write the first, two dots and the last.")

    static let notForCatalogue = MistakeExample(
        """
        programme: {id: mine, title: Mine, version: 1, time_zone: Europe/Rome, extends: catalogue}
        -- catalogue/roles.yaml --
        roles: [{id: csm, title: CSM}]
        """, wrong: "roles: [{id: csm, title: CSM}]", right: "events: [{type: seen, title: Seen}]",
        fix: "Move the section into the programme.")

    static let oneOfKeys = MistakeExample(
        """
        roles: [{id: csm, title: CSM}]
        messages: [{id: hello, channel: mail, audience: team, subject: Hello}]
        plays: [{id: p, title: P, owner: csm, steps: [{id: a, title: A, do: [{mail: hello, chat: hello, to: [role:csm]}]}]}]
        -- messages/hello.mustache --
        Hello
        """, wrong: "mail: hello, chat: hello", right: "mail: hello", fix: "Keep one of the keys.")

    static let reservedID = MistakeExample(
        """
        account_fields: [{id: seats, title: Seats, type: whole}]
        """, wrong: "seats", right: "seats_bought", fix: "Choose another id, or use what is there already.")

    static let malformedAnchor = MistakeExample(
        """
        roles: [{id: csm, title: CSM}]
        plays: [{id: p, title: P, owner: csm, steps: [{id: a, title: A, window: {from: now, due: 3d}}]}]
        """, wrong: "now", right: "ready", fix: "Name a moment that the play knows.")

    static let malformedRequirement = MistakeExample(
        """
        roles: [{id: csm, title: CSM, requirements: [csm]}]
        """, wrong: "[csm]", right: "[MAE-45]", fix: "Write the id of the other document, with its dash.")

    static let emptyList = MistakeExample(
        """
        roles: [{id: csm, title: CSM}]
        plays: [{id: p, title: P, owner: csm, steps: []}]
        """, wrong: "steps: []", right: "steps: [{id: call, title: Call}]",
        fix: "Add an item, or remove the definition.")

    static let repeatedItem = MistakeExample(
        """
        metrics: [{id: users, unit: count, better: up, active_members: true, windows: [7d, 7d]}]
        show: [users.7d]
        """, wrong: "[7d, 7d]", right: "[7d]", fix: "Remove one.")

    static let caseTwins = MistakeExample(
        """
        tiers: [{id: gold, title: Gold}, {id: Gold, title: Gold (old)}]
        """, wrong: "id: Gold,", right: "id: gold_before_2026,", fix: "Give one a name that differs by more.")

    static let emptyText = MistakeExample(
        """
        roles: [{id: csm, title: " "}]
        """, wrong: "\" \"", right: "CSM", fix: "Write the text, or remove the key if it is optional.")

    static let callClaimedTwice = MistakeExample(
        """
        events:
          - {type: exported, title: Exported, segment: [{track: Report Exported}]}
          - {type: reported, title: Reported, segment: [{track: Report Exported}]}
        """, wrong: "title: Reported, segment: [{track: Report Exported}]", right: "title: Reported",
        fix: "Let one event claim the call.")

    static let wrongFieldKind = MistakeExample(
        """
        events:
          - {type: opened, title: Opened, fields: {id: {type: text}}, entity: {kind: ticket, key: id, set: {urgent: "yes"}}}
        entities: [{id: ticket, title: Ticket, fields: {urgent: {type: flag}}}]
        metrics: [{id: urgent, unit: count, better: down, entities: {kind: ticket, aggregate: count, when: entity.urgent}}]
        show: [urgent]
        """, wrong: "\"yes\"", right: "true", fix: "Set a value of the field's kind, or change the kind.")
}
