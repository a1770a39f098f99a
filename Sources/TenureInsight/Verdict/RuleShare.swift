import TenureCore

/// What one rule is worth: by itself, and to the others.
package struct RuleShare: Sendable {
    package var rule: AlertRule
    /// Counted by itself.
    package var alone: Measure
    /// The counted rules without it or, when it is not counted, with it.
    package var changed: Measure

    /// The few numbers by which sets of rules are compared.
    package struct Measure: Hashable, Sendable {
        package var alerts: Int
        package var hits: Int
        package var settled: Int
        /// Lost accounts flagged in time.
        package var flagged: Int

        package init(_ tally: AlertTally) {
            alerts = tally.opened
            hits = tally.alerts(.hit)
            settled = hits + tally.alerts(.tooLate) + tally.alerts(.falseAlarm)
            flagged = tally.losses(.inTime)
        }
    }

    static func all(
        _ rules: [AlertRule], _ accounts: [WatchedAccount], _ terms: VerdictTerms
    ) -> [RuleShare] {
        let counted = rules.indices.filter { rules[$0].isCounted }
        return rules.indices.map { index in
            let others = counted.filter { $0 != index }
            let changed = rules[index].isCounted ? others : counted + [index]
            return RuleShare(
                rule: rules[index], alone: Measure(AlertTally(accounts, rules: [index], terms)),
                changed: Measure(AlertTally(accounts, rules: changed, terms)))
        }
    }
}
