import TenureCore

extension TextEdits {
    /// Without seats, each account says how many people should use the product.
    mutating func workInOffer(_ answers: Answers) {
        guard answers.offer != .seats else { return }
        append("programme.yaml", Self.expectedUsers)
        append("metrics.yaml", Self.reachMetric)
        replaceEverywhere(Self.words(answers))
        if answers.offer == .usage { workInUnits() }
    }

    private static func words(_ answers: Answers) -> [(old: String, new: String)] {
        let low = (20 + answers.reach) / 2
        return [
            ("seats: ", "expected_users: "), ("title: Seats in use,", "title: People who use it,"),
            ("Fewer than \(low) % of the seats were used in 30 days", "Fewer than \(low) % of the expected people used it in 30 days"),
            ("title: Seats idle", "title: Few of the people use it"),
            ("Idle seats are cut at the renewal", "What few people use is cut at the renewal"),
            ("or offer the right number of seats", "or agree on who should use it"),
            ("List the idle seats with the admin", "List with the admin who does not use it"),
            ("Healthy and close to the limit of seats or plan", "Healthy and close to the limit of people or plan"),
            ("Enable idle seats and features", "Enable idle people and features"),
            ("See which features and seats are idle", "See which features are idle and who does not use it"),
            ("title: Idle seats or features,", "title: Idle people or features,"),
        ]
    }

    private static let expectedUsers = """

        # There are no seats to count. Say of each account how many people should use the product.
        account_fields:
          - {id: expected_users, title: People who should use it, type: whole}

        """

    private static let reachMetric = """
          # The catalogue's metric, by the people who should use it instead of seats.
          - id: users.licence_utilisation
            title: People who use it
            meaning: Users active in 30 days, in percent of those who should be.
            unit: percent
            better: up
            expression: '100.0 * m("users.active.30d") / double(account.expected_users)'

        """

    /// Customers pay for what meters count: a fall of it is worth a look before the invoice shows it.
    private mutating func workInUnits() {
        append("metrics.yaml", Self.unitMetrics)
        append("signals.yaml", Self.unitSignal)
        replace("plays_health.yaml", "starts_on: [usage_drop, usage_fading]", "starts_on: [usage_drop, usage_fading, units_falling]")
        replace("programme.yaml", "  - users.active.30d\n", "  - users.active.30d\n  - units.used.28d\n")
        put("tests/units.yaml", Self.unitTest)
    }

    private static let unitMetrics = """
          # What you bill. Send `usage.measured` with a `meter` and a `value`; add a `when` if only some meters are billed.
          - id: units.used
            title: Units used
            meaning: What the meters counted in the window.
            unit: count
            better: up
            sum: {event: usage.measured, value: 'event.value'}
            windows: [28d]
          - id: units.change
            title: Units against the four weeks before
            unit: percent
            better: up
            change: {of: units.used.28d, base_min: 100, significance_min: 2}

        """

    private static let unitSignal = """
          - id: units_falling
            title: Billed units fall
            severity: high
            when: 'm("units.change") <= -20.0'
            cooldown: 30d
            respond_within: 5bd
            description: "The meters counted at least 20 % less in four weeks than in the four weeks before"
            impact: "The invoice falls with it"
            mitigation: "Ask which use has stopped"
            actions: ["Compare the meters of this month and last", "Ask the champion what changed"]

        """

    private static let unitTest = """
        tests:
          # 28 days of 100 units, then 28 of 50.
          - id: units_fall_by_half
            title: From day 28 on the meters count half of what they did
            start: 2026-03-02
            days: 57
            account: {name: Acme, tier: professional, expected_users: 10, arr: 30000, csm: ada, account_executive: bob}
            facts:
              - {days: 0..27, event: usage.measured, data: {meter: calls, value: 100}}
              - {days: 28..57, event: usage.measured, data: {meter: calls, value: 50}}
            expect:
              - {day: 55, metric: units.change, value: null}
              - {day: 56, metric: units.used.28d, value: 1400, within: 50}
              - {day: 56, metric: units.change, value: -50}
              - {day: 56, raised: units_falling}
              - {day: 56, play: win_back_usage, owner: csm}
              - {never_raised: usage_drop}

        """
}
