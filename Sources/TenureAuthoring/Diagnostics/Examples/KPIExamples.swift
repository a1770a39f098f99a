extension MistakeExample {
    /// A KPI around one part, for the examples that are about it.
    private static func kpi(_ bands: String, better: String = "up", target: String = "at_least: 80") -> String {
        """
        metrics: [{id: streak, unit: count, better: up, active_weeks: true}]
        kpis:
          - id: in_use
            title: Accounts in use
            group: usage
            better: \(better)
            share: {metric: streak, at_least: 1}
            target: {\(target)}
            bands: [\(bands)]
        """
    }

    static let kpiEdgeAgainstDirection = MistakeExample(
        kpi("{id: good, title: Good, tone: good, above: 80}, {id: poor, title: Poor, tone: critical}", target: "at_most: 80"),
        wrong: "at_most: 80", right: "at_least: 80",
        fix: "Write `above` or `at_least` where more is better, `below` or `at_most` where less is.")

    static let kpiBandTakesNothing = MistakeExample(
        kpi(
            "{id: fair, title: Fair, tone: fair, at_least: 60}, {id: good, title: Good, tone: good, above: 80}, "
                + "{id: poor, title: Poor, tone: critical}"),
        wrong:
            "{id: fair, title: Fair, tone: fair, at_least: 60}, {id: good, title: Good, tone: good, above: 80}, ",
        right:
            "{id: good, title: Good, tone: good, above: 80}, {id: fair, title: Fair, tone: fair, at_least: 60}, ",
        fix: "Write bands best first.")

    static let kpiBandsLeaveGap = MistakeExample(
        kpi("{id: good, title: Good, tone: good, above: 80}, {id: poor, title: Poor, tone: critical, at_least: 40}"),
        wrong: ", at_least: 40", right: "", fix: "Let the last band take what is left.")

    static let kpiEdgeOutOfReach = MistakeExample(
        kpi("{id: good, title: Good, tone: good, above: 800}, {id: poor, title: Poor, tone: critical}"),
        wrong: "above: 800", right: "above: 80", fix: "Write a number that values can be above and below of.")
}
