@testable import TenureAuthoring

/// One programme that uses everything the format offers.
let wholeProgramme = ProgrammeFolder(files: [
    ("programme.yaml", wholeHeader), ("events.yaml", wholeEvents), ("metrics.yaml", wholeMetrics),
    ("health.yaml", wholeHealth), ("slas.yaml", wholeSLAs), ("kpis.yaml", wholeKPIs), ("signals.yaml", wholeSignals), ("plays/recovery.yaml", wholePlays),
    ("tests/tests.yaml", wholeTests), ("messages/health_alert.mustache", wholeBody),
    ("messages/health_alert_chat.mustache", "{{account.name}} is at {{health.score}}\n"),
    ("messages/step_overdue.mustache", "{{step.title}} was due {{step.due}}\n"),
])

let wholeCatalogue = ProgrammeFolder(files: [("base.yaml", wholeBase)])

private let wholeHeader = #"""
    programme:
      id: maestro
      title: Maestro
      version: 3
      extends: catalogue
      day_one: 1
      time_zone: America/New_York
      currency: EUR
      revenue: {from: subscriptions, counted: [active, past_due], rates: [{currency: USD, since: 2026-01-01, rate: 0.92}]}
      roll_ups: [{measure: health.score, as: minimum}, {measure: users.active.30d, as: sum}]
      publishing: {approval: required}
      requirements: [MAE-01]
    calendars:
      - id: business
        time_zone: account
        hours: {mon: "09:00-17:00", tue: "09:00-12:00 13:00-17:00"}
        holidays: ["2026-12-25"]
    roles:
      - {id: csm, title: Customer Success Manager}
      - {id: executive, title: Executive team, team: true}
    tiers: [{id: free, title: Free}, {id: starter, title: Starter}, {id: professional, title: Professional}]
    segments:
      - {id: enterprise, title: Enterprise, when: 'account.arr >= 100000.0'}
    account_fields:
      - {id: purchased_features, title: Purchased features, type: whole}
      - {id: mode, title: Deployment mode, type: choice, choices: [A, B, C]}
      - {id: kickoff, title: Kick-off, type: date}
    show: [users.active.30d, uptime.last, users.stickiness.7d, users.active_days.28d, features.breadth.30d, feature.reports.uses.30d, activity.days_since, golive.age, activity.streak, latency.p95.7d, usage.change]
    """#

private let wholeBase = #"""
    events:
      - {type: user.session, title: Session, activity: true}
      - {type: never.used, title: Never used, fields: {invoice: {type: text}}, entity: {kind: invoice, key: invoice, set: {status: "open"}}}
      - type: ticket.created
        title: Ticket created
        fields: {ticket: {type: text, required: true}, priority: {type: choice, choices: [P1, P2, P3]}}
        entity:
          kind: ticket
          key: ticket
          set: {status: "open", priority: {field: priority}, opened_at: {time: true}, reopened: false, weight: 1.5}
    entities:
      - id: ticket
        title: Ticket
        fields: {status: {type: text}, priority: {type: text}, opened_at: {type: instant}, reopened: {type: flag}, weight: {type: number}}
        closed: {field: status, values: [solved, closed]}
      - {id: invoice, title: Invoice, fields: {status: {type: text}, due_at: {type: instant}}}
    metrics:
      - {id: users.active, title: Active users, unit: count, better: up, active_members: true, windows: [1d, 7d, 30d]}
      - {id: tickets.opened, unit: count, better: down, sum: {event: ticket.created}, windows: [30d]}
      - {id: tickets.open_high, unit: count, better: down, entities: {kind: ticket, aggregate: count, when: 'entity.status != "solved" && entity.priority in ["P1", "P2"]'}}
      - {id: invoices.overdue_days, unit: days, better: down, entities: {kind: invoice, aggregate: max, value: 'days_since(entity.due_at)', when: 'entity.status == "open" && entity.due_at < now'}}
    """#

private let wholeEvents = #"""
    events:
      - type: workflow.run
        title: Workflow run
        activity: true
        feature: kind
        fields:
          ok: {type: flag, required: true}
          latency_ms: {type: number}
          kind: {type: text}
        segment:
          - {track: "Workflow Run"}
          - {track: "Report Exported", adding: {kind: reports}}
          - {page: true}
          - {screen: true}
      - {type: usage.measured, title: Usage, fields: {meter: {type: text}, value: {type: number}, at: {type: instant}, n: {type: whole}}}
      - {type: availability.measured, title: Availability, fields: {percent: {type: number}}}
    features:
      - {id: reports, title: Reports, key: true, advanced: false}
    """#

private let wholeMetrics = #"""
    metrics:
      - {id: users.stickiness, unit: ratio, better: up, stickiness: true, windows: [7d, 28d]}
      - {id: users.active_days, unit: days, better: up, active_days: true, windows: [28d]}
      - {id: features.breadth, unit: percent, better: up, feature_breadth: {scope: key, uses: 2, days: 3}, windows: [30d]}
      - {id: feature.reports.uses, unit: count, better: up, feature_uses: reports, windows: [30d]}
      - {id: api.calls, unit: count, better: up, sum: {event: usage.measured, when: 'event.meter == "api"', value: 'event.value'}, windows: [7d, 30d, lifetime]}
      - id: workflows.success_rate
        title: Success rate
        meaning: Runs that ended well.
        unit: percent
        better: up
        ratio: {of: {event: workflow.run, when: 'event.ok'}, to: {event: workflow.run}, scale: 100}
        windows: [7d, 30d]
        sample_min: 20
        max_age: 48h
        requirements: [MAE-07]
      - {id: uptime.last, unit: percent, better: up, last: {event: availability.measured, value: 'event.percent'}}
      - {id: activity.days_since, unit: days, better: down, days_since: {event: user.session}}
      - {id: golive.age, unit: days, better: none, days_since_first: {event: workflow.run, when: 'event.ok'}}
      - {id: activity.streak, unit: count, better: up, active_weeks: true}
      - {id: latency.p95, unit: milliseconds, better: down, percentile: {event: workflow.run, value: 'event.latency_ms', fraction: 0.95}, windows: [7d], sample_min: 20}
      - {id: usage.change, unit: percent, better: up, change: {of: users.active.7d, base_min: 20, significance_min: 2, difference_min: 0}}
      - {id: relationship.engagement, unit: points, better: up, grade: {excellent: 92, good: 77, fair: 60, poor: 25}}
      - {id: users.licence_utilisation, unit: percent, better: up, expression: '100.0 * m("users.active.30d") / double(account.seats)'}
      - {id: support.kept, unit: percent, better: up, attainment: support.resolution, windows: [30d]}
      - {id: is.fresh, unit: bool, better: none, expression: "account.tenure_days < 90 || days_since(\"kickoff\") < 30"}
    """#

private let wholeHealth = ##"""
    health:
      id: overall
      version: 2
      coverage_floor: 60
      group_coverage_floor: 40
      hysteresis: 3
      dwell_days: 2
      groups:
        - id: usage
          title: Usage
          weight: 40
          requirements: [MAE-02]
          components:
            - {id: adoption, title: Platform adoption, weight: 40, metric: users.licence_utilisation, curve: identity}
            - {id: volume, title: Volume, weight: 40, metric: api.calls.30d, curve: {linear: [[0, 0], [1000, 100]]}}
            - id: success
              title: Success
              weight: 20
              metric: workflows.success_rate.7d
              curve:
                steps:
                  - {id: excellent, title: Excellent, above: 99.5, points: 92}
                  - {id: good, title: Good, at_least: 97, points: 77}
                  - {id: odd, below: 10, points: 1}
                  - {id: odder, at_most: 20, points: 2}
                  - {id: poor, title: Poor, points: 25}
        - id: relation
          title: Relationship
          weight: 60
          components:
            - {id: engagement, title: Engagement, weight: 1, metric: relationship.engagement, curve: identity}
      caps:
        - {id: churn_notice, title: Churn notice given, when: 'flag("churn_notice") || component("usage.adoption") < 1.0', at_most: 0}
      bands:
        - {id: healthy, title: Healthy, from: 80, tone: good, colour: "#10B981", action: Grow, description: All is well, review_every_days: 30}
        - {id: watch, title: Watch, from: 60, tone: warning}
        - {id: critical, title: Critical, from: 0, tone: critical}
    """##

private let wholeSLAs = #"""
    slas:
      - id: support
        title: Support
        entity: ticket
        calendar: business
        requirements: [MAE-64]
        clocks:
          - id: picked_up
            title: Picked up
            starts: opened_at
            ends_on: {event: ticket.created, when: 'event.priority == "P3"'}
            targets: [{within: 8bh}]
          - id: resolution
            title: Resolution
            starts: opened_at
            ends_when: 'entity.status in ["solved", "closed"]'
            runs_in: {field: status, values: [open]}
            reopens: true
            targets:
              - {when: 'entity.priority == "P1" && account.mode == "A" && account.tenure_days < 30', within: 30m}
              - {when: 'entity.priority == "P1"', within: 1bd}
    """#

private let wholeKPIs = #"""
    kpis:
      - id: adoption
        title: Adoption
        meaning: Seats in use.
        group: usage
        better: up
        metric: users.licence_utilisation
        target: {at_least: 80}
        bands: [{id: good, title: Good, tone: good, above: 80}, {id: fair, title: Fair, tone: fair, at_least: 50}, {id: poor, title: Poor, tone: critical}]
        trend: {days: 28, within: 2}
        requirements: [MAE-07]
      - {id: callers, title: Callers, group: usage, better: up, share: {metric: api.calls.7d, above: 0, among: {metric: users.active.30d, at_least: 1}}}
      - {id: quick, title: Quick, group: usage, better: down, median: {metric: latency.p95.7d}, target: {below: 900}}
      - {id: kept, title: Kept, group: business, better: up, revenue: nrr}
    """#

private let wholeSignals = #"""
    signals:
      - id: low_adoption
        title: Low adoption
        severity: high
        when: 'm("users.licence_utilisation") < 50.0'
        clear: |
          m("users.licence_utilisation") >= 53.0
            || account.tier == "free"
        for: 3d
        cooldown: 30d
        respond_within: 48h
        description: Platform adoption below 50%
        impact: Potential churn risk
        mitigation: Schedule adoption workshop
        actions: [Schedule an adoption workshop]
        requirements: [MAE-45, MAE-46]
      - id: tickets
        title: Many tickets
        severity: medium
        when: >-
          m("tickets.opened.30d") > 10
          && m("tickets.open_high") > 0
      - {id: everything, title: Everything, severity: opportunity, when: 'health.score > 85 && health.raw_score > 85.0 && health.band == "healthy" && health.coverage >= 85.0 && health.trend == "improving" && health.change_7d > 0.0 && health.change_28d > 0.0 && health.drop_7d_percent < 1.0 && health.below_since_days == 0 && group("usage") > 50.0 && grade("relationship.engagement") == "good" && signal("low_adoption").days_open < 3 && play("critical_recovery").days > 3 && contact("sponsor").days_since_touch < 30 && days_until("term_end") < 90 && account.csm != "" && m("is.fresh") && m("support.kept.30d") > 90.0 && sla("support").breached == 0 && sla("support.resolution").running < 9 && sla("support").next_due == null'}
    """#

private let wholePlays = #"""
    plays:
      - id: critical_recovery
        title: Critical Health Recovery Plan
        version: 4
        starts_on: [low_adoption, tickets]
        when: 'account.tier != "free"'
        owner: csm
        calendar: business
        reentry: 30d
        exits:
          - {when: 'health.score >= 60', outcome: recovered}
        requirements: [MAE-50]
        steps:
          - id: assess
            title: Immediate assessment
            owner: executive
            when: 'health.score < 50'
            window: {from: start, opens: 0h, due: 24h}
            tasks: [Executive escalation call, Technical deep-dive session]
            do:
              - {mail: health_alert, to: [role:csm, contact:sponsor]}
              - {mail: health_alert, to: role:executive}
              - {chat: health_alert_chat, to: channel:cs}
            done_when: 'm("workflows.success_rate.7d") > 99.0'
            sign_off: csm
            overdue:
              - {after: 0h, message: step_overdue, to: role:csm}
              - {after: 24h, message: health_alert_chat, to: channel:cs}
            repeat: {every: 1bd, count: 10}
            required: true
            requirements: [MAE-51]
          - {id: review, title: Review, after: [assess], when: 'step("assess").done && !step("assess").skipped', window: {from: ready, due: 2bd}}
          - {id: follow, title: Follow up, window: {from: step:assess, opens: 1w, due: 1mo}, required: false}
          - {id: renew, title: Renew, window: {from: account:term_end, opens: -120d, due: -30d}}
      - {id: adoption_workshop, title: Workshop, owner: csm, reentry: never, steps: [{id: invite, title: Invite, tasks: [Invite everybody]}]}
    messages:
      - {id: health_alert, title: Health alert, channel: mail, audience: customer, subject: "{{account.name}}: health {{health.score}}"}
      - {id: health_alert_chat, channel: chat, audience: team}
      - {id: step_overdue, channel: mail, audience: customer, subject: Overdue}
    """#

private let wholeBody = #"""
    Dear {{recipient.name}}, {{! a note to authors }}
    {{account.name}} fell from {{health.previous}} to {{ health.score }}:
    {{#health.reasons}}
    - {{.}}
    {{/health.reasons}}
    {{^step.tasks}}Nothing to do.{{/step.tasks}}
    """#

private let wholeTests = #"""
    tests:
      - id: low_adoption_opens_workshop
        title: Half of the seats idle for a month
        start: 2026-03-02
        days: 45
        requirements: [MAE-45]
        account: {name: Acme, tier: professional, seats: 100, arr: 50000, csm: ada, executive: bob, kickoff: 2026-03-02, mode: A, notice_by: null}
        contacts: [{id: c1, role: sponsor, name: Sue, email: sue@acme.example}]
        facts:
          - {days: 0..44, event: user.session, members: 40, count: 1, at: "10:00", weekdays: true, every: 1, data: {}}
          - {day: 12, event: ticket.created, at: 09:30, data: {ticket: 012, priority: P1, extra: {deep: [1, 2.5, yes, true, ~]}}}
          - {day: 3, event: grade.given, data: {metric: relationship.engagement, grade: good}}
          - {day: 3, event: grade.given, data: {metric: relationship.engagement, points: 80}}
          - {day: 3, event: flag.raised, data: {flag: executive_complaint, reason: Angry}}
          - {day: 9, event: task.completed, data: {play: critical_recovery, step: assess, task: 0}}
          - {day: 9, event: step.signed_off, data: {play: critical_recovery, step: assess, by: csm}}
          - {day: 5, event: account.changed, data: {seats: 120}}
          - {day: 5, event: contact.changed, data: {contact: c1, role: sponsor, left: true}}
          - {day: 6, event: usage.measured, data: {meter: api, value: 3, at: "2026-03-09T11:00:00Z", n: 4}}
        expect:
          - {day: 44, score: 55..60, band: critical}
          - {day: 44, score: 58}
          - {day: 43, band: watch}
          - {day: 44, component: usage.adoption, points: 40.0}
          - {day: 44, component: usage.volume, points: null}
          - {day: 44, metric: users.active.30d, value: 40, within: 0.001}
          - {day: 44, metric: invoices.overdue_days, value: null}
          - {day: 30, raised: low_adoption}
          - {day: 44, signal: low_adoption, open: true}
          - {day: 30, play: adoption_workshop, owner: csm}
          - {day: 44, ended: adoption_workshop, outcome: completed}
          - {day: 30, step: adoption_workshop/invite, state: ready, due: "2026-04-03T09:00:00Z", owner: csm, tasks: [Invite everybody]}
          - {day: 12, clock: support.resolution, of: "012", state: late, within: 30m, due: "2026-03-14T14:00:00Z", at: "10:00"}
          - {day: 30, message: health_alert, to: role:csm, contains: [Acme]}
          - {never_raised: tickets}
          - {never_started: critical_recovery}
          - {never_sent: step_overdue}
      - {id: quiet, title: Quiet, start: 2026-03-02, days: 1, expect: [{nothing: true}]}
    """#
