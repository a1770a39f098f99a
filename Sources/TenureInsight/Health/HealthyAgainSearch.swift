import TenureEngine
import TenureProgramme

/// Looks for the smallest change of one component that brings the score to the target.
struct HealthyAgainSearch: Sendable {
    let whatIf: WhatIfScore
    let target: Int
    let place: Int
    let component: HealthComponent
    /// Its points come from a person, whatever the metric does.
    let isJudged: Bool
    let metric: Metric?

    func line(id: String) -> HealthyAgain.Line {
        let now = whatIf.reading.components[place]
        var line = HealthyAgain.Line(
            id: id, title: component.title, pointsNano: now.pointsNano, value: now.value, unit: metric?.unit,
            way: .notByOneAlone)
        guard let least = leastPoints() else { return line }
        if isJudged {
            line.way = .points(nano: least, value: nil, score: score(least))
            let tenths = (least + nano / 10 - 1) / (nano / 10)
            line.readable = .init(value: Double(tenths) / 10, score: score(tenths * (nano / 10)))
        } else if let reached = inverse.value(reaching: least, from: now.value) {
            line.way = .points(nano: reached.pointsNano, value: reached.value, score: score(reached.pointsNano))
            let readable = inverse.readable(reached, reaching: least, from: now.value, in: metric?.unit)
            line.readable = .init(value: readable.value, score: score(readable.pointsNano))
        }
        return line
    }

    private var inverse: CurveInverse {
        CurveInverse(curve: component.curve, isWhole: metric?.isWhole ?? false)
    }

    private func score(_ points: Int64) -> Int {
        roundedHalfUp(whatIf.scoreNano(component: place, pointsNano: points) ?? 0)
    }

    private func reaches(_ points: Int64) -> Bool {
        whatIf.scoreNano(component: place, pointsNano: points).map { roundedHalfUp($0) >= target } ?? false
    }

    /// By halving: the score never falls when points rise.
    private func leastPoints() -> Int64? {
        guard reaches(100 * nano) else { return nil }
        var (low, high): (Int64, Int64) = (0, 100 * nano)
        while low < high {
            let middle = (low + high) / 2
            if reaches(middle) { high = middle } else { low = middle + 1 }
        }
        return high
    }
}

extension Metric {
    /// It has no halves: a count or whole days, but not a mean or a share of them.
    fileprivate var isWhole: Bool {
        switch measure {
        case .ratio, .stickiness, .activeDays, .featureBreadth, .percentile, .change, .attainment, .expression: false
        case .entities(let entities): entities.aggregate != .mean && isOfWholes
        case .newestOfEach(let newest): newest.aggregate != .mean && isOfWholes
        case .sum, .monthSum, .distinct, .activeMembers, .featureUses, .last, .daysSince, .daysSinceFirst, .daysSinceUse,
            .activeWeeks, .grade:
            isOfWholes && halfLifeDays == nil
        }
    }

    private var isOfWholes: Bool { unit == .count || unit == .days }
}
