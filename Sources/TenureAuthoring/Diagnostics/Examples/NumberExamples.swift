extension MistakeExample {
    /// A health model around one part, for the examples that are about it.
    private static func health(
        components: String =
            "{id: weeks, title: Weeks, weight: 1, metric: streak, curve: {linear: [[0, 0], [9, 100]]}}",
        bands: String = "{id: all, title: All, from: 0, tone: good}", more: String = ""
    ) -> String {
        """
        metrics: [{id: streak, unit: count, better: up, active_weeks: true}]
        health:
          id: h\(more)
          groups: [{id: use, title: Use, weight: 1, components: [\(components)]}]
          bands: [\(bands)]
        """
    }

    private static func curve(_ text: String) -> String {
        health(components: "{id: weeks, title: Weeks, weight: 1, metric: streak, curve: \(text)}")
    }

    static let numberOutOfRange = MistakeExample(
        health(
            components:
                "{id: weeks, title: Weeks, weight: 0, metric: streak, curve: {linear: [[0, 0], [9, 100]]}}"),
        wrong: "weight: 0", right: "weight: 1",
        fix: "Write a number of the range. Weights are parts: 2 and 1 mean two thirds and one third.")

    static let bandsNotDescending = MistakeExample(
        health(
            bands:
                "{id: good, title: Good, from: 60, tone: good}, {id: fair, title: Fair, from: 80, tone: fair}, "
                + "{id: poor, title: Poor, from: 0, tone: critical}"),
        wrong: "from: 80", right: "from: 40",
        fix: "Write bands best first, each beginning below the one before.")

    static let bandsNotToZero = MistakeExample(
        health(
            bands:
                "{id: good, title: Good, from: 60, tone: good}, {id: poor, title: Poor, from: 20, tone: critical}"
        ),
        wrong: "from: 20", right: "from: 0", fix: "Let the last band begin at 0.")

    static let curveNotAscending = MistakeExample(
        curve("{linear: [[9, 100], [0, 0]]}"), wrong: "[9, 100], [0, 0]", right: "[0, 0], [9, 100]",
        fix: "Write pairs `[value, points]` with ascending values.")

    static let stepNotLast = MistakeExample(
        curve(
            "{steps: [{id: idle, points: 0}, {id: busy, at_least: 4, points: 100}, {id: rest, points: 50}]}"),
        wrong: "{id: idle, points: 0}, ", right: "",
        fix: "Write the step without an edge last: it takes what is left.")

    static let windowOutOfRange = MistakeExample(
        """
        metrics: [{id: users, unit: count, better: up, active_members: true, windows: [120d]}]
        show: [users.120d]
        """, wrong: "[120d]}]\nshow: [users.120d]", right: "[90d]}]\nshow: [users.90d]",
        fix: "Take `1d` to `90d`, for `change` `1d` to `45d`; `sum` and `distinct` have `lifetime` as well.")

    static let windowNotOffered = MistakeExample(
        """
        metrics: [{id: streak, unit: count, better: up, active_weeks: true, windows: [7d]}]
        show: [streak]
        """, wrong: ", windows: [7d]", right: "", fix: "Leave the windows out.")

    static let spanOutOfRange = MistakeExample(
        """
        signals: [{id: small, title: Small, severity: low, when: 'account.seats < 5', cooldown: -1d}]
        """, wrong: "-1d", right: "1d",
        fix: "Write a duration that is not negative and at most a hundred years.")

    static let hoursOverlap = MistakeExample(
        """
        calendars: [{id: office, time_zone: account, hours: {mon: "09:00-13:00 12:00-17:00"}}]
        roles: [{id: csm, title: CSM}]
        plays: [{id: p, title: P, owner: csm, calendar: office, steps: [{id: a, title: A}]}]
        """, wrong: "09:00-13:00 12:00-17:00", right: "09:00-12:00 13:00-17:00",
        fix: "Let each stretch close after it opens and before the next one opens.")

    static let lastStepHasEdge = MistakeExample(
        curve("{steps: [{id: busy, at_least: 4, points: 100}, {id: idle, below: 4, points: 0}]}"),
        wrong: "id: idle, below: 4,", right: "id: idle,", fix: "Remove the edge of the last step.")

    static let curveStepOutOfReach = MistakeExample(
        curve(
            "{steps: [{id: busy, at_least: 2, points: 100}, {id: very, at_least: 4, points: 80}, {id: idle, points: 0}]}"
        ),
        wrong: "id: very, at_least: 4", right: "id: very, at_least: 1",
        fix: "The first step that holds is taken: write the narrower one first.")

    static let bandOutOfReach = MistakeExample(
        health(
            components:
                "{id: weeks, title: Weeks, weight: 1, metric: streak, curve: {linear: [[0, 0], [9, 70]]}}",
            bands:
                "{id: good, title: Good, from: 80, tone: good}, {id: poor, title: Poor, from: 0, tone: critical}"
        ),
        wrong: "[9, 70]", right: "[9, 100]", fix: "Let a curve reach the band's points, or move the band.")

    static let hysteresisTooWide = MistakeExample(
        health(
            bands:
                "{id: best, title: Best, from: 95, tone: good}, {id: rest, title: Rest, from: 0, tone: fair}",
            more: "\n  hysteresis: 10"),
        wrong: "hysteresis: 10", right: "hysteresis: 3", fix: "Keep it below the points of every band.")

    static let capWithoutEffect = MistakeExample(
        health(more: "\n  caps: [{id: left, title: Left, when: 'flag(\"left\")', at_most: 100}]"),
        wrong: "at_most: 100", right: "at_most: 20",
        fix: "Write the most that the score may be while the condition holds.")

    static let curveAgainstMetric = MistakeExample(
        curve("{linear: [[0, 100], [9, 0]]}"), wrong: "[0, 100], [9, 0]", right: "[0, 0], [9, 100]",
        fix: "Turn the curve, or correct the metric's `better`.")

    static let neverOpen = MistakeExample(
        """
        calendars: [{id: office, time_zone: account, hours: {}}]
        roles: [{id: csm, title: CSM}]
        plays: [{id: p, title: P, owner: csm, calendar: office, steps: [{id: a, title: A}]}]
        """, wrong: "hours: {}", right: "hours: {mon: \"09:00-17:00\"}",
        fix: "Name at least one day with its hours.")

    static let wrongUnit = MistakeExample(
        """
        metrics: [{id: idle, unit: hours, better: down, days_since: {event: seen}}]
        events: [{type: seen, title: Seen}]
        show: [idle]
        """, wrong: "unit: hours", right: "unit: days",
        fix: "Name the unit of what the measure gives, or scale it.")

    static let sampleOutOfReach = MistakeExample(
        """
        metrics: [{id: idle, unit: days, better: down, days_since: {event: seen}, sample_min: 5}]
        events: [{type: seen, title: Seen}]
        show: [idle]
        """, wrong: ", sample_min: 5", right: "",
        fix: "Leave `sample_min` out; it belongs to measures of many observations.")

    static let curveTurns = MistakeExample(
        curve("{linear: [[0, 0], [4, 100], [9, 60]]}"), wrong: "[9, 60]", right: "[9, 100]",
        fix:
            "Let the points only rise or only fall; if both is meant, measure the distance from the best value."
    )

    static let ageWithoutEffect = MistakeExample(
        """
        metrics: [{id: size, unit: count, better: none, expression: double(account.seats), max_age: 48h}]
        show: [size]
        """, wrong: ", max_age: 48h", right: "",
        fix: "Write it at the metric of events that this one is computed from.")
}
