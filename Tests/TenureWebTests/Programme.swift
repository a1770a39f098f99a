import TenureAuthoring

/// A programme with one of everything that pages and the API show.
let testProgramme = ProgrammeFolder(files: [
    (
        "programme.yaml",
        #"""
        programme:
          id: acme
          title: Acme Vendor
          version: 1
          day_one: 0
          time_zone: UTC
          currency: USD
          roll_ups:
            - {measure: arr, as: sum}
            - {measure: health.score, as: minimum}
            - {measure: users.active.7d, as: sum}
            - {measure: users.active.7d, as: arr_weighted}
            - {measure: seats, as: mean}
        roles: [{id: csm, title: Customer Success Manager}]
        tiers: [{id: basic, title: Basic}]
        account_fields: [{id: mode, title: Mode, type: choice, choices: [a, b]}]
        events:
          - type: user.session
            title: Session
            activity: true
            segment: [{page: true}]
          - type: report.exported
            title: Report exported
            activity: true
            fields: {format: {type: choice, choices: [pdf, csv], required: true}, kind: {type: text}}
            segment: [{track: "Report Exported", adding: {kind: report}}]
          - type: churn.noticed
            title: Notice
            fields: {scope: {type: text, required: true}}
          - type: value.recorded
            title: Value
            fields: {kind: {type: choice, choices: [money], required: true}, amount: {type: number, required: true}}
        metrics:
          - {id: users.active, title: Active users, unit: count, better: up, active_members: true, windows: [7d]}
          - {id: relation, title: Relation, unit: points, better: up, grade: {good: 90, poor: 20}}
        health:
          id: overall
          version: 1
          coverage_floor: 10
          group_coverage_floor: 10
          hysteresis: 0
          dwell_days: 0
          groups:
            - id: usage
              title: Usage
              weight: 60
              components:
                - {id: active, title: Active users, weight: 1, metric: users.active.7d, curve: {linear: [[0, 0], [3, 100]]}}
            - id: people
              title: People
              weight: 40
              components:
                - {id: relation, title: Relation, weight: 1, metric: relation, curve: identity}
          caps:
            - {id: notice, title: Notice given, when: 'flag("churn_notice")', at_most: 0}
          bands:
            - {id: healthy, title: Healthy, from: 70, tone: good, action: Grow}
            - {id: critical, title: Critical, from: 0, tone: critical, action: Call}
        kpis:
          - id: active_users
            title: Active users
            group: usage
            better: up
            metric: users.active.7d
            target: {at_least: 2}
            bands: [{id: good, title: Well used, tone: good, above: 2}, {id: low, title: Hardly used, tone: critical}]
            trend: {days: 7, within: 0.5}
          - {id: in_use, title: In use, group: usage, better: up, share: {metric: users.active.7d, at_least: 2}, target: {at_least: 50}, trend: {days: 7}}
          - {id: kept, title: Kept, group: our_business, better: up, revenue: logo.retention}
        signals:
          - {id: few_users, title: Few users, severity: high, when: 'm("users.active.7d") < 2.0', description: Hardly used, mitigation: Invite more, actions: [Call the admin]}
        plays:
          - id: invite
            title: Invite users
            starts_on: [few_users]
            owner: csm
            steps:
              - {id: ask, title: Ask the admin, window: {from: start, due: 2d}, tasks: [Call, Write], sign_off: csm}
              - {id: look, title: Look again, after: [ask], window: {from: ready, due: 2d}, tasks: [Look]}
        """#
    )
])
