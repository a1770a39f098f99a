import Testing

@testable import TenureAuthoring

/// What an author reads for each mistake, word for word.
@Suite struct `Mistakes in structure as text` {
    @Test func `a section that is misspelt`() {
        let text = #"""
            metrcs: []
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P101]: there is no section `metrcs`
                  ┌─ b.yaml:1:1
                  │
                1 │ metrcs: []
                  │ ^^^^^^ unknown section
                  │
                The sections are `programme`, `calendars`, `roles`, `tiers`, `segments`, `account_fields`, `show`, `events`, `features`, `entities`, `metrics`, `health`, `slas`, `kpis`, `signals`, `plays`, `messages` and `tests`.
                Hint: did you mean `metrics`?   More: tenure explain P101

                """#)
    }

    @Test func `a key that is misspelt`() {
        let text = #"""
            signals:
              - {id: a, title: A, severity: low, when: 'account.seats > 3', cooldwon: 3d}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P102]: a signal has no key `cooldwon`
                  ┌─ b.yaml:2:65
                  │
                2 │   - {id: a, title: A, severity: low, when: 'account.seats > 3', cooldwon: 3d}
                  │                                                                 ^^^^^^^^ unknown key
                  │
                The keys are `id`, `title`, `severity`, `when`, `clear`, `for`, `cooldown`, `respond_within`, `description`, `impact`, `mitigation`, `actions` and `requirements`.
                Hint: did you mean `cooldown`?   More: tenure explain P102

                """#)
    }

    @Test func `a title that is missing`() {
        let text = #"""
            roles:
              - {id: csm}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P103]: this role has no `title`
                  ┌─ b.yaml:2:6
                  │
                2 │   - {id: csm}
                  │      ^^ `title` is missing here
                  │
                A role needs `title`.
                More: tenure explain P103

                """#)
    }

    @Test func `a number in quotes`() {
        let text = #"""
            metrics:
              - {id: a, unit: count, better: up, active_members: true, windows: [7d], sample_min: "20"}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P104]: `sample_min` must be a whole number
                  ┌─ b.yaml:2:87
                  │
                2 │   - {id: a, unit: count, better: up, active_members: true, windows: [7d], sample_min: "20"}
                  │                                                                                       ^^^^ this is `20`
                  │
                Hint: write it without quotes   More: tenure explain P104

                """#)
    }

    @Test func `a number with a leading zero`() {
        let text = #"""
            metrics:
              - {id: a, unit: count, better: up, active_members: true, windows: [7d], sample_min: 012}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P104]: `sample_min` must be a whole number
                  ┌─ b.yaml:2:87
                  │
                2 │   - {id: a, unit: count, better: up, active_members: true, windows: [7d], sample_min: 012}
                  │                                                                                       ^^^ this is `012`
                  │
                Hint: write `12`   More: tenure explain P104

                """#)
    }

    @Test func `yes instead of true`() {
        let text = #"""
            roles:
              - {id: exec, title: Executives, team: yes}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P104]: `team` must be `true` or `false`
                  ┌─ b.yaml:2:41
                  │
                2 │   - {id: exec, title: Executives, team: yes}
                  │                                         ^^^ this is `yes`
                  │
                Hint: write `true`   More: tenure explain P104

                """#)
    }

    @Test func `a unit that does not exist`() {
        let text = #"""
            metrics:
              - {id: a, unit: counts, better: up, active_members: true, windows: [7d]}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P105]: `unit` can not be `counts`
                  ┌─ b.yaml:2:19
                  │
                2 │   - {id: a, unit: counts, better: up, active_members: true, windows: [7d]}
                  │                   ^^^^^^ not one of the choices
                  │
                It is one of `count`, `ratio`, `percent`, `days`, `hours`, `minutes`, `seconds`, `milliseconds`, `money`, `score`, `points` or `bool`.
                Hint: did you mean `count` or `points`?   More: tenure explain P105

                """#)
    }

    @Test func `an id with blanks`() {
        let text = #"""
            roles:
              - {id: customer success, title: CSM}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P106]: `customer success` can not be an id
                  ┌─ b.yaml:2:10
                  │
                2 │   - {id: customer success, title: CSM}
                  │          ^^^^^^^^^^^^^^^^ not an id
                  │
                An id is made of letters, digits, `_` and `-`, in parts joined by dots, at most 100 in all.
                More: tenure explain P106

                """#)
    }

    @Test func `two roles of one name`() {
        let text = #"""
            roles:
              - {id: csm, title: A}
              - {id: csm, title: B}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P107]: there are two roles called `csm`
                  ┌─ b.yaml:3:10
                  │
                3 │   - {id: csm, title: B}
                  │          ^^^ again here
                  │
                  ┌─ b.yaml:2:10
                  │
                2 │   - {id: csm, title: A}
                  │          --- first here
                  │
                An id names one thing, so that what refers to it means one thing.
                More: tenure explain P107

                """#)
    }

    @Test func `two measures`() {
        let text = #"""
            metrics:
              - {id: a, unit: count, better: up, active_members: true, stickiness: true, windows: [7d]}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P108]: this metric needs exactly one measure
                  ┌─ b.yaml:2:6
                  │
                2 │   - {id: a, unit: count, better: up, active_members: true, stickiness: true, windows: [7d]}
                  │      ^^ it has `active_members` and `stickiness`
                  │
                The measures are `active_members`, `stickiness`, `active_days`, `feature_breadth`, `feature_uses`, `sum`, `month_sum`, `distinct`, `newest_of_each`, `ratio`, `last`, `days_since`, `days_since_first`, `days_since_use`, `active_weeks`, `percentile`, `entities`, `change`, `grade`, `attainment` and `expression`.
                More: tenure explain P108

                """#)
    }

    @Test func `a duration without a unit`() {
        let text = #"""
            signals:
              - {id: a, title: A, severity: low, when: 'account.seats > 3', for: 3}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P110]: `for` must be a duration
                  ┌─ b.yaml:2:70
                  │
                2 │   - {id: a, title: A, severity: low, when: 'account.seats > 3', for: 3}
                  │                                                                      ^ this is no duration
                  │
                A duration is a whole number, at most 100000, and a unit: `15m 4h 3d 2w 1mo` by the clock or the calendar, `8bh 2bd` by the business calendar.
                More: tenure explain P110

                """#)
    }

    @Test func `a date that does not exist`() {
        let text = #"""
            calendars:
              - {id: c, time_zone: account, hours: {mon: "09:00-17:00"}, holidays: [2026-02-30]}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P111]: `holidays` must be a date
                  ┌─ b.yaml:2:73
                  │
                2 │   - {id: c, time_zone: account, hours: {mon: "09:00-17:00"}, holidays: [2026-02-30]}
                  │                                                                         ^^^^^^^^^^ this is no date
                  │
                A date is written `2026-03-31`.
                More: tenure explain P111

                """#)
    }

    @Test func `hours that overlap`() {
        let text = #"""
            calendars:
              - {id: c, time_zone: UTC, hours: {mon: "09:00-12:00 11:00-17:00"}}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P409]: these hours do not follow each other
                  ┌─ b.yaml:2:42
                  │
                2 │   - {id: c, time_zone: UTC, hours: {mon: "09:00-12:00 11:00-17:00"}}
                  │                                          ^^^^^^^^^^^^^^^^^^^^^^^^^ here
                  │
                Each stretch closes after it opens and before the next one opens.
                More: tenure explain P409

                """#)
    }

    @Test func `a zone that is misspelt`() {
        let text = #"""
            calendars:
              - {id: c, time_zone: Europe/Roma, hours: {mon: "09:00-17:00"}}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P113]: there is no time zone `Europe/Roma`
                  ┌─ b.yaml:2:24
                  │
                2 │   - {id: c, time_zone: Europe/Roma, hours: {mon: "09:00-17:00"}}
                  │                        ^^^^^^^^^^^ unknown zone
                  │
                Zones are named as in the IANA database: `Europe/Rome`, `America/New_York`, `UTC`.
                Hint: did you mean `Europe/Rome`?   More: tenure explain P113

                """#)
    }
}
