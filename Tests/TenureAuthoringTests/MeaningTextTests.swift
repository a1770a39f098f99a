import Testing

@testable import TenureAuthoring

/// What an author reads for each mistake, word for word.
@Suite struct `Mistakes in numbers, order and scenarios as text` {
    @Test func `a weight of nothing`() {
        let text = #"""
            health:
              id: overall
              groups: [{id: g, title: G, weight: 0, components: [{id: c, title: C, weight: 1, metric: s, curve: {linear: [[0, 0], [9, 100]]}}]}]
              bands: [{id: a, title: A, from: 0, tone: good}]
            metrics: [{id: s, unit: count, better: up, active_weeks: true}]
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P401]: `weight` is out of range
                  ┌─ b.yaml:3:38
                  │
                3 │   groups: [{id: g, title: G, weight: 0, components: [{id: c, title: C, weight: 1, metric: s, curve: {linear: [[0, 0], [9, 100]]}}]}]
                  │                                      ^ it must be from 1 to 1000000
                  │
                More: tenure explain P401

                """#)
    }

    @Test func `bands in the wrong order`() {
        let text = #"""
            health:
              id: overall
              groups: [{id: g, title: G, weight: 1, components: [{id: c, title: C, weight: 1, metric: s, curve: {linear: [[0, 0], [9, 100]]}}]}]
              bands:
                - {id: a, title: A, from: 50, tone: good}
                - {id: b, title: B, from: 60, tone: fair}
                - {id: c, title: C, from: 10, tone: critical}
            metrics: [{id: s, unit: count, better: up, active_weeks: true}]
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P402]: this band does not begin below the one before it
                  ┌─ b.yaml:6:31
                  │
                6 │     - {id: b, title: B, from: 60, tone: fair}
                  │                               ^^ it begins at 60
                  │
                  ┌─ b.yaml:5:31
                  │
                5 │     - {id: a, title: A, from: 50, tone: good}
                  │                               -- the one before begins at 50
                  │
                Bands are written best first.
                More: tenure explain P402

                error[P403]: scores below 10 have no band
                  ┌─ b.yaml:7:31
                  │
                7 │     - {id: c, title: C, from: 10, tone: critical}
                  │                               ^^ the last one ends here
                  │
                The last band begins at 0, so that every score has a band.
                More: tenure explain P403

                """#)
    }

    @Test func `a curve that does not ascend`() {
        let text = #"""
            metrics:
              - {id: m, unit: count, better: up, active_weeks: true}
            health:
              id: overall
              groups: [{id: g, title: G, weight: 1, components: [{id: c, title: C, weight: 1, metric: m, curve: {linear: [[0, 0], [0, 100]]}}]}]
              bands: [{id: a, title: A, from: 0, tone: good}]
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P404]: the points of this curve do not ascend
                  ┌─ b.yaml:5:119
                  │
                5 │   groups: [{id: g, title: G, weight: 1, components: [{id: c, title: C, weight: 1, metric: m, curve: {linear: [[0, 0], [0, 100]]}}]}]
                  │                                                                                                                       ^ not above the value before
                  │
                  ┌─ b.yaml:5:111
                  │
                5 │   groups: [{id: g, title: G, weight: 1, components: [{id: c, title: C, weight: 1, metric: m, curve: {linear: [[0, 0], [0, 100]]}}]}]
                  │                                                                                                               - the one before
                  │
                Points are written `[value, points]` with ascending values.
                More: tenure explain P404

                """#)
    }

    @Test func `a window that is too long`() {
        let text = #"""
            metrics:
              - {id: a, unit: count, better: up, active_members: true, windows: [7d, 91d]}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P406]: `91d` is no window
                  ┌─ b.yaml:2:74
                  │
                2 │   - {id: a, unit: count, better: up, active_members: true, windows: [7d, 91d]}
                  │                                                                          ^^^ here
                  │
                A window is `1d` to `90d` here, or `lifetime` for `sum` and `distinct`.
                More: tenure explain P406

                """#)
    }

    @Test func `metrics in a ring`() {
        let text = #"""
            metrics:
              - {id: a, unit: count, better: up, expression: 'm("b") + 1.0'}
              - {id: b, unit: count, better: up, expression: 'm("a") + 1.0'}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P501]: these metrics are computed from each other
                  ┌─ b.yaml:2:10
                  │
                2 │   - {id: a, unit: count, better: up, expression: 'm("b") + 1.0'}
                  │          ^ this one reads itself
                  │
                  ┌─ b.yaml:3:10
                  │
                3 │   - {id: b, unit: count, better: up, expression: 'm("a") + 1.0'}
                  │          - this one, too
                  │
                `a` → `b` → `a`
                More: tenure explain P501

                """#)
    }

    @Test func `a curve that leaves values without points`() {
        let text = #"""
            health:
              id: h
              groups:
                - id: g
                  title: G
                  weight: 1
                  components:
                    - {id: c, title: C, weight: 1, metric: m, curve: {steps: [{id: low, below: 5, points: 100}]}}
              bands: [{id: all, title: All, from: 0, tone: good}]
            metrics:
              - {id: m, unit: count, better: up, expression: '1.0'}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P410]: values beyond this step have no points
                  ┌─ b.yaml:8:68
                  │
                8 │         - {id: c, title: C, weight: 1, metric: m, curve: {steps: [{id: low, below: 5, points: 100}]}}
                  │                                                                    ^^ it is the last and has an edge
                  │
                The first step that holds is taken; the last one takes whatever is left.
                Hint: remove its edge, or add a step without one   More: tenure explain P410

                """#)
    }

    @Test func `steps in a ring`() {
        let text = #"""
            roles: [{id: csm, title: CSM}]
            plays:
              - id: p
                title: P
                owner: csm
                steps:
                  - {id: first, title: A, after: [third]}
                  - {id: second, title: B, after: [first]}
                  - {id: third, title: C, after: [second]}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P502]: these steps wait for each other
                  ┌─ b.yaml:7:14
                  │
                7 │       - {id: first, title: A, after: [third]}
                  │              ^^^^^ this one waits for itself
                  │
                  ┌─ b.yaml:9:14
                  │
                9 │       - {id: third, title: C, after: [second]}
                  │              ----- this one, too
                  │
                  ┌─ b.yaml:8:14
                  │
                8 │       - {id: second, title: B, after: [first]}
                  │              ------ this one, too
                  │
                `first` → `third` → `second` → `first`
                More: tenure explain P502

                """#)
    }

    @Test func `a step that is due before it opens`() {
        let text = #"""
            roles: [{id: csm, title: CSM}]
            plays:
              - id: p
                title: P
                owner: csm
                steps:
                  - {id: a, title: A, window: {from: ready, opens: 3d, due: 24h}}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P503]: this step is due before it opens
                  ┌─ b.yaml:7:65
                  │
                7 │       - {id: a, title: A, window: {from: ready, opens: 3d, due: 24h}}
                  │                                                                 ^^^ due here
                  │
                  ┌─ b.yaml:7:56
                  │
                7 │       - {id: a, title: A, window: {from: ready, opens: 3d, due: 24h}}
                  │                                                        -- opens here
                  │
                More: tenure explain P503

                """#)
    }

    @Test func `business time without a calendar`() {
        let text = #"""
            roles: [{id: csm, title: CSM}]
            plays:
              - {id: p, title: P, owner: csm, steps: [{id: a, title: A, window: {due: 2bd}}]}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P504]: no calendar says what `2bd` is
                  ┌─ b.yaml:3:75
                  │
                3 │   - {id: p, title: P, owner: csm, steps: [{id: a, title: A, window: {due: 2bd}}]}
                  │                                                                           ^^^ business time
                  │
                Business hours and days are counted by the play's calendar.
                Hint: add `calendar:` to the play   More: tenure explain P504

                """#)
    }

    @Test func `a recipient without a kind`() {
        let text = #"""
            roles: [{id: csm, title: CSM}]
            messages: [{id: hi, channel: mail, audience: team, subject: Hi}]
            plays:
              - {id: p, title: P, owner: csm, steps: [{id: a, title: A, do: [{mail: hi, to: [csm]}]}]}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P608]: this message has no text
                  ┌─ b.yaml:2:17
                  │
                2 │ messages: [{id: hi, channel: mail, audience: team, subject: Hi}]
                  │                 ^^ no file `messages/hi.mustache`
                  │
                A message's text is a file of its own, named by the message's id.
                More: tenure explain P608

                error[P116]: `csm` is no recipient
                  ┌─ b.yaml:4:82
                  │
                4 │   - {id: p, title: P, owner: csm, steps: [{id: a, title: A, do: [{mail: hi, to: [csm]}]}]}
                  │                                                                                  ^^^ here
                  │
                A recipient is `role:<role>`, `contact:<role of a contact>` or `channel:<name>`.
                More: tenure explain P116

                """#)
    }

    @Test func `a fact after the end`() {
        let text = #"""
            events: [{type: user.session, title: Session}]
            tests:
              - {id: t, title: T, start: 2026-03-02, days: 10, facts: [{days: 9..12, event: user.session}], expect: [{nothing: true}]}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P702]: this day is outside of the test
                  ┌─ b.yaml:3:67
                  │
                3 │   - {id: t, title: T, start: 2026-03-02, days: 10, facts: [{days: 9..12, event: user.session}], expect: [{nothing: true}]}
                  │                                                                   ^^^^^ the last day is 10
                  │
                Days are counted from 0, the day of `start`, up to `days`.
                More: tenure explain P702

                """#)
    }

    @Test func `an expectation without a subject`() {
        let text = #"""
            tests:
              - {id: t, title: T, start: 2026-03-02, days: 10, expect: [{day: 4}]}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P701]: this expectation expects nothing
                  ┌─ b.yaml:2:62
                  │
                2 │   - {id: t, title: T, start: 2026-03-02, days: 10, expect: [{day: 4}]}
                  │                                                              ^^^ what must happen?
                  │
                An expectation has one of `kpi`, `judged`, `component`, `metric`, `raised`, `signal`, `play`, `ended`, `step`, `clock`, `message`, `weights`, `segment`, `running`, `group`, `shown_band`, `raised_again`, `started_again`, `never_raised`, `never_started`, `never_sent`, `nothing`, `score` or `band`.
                More: tenure explain P701

                """#)
    }
}
