import Testing

@testable import TenureAuthoring

/// What an author reads for each mistake, word for word.
@Suite struct `Mistakes in references and conditions as text` {
    @Test func `a metric that is misspelt`() {
        let text = #"""
            metrics:
              - {id: active_users, unit: count, better: up, active_members: true, windows: [7d, 28d]}
            signals:
              - id: quiet
                title: Quiet
                severity: high
                when: m("active_user.7d") < 0.5 * m("active_users.28d")
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P214]: this signal refers to a metric that does not exist
                  ┌─ b.yaml:7:14
                  │
                7 │     when: m("active_user.7d") < 0.5 * m("active_users.28d")
                  │              ^^^^^^^^^^^^^^ no metric is called `active_user`
                  │
                  ┌─ b.yaml:2:10
                  │
                2 │   - {id: active_users, unit: count, better: up, active_members: true, windows: [7d, 28d]}
                  │          ------------ the nearest one is here
                  │
                Hint: did you mean `active_users`?   More: tenure explain P214

                """#)
    }

    @Test func `a window that the metric does not have`() {
        let text = #"""
            metrics:
              - {id: active_users, unit: count, better: up, active_members: true, windows: [7d, 28d]}
            signals:
              - {id: quiet, title: Quiet, severity: high, when: "m(\"active_users.9d\") < 1.0"}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P215]: the metric `active_users` is referred to with the wrong window
                  ┌─ b.yaml:4:58
                  │
                4 │   - {id: quiet, title: Quiet, severity: high, when: "m(\"active_users.9d\") < 1.0"}
                  │                                                          ^^^^^^^^^^^^^^^ it has no window `9d`
                  │
                  ┌─ b.yaml:2:10
                  │
                2 │   - {id: active_users, unit: count, better: up, active_members: true, windows: [7d, 28d]}
                  │          ------------ the metric is here
                  │
                A metric is referred to with one of its windows as the last segment, or bare when it has none.
                Hint: write `active_users.7d` or `active_users.28d`, or add the window   More: tenure explain P215

                """#)
    }

    @Test func `a signal that does not exist`() {
        let text = #"""
            roles: [{id: csm, title: CSM}]
            signals:
              - {id: low_adoption, title: Low, severity: low, when: 'account.seats > 3'}
            plays:
              - {id: p, title: P, owner: csm, starts_on: [low_adoptoin], steps: [{id: s, title: S}]}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P208]: this play refers to a signal that does not exist
                  ┌─ b.yaml:5:47
                  │
                5 │   - {id: p, title: P, owner: csm, starts_on: [low_adoptoin], steps: [{id: s, title: S}]}
                  │                                               ^^^^^^^^^^^^ no signal is called `low_adoptoin`
                  │
                  ┌─ b.yaml:3:10
                  │
                3 │   - {id: low_adoption, title: Low, severity: low, when: 'account.seats > 3'}
                  │          ------------ the nearest one is here
                  │
                Hint: did you mean `low_adoption`?   More: tenure explain P208

                """#)
    }

    @Test func `an event that does not exist`() {
        let text = #"""
            events:
              - {type: ticket.created, title: Ticket}
            metrics:
              - {id: m, unit: count, better: up, sum: {event: ticket.create}, windows: [7d]}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P201]: this metric refers to an event that does not exist
                  ┌─ b.yaml:4:51
                  │
                4 │   - {id: m, unit: count, better: up, sum: {event: ticket.create}, windows: [7d]}
                  │                                                   ^^^^^^^^^^^^^ no event is called `ticket.create`
                  │
                  ┌─ b.yaml:2:12
                  │
                2 │   - {type: ticket.created, title: Ticket}
                  │            -------------- the nearest one is here
                  │
                Hint: did you mean `ticket.created`?   More: tenure explain P201

                """#)
    }

    @Test func `a field that the event does not have`() {
        let text = #"""
            events:
              - {type: ticket.created, title: Ticket, fields: {priority: {type: text}}}
            metrics:
              - {id: m, unit: count, better: up, sum: {event: ticket.created, when: 'event.prio == "P1"'}, windows: [7d]}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P302]: this condition mentions a name that means nothing here
                  ┌─ b.yaml:4:74
                  │
                4 │   - {id: m, unit: count, better: up, sum: {event: ticket.created, when: 'event.prio == "P1"'}, windows: [7d]}
                  │                                                                          ^^^^^^^^^^ nothing here is called `event.prio`
                  │
                A measure may read the declared fields of its event or entity.
                More: tenure explain P302

                """#)
    }

    @Test func `an account field in a folded condition`() {
        let text = #"""
            signals:
              - id: a
                title: A
                severity: low
                when: >-
                  account.arr > 3.0
                  && account.seets > 3
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P302]: this condition mentions a name that means nothing here
                  ┌─ b.yaml:7:10
                  │
                7 │       && account.seets > 3
                  │          ^^^^^^^^^^^^^ nothing here is called `account.seets`
                  │
                A signal may read the account's fields and dates, flags, grades, contacts, metrics, health, SLAs, signals and plays.
                Hint: did you mean `account.seats`?   More: tenure explain P302

                """#)
    }

    @Test func `an account field in a literal condition`() {
        let text = #"""
            signals:
              - id: a
                title: A
                severity: low
                when: |
                  account.arr > 3.0
                    && account.seets > 3
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P302]: this condition mentions a name that means nothing here
                  ┌─ b.yaml:7:12
                  │
                7 │         && account.seets > 3
                  │            ^^^^^^^^^^^^^ nothing here is called `account.seets`
                  │
                A signal may read the account's fields and dates, flags, grades, contacts, metrics, health, SLAs, signals and plays.
                Hint: did you mean `account.seats`?   More: tenure explain P302

                """#)
    }

    @Test func `a condition that breaks off`() {
        let text = #"""
            signals:
              - {id: a, title: A, severity: low, when: 'account.arr >'}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P301]: this condition is not valid CEL
                  ┌─ b.yaml:2:58
                  │
                2 │   - {id: a, title: A, severity: low, when: 'account.arr >'}
                  │                                                          ^ expected a value, found the end
                  │
                More: tenure explain P301

                """#)
    }

    @Test func `a condition that gives a number`() {
        let text = #"""
            signals:
              - {id: a, title: A, severity: low, when: 'account.arr'}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P304]: this condition joins things that do not fit
                  ┌─ b.yaml:2:45
                  │
                2 │   - {id: a, title: A, severity: low, when: 'account.arr'}
                  │                                             ^^^^^^^^^^^ this gives double, but bool is needed here
                  │
                Hint: compare it with something, such as `… > 5` or `… == "a"`   More: tenure explain P304

                """#)
    }

    @Test func `text compared with a number`() {
        let text = #"""
            signals:
              - {id: a, title: A, severity: low, when: 'account.name < 3'}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P304]: this condition joins things that do not fit
                  ┌─ b.yaml:2:45
                  │
                2 │   - {id: a, title: A, severity: low, when: 'account.name < 3'}
                  │                                             ^^^^^^^^^^^^^^^^ there is no `<` for string and int
                  │
                Hint: a text is quoted, a number is not   More: tenure explain P304

                """#)
    }

    @Test func `a cap that reads the score`() {
        let text = #"""
            health:
              id: overall
              groups: [{id: g, title: G, weight: 1, components: [{id: c, title: C, weight: 1, metric: s, curve: {linear: [[0, 0], [9, 100]]}}]}]
              caps: [{id: c, title: C, when: 'health.score > 3', at_most: 10}]
              bands: [{id: a, title: A, from: 0, tone: good}]
            metrics: [{id: s, unit: count, better: up, active_weeks: true}]
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P302]: this condition mentions a name that means nothing here
                  ┌─ b.yaml:4:35
                  │
                4 │   caps: [{id: c, title: C, when: 'health.score > 3', at_most: 10}]
                  │                                   ^^^^^^^^^^^^ nothing here is called `health.score`
                  │
                A cap may read the account's fields and dates, flags, grades, contacts, metrics and the points of components and groups.
                More: tenure explain P302

                """#)
    }

    @Test func `an expression that gives text`() {
        let text = #"""
            metrics:
              - {id: x, unit: count, better: up, expression: 'account.name'}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P308]: `expression` must give a number
                  ┌─ b.yaml:2:50
                  │
                2 │   - {id: x, unit: count, better: up, expression: 'account.name'}
                  │                                                  ^^^^^^^^^^^^^^ this gives string
                  │
                More: tenure explain P308

                """#)
    }
}
