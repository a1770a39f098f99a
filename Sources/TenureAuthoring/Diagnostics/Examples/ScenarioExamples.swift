extension MistakeExample {
    private static func test(_ clauses: String, days: Int = 9) -> String {
        """
        roles: [{id: csm, title: CSM}]
        signals: [{id: small, title: Small, severity: low, when: 'account.seats < 5'}]
        plays:
          - {id: grow, title: Grow, owner: csm, starts_on: [small], exits: [{when: 'account.seats > 9', outcome: grown}], steps: [{id: call, title: Call, tasks: [Call]}]}
        tests:
          - {id: t, title: T, start: 2026-03-02, days: \(days), \(clauses)}
        """
    }

    static let unknownExpectation = MistakeExample(
        test("expect: [{day: 1}]"), wrong: "{day: 1}", right: "{day: 1, raised: small}",
        fix: "Say what must happen.")

    static let dayOutside = MistakeExample(
        test("expect: [{day: 30, raised: small}]"), wrong: "day: 30", right: "day: 3",
        fix: "Correct the day, or let the test last longer.")

    static let wrongData = MistakeExample(
        test("facts: [{day: 0, event: flag.raised, data: {reason: Angry}}], expect: [{nothing: true}]"),
        wrong: "reason: Angry", right: "flag: complaint, reason: Angry", fix: "Add what the fact needs.")

    static let unknownOwnField = MistakeExample(
        test("account: {seat: 3}, expect: [{day: 0, raised: small}]"), wrong: "seat: 3", right: "seats: 3",
        fix: "Correct the name, or define the account field or role.")

    static let contradiction = MistakeExample(
        test("expect: [{day: 1, raised: small}, {never_raised: small}]"), wrong: ", {never_raised: small}",
        right: "",
        fix: "Keep one of the two.")

    static let unknownOutcome = MistakeExample(
        test("expect: [{day: 4, ended: grow, outcome: growth}]"), wrong: "growth", right: "grown",
        fix: "Take an outcome of the play's exits, or `completed`.")

    static let unknownTask = MistakeExample(
        test(
            "facts: [{day: 1, event: task.completed, data: {play: grow, step: call, task: 1}}], expect: [{day: 1, play: grow}]"
        ),
        wrong: "task: 1}", right: "task: 0}",
        fix: "Tasks are counted from 0; an expectation lists all of them, word for word.")

    static let neverHappens = MistakeExample(
        test("facts: [{day: 5, event: seen, weekdays: true}], expect: [{nothing: true}]")
            + "\nevents: [{type: seen, title: Seen}]",
        wrong: "day: 5,", right: "day: 7,", fix: "Take another day, or leave `weekdays` out.")

    static let impossibleBand = MistakeExample(
        """
        metrics: [{id: streak, unit: count, better: up, active_weeks: true}]
        health:
          id: h
          groups: [{id: use, title: Use, weight: 1, components: [{id: weeks, title: Weeks, weight: 1, metric: streak, curve: {linear: [[0, 0], [9, 100]]}}]}]
          bands: [{id: good, title: Good, from: 60, tone: good}, {id: poor, title: Poor, from: 0, tone: critical}]
        tests:
          - {id: t, title: T, start: 2026-03-02, days: 1, expect: [{day: 1, score: 40..50, band: good}]}
        """, wrong: "band: good}", right: "band: poor}", fix: "Correct the score or the band.")
}
