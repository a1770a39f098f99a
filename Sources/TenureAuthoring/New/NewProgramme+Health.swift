import TenureCore

extension TextEdits {
    /// How much of the product a healthy customer uses, and how deeply.
    mutating func workInHealth(_ answers: Answers) {
        workInReach(answers)
        workInBreadth(answers)
        workInDepth(answers)
    }

    /// The tests keep their points: at four of so many seats the curve gives a third, whatever the answer.
    private mutating func workInReach(_ answers: Answers) {
        let seats = [40: 15, 60: 12][answers.reach] ?? 10
        let low = (20 + answers.reach) / 2
        let curve = "metric: users.licence_utilisation, curve: {linear: [[20, 0], [80, 100]]}}"
        replace(
            "health.yaml", curve,
            "metric: users.licence_utilisation, curve: {linear: [[20, 0], [\(answers.reach), 100]]}}   # \(answers.reach) in a hundred is healthy: change it here")
        replace("signals.yaml", "m(\"users.licence_utilisation\") < 50.0", "m(\"users.licence_utilisation\") < \(low).0")
        replace("signals.yaml", "m(\"users.licence_utilisation\") >= 53.0", "m(\"users.licence_utilisation\") >= \(low + 3).0")
        replace("plays_health.yaml", "m(\"users.licence_utilisation\") >= 53.0", "m(\"users.licence_utilisation\") >= \(low + 3).0")
        replace("signals.yaml", "Fewer than half of the seats were used", "Fewer than \(low) % of the seats were used")
        replaceEverywhere(
            [
                ("seats: 10,", "seats: \(seats),"),
                ("users.licence_utilisation, value: 80}", "users.licence_utilisation, value: \(decimal(800, seats))}"),
                ("users.licence_utilisation, value: 40}", "users.licence_utilisation, value: \(decimal(400, seats))}"),
                ("Four of ten seats", "Four of \(seats) seats"), ("Eight of ten seats", "Eight of \(seats) seats"),
            ], below: "tests/")
    }

    /// Three of the features are the mark; a test account that uses one of them is a third of the way.
    private mutating func workInBreadth(_ answers: Answers) {
        let count = answers.features.count
        let low = decimal(150, count)
        replace(
            "health.yaml", "metric: features.breadth.30d, curve: {linear: [[0, 0], [60, 100]]}}",
            "metric: features.breadth.30d, curve: {linear: [[0, 0], [\(decimal(300, count)), 100]]}}   # three of your \(count) features: change it here")
        replace("signals.yaml", "m(\"features.breadth.30d\") < 30.0", "m(\"features.breadth.30d\") < \(low)")
        replace("signals.yaml", "Fewer than 30 % of the features", "Fewer than \(150 / count) % of the features")
        replace("plays_health.yaml", "m(\"features.breadth.30d\") >= 30.0", "m(\"features.breadth.30d\") >= \(low)")
        replaceEverywhere(
            [
                ("features.breadth.30d, value: 60}", "features.breadth.30d, value: \(decimal(300, count))}"),
                ("features.breadth.30d, value: 20}", "features.breadth.30d, value: \(decimal(100, count))}"),
            ], below: "tests/")
    }

    /// One test account works on four days of four weeks, one seat in use: no other part of usage has points.
    private mutating func workInDepth(_ answers: Answers) {
        let days = answers.activeDays
        let usage = 30.0 * (400.0 / Double(days)) / 80.0
        let score = Int(0.35 * usage + 40.5)
        replace(
            "health.yaml", "metric: users.active_days_mean.28d, curve: {linear: [[0, 0], [10, 100]]}}",
            "metric: users.active_days_mean.28d, curve: {linear: [[0, 0], [\(days), 100]]}}   # \(days) of 28 days is healthy: change it here")
        replace("tests/health.yaml", "component: usage.depth, points: 40.0}", "component: usage.depth, points: \(decimal(400, days))}")
        replace("tests/health.yaml", "{day: 51, score: 45, band: critical}", "{day: 51, score: \(score), band: critical}")
        replace("tests/health.yaml", "\"45\"", "\"\(score)\"", times: 2)
        replace(
            "tests/health.yaml", "and no feature: 0.35·15 + 0 + 40 = 45.25.",
            "and no feature; four active days of \(days).")
    }
}

/// With a fraction, as CEL wants a number that is not whole: `30.0`, `27.27272`. Cut off rather than rounded, so that
/// whoever reaches the mark has reached it.
func decimal(_ dividend: Int, _ divisor: Int) -> String {
    let parts = dividend * 100_000 / divisor
    var fraction = String(parts % 100_000 + 100_000).dropFirst()
    while fraction.count > 1, fraction.last == "0" { fraction.removeLast() }
    return "\(parts / 100_000).\(fraction)"
}
