/// A small programme with one definition of each kind: fuzzed files stand in for one of its own, by their order.
enum SmallProgramme {
    static let files: [(path: String, bytes: [UInt8])] = texts.map { ($0.path, Array($0.text.utf8)) }

    private static let texts: [(path: String, text: String)] = [
        ("events.yaml", events), ("health.yaml", health), ("messages/health_alert.mustache", "{{account.name}}\n"),
        ("messages/health_alert_chat.mustache", "{{health.score}}\n"), ("messages/step_overdue.mustache", "{{step.due}}\n"),
        ("metrics.yaml", metrics), ("plays/recovery.yaml", plays), ("programme.yaml", programme),
        ("signals.yaml", signals), ("tests/tests.yaml", tests), ("kpis.yaml", kpis),
    ]

    private static let programme = """
        programme: {id: small, title: Small, version: 1, extends: catalogue, time_zone: Europe/Rome, roll_ups: [{measure: arr, as: sum}, {measure: users.active.7d, as: mean}]}
        roles: [{id: csm, title: Manager}]
        account_fields: [{id: mode, title: Mode, type: choice, choices: [A, B]}]
        """

    static let catalogue = """
        events: [{type: user.session, title: Session, activity: true}]
        metrics: [{id: users.active, title: Active users, unit: count, better: up, active_members: true, windows: [7d]}]
        """

    private static let events = """
        events: [{type: workflow.run, title: Run, fields: {ok: {type: flag}, n: {type: number}}}]
        features: [{id: reports, title: Reports}]
        """

    private static let metrics = """
        metrics: [{id: api.calls, unit: count, better: up, sum: {event: workflow.run, when: 'event.ok'}, windows: [7d]}]
        """

    private static let health = """
        health:
          id: overall
          version: 1
          groups: [{id: usage, title: Usage, weight: 1, components: [{id: volume, title: Volume, weight: 1, metric: api.calls.7d, curve: identity}]}]
          bands: [{id: good, title: Good, from: 50, tone: good}, {id: bad, title: Bad, from: 0, tone: critical}]
        """

    private static let kpis = """
        kpis:
          - {id: reach, title: Reach, group: usage, better: up, share: {metric: users.active.7d, above: 0, among: {metric: api.calls.7d, above: 0}}, target: {at_least: 90}, bands: [{id: good, title: Good, tone: good, above: 80}, {id: poor, title: Poor, tone: critical}], trend: {within: 2, days: 14}}
          - {id: calls, title: Calls, better: up, ratio: {of: api.calls.7d, to: users.active.7d, scale: 2}}
          - {id: idle, title: Idle, better: down, mean: {metric: users.active.7d}, target: {at_most: 2}}
          - {id: kept, title: Kept, better: up, revenue: nrr}
        """

    private static let signals = """
        signals: [{id: low_adoption, title: Low, severity: high, when: 'm("users.active.7d") < 5.0'}]
        """

    private static let plays = """
        plays: [{id: critical_recovery, title: Recover, starts_on: [low_adoption], owner: csm, reentry: never, steps: [{id: assess, title: Assess, tasks: [Call]}]}]
        messages:
          - {id: health_alert, channel: mail, audience: team, subject: Alert}
          - {id: health_alert_chat, channel: chat, audience: team}
          - {id: step_overdue, channel: mail, audience: team, subject: Overdue}
        """

    private static let tests = """
        tests: [{id: quiet, title: Quiet, start: 2026-03-02, days: 1, expect: [{nothing: true}]}]
        """
}
