import TenureCore
import TenureEngine
import TenureFixtures
import TenureProgramme

/// A model of one group whose components are judged by people, so that a test can set the points directly.
func judgedProgramme(groups: [[Int64]], groupWeights: [Int64]) -> Programme {
    var programme = Programme(id: "judged", title: "Judged")
    programme.health.coverageFloor = 1
    programme.health.bands = [
        HealthBand(id: "excellent", title: "Excellent", from: 85, tone: .good),
        HealthBand(id: "good", title: "Good", from: 70, tone: .fair),
        HealthBand(id: "fair", title: "Fair", from: 50, tone: .warning),
        HealthBand(id: "critical", title: "Critical", from: 0, tone: .critical),
    ]
    for (number, weights) in groups.enumerated() {
        let parts = weights.indices.map { place in
            HealthComponent(
                id: "c\(place)", title: "Component \(place)", weight: weights[place],
                metric: MetricReference(metric: "g\(number)c\(place)", windowDays: nil), curve: .identity)
        }
        programme.health.groups.append(
            HealthGroup(
                id: "g\(number)", title: "Group \(number)", weight: groupWeights[number], components: parts))
        programme.metrics += parts.map { Metric(id: $0.metric.metric, measure: .grade(scale: [])) }
    }
    return programme
}

/// A ledger of such a model in which every metric of `points` has been judged; nil leaves one unknown.
func judged(_ points: [[Double?]], _ programme: Programme) -> Ledger {
    var ledger = Ledger(programme)
    for (number, group) in points.enumerated() {
        for (place, points) in group.enumerated() {
            guard let points else { continue }
            ledger.take(
                "2026-06-01T08:00:00Z", FactType.gradeGiven,
                ["metric": .string("g\(number)c\(place)"), "points": .double(points)])
        }
    }
    return ledger
}

/// The account of one group with those points and weights.
func scored(_ points: [Double?], weights: [Int64]) -> Snapshot {
    judged([points], judgedProgramme(groups: [weights], groupWeights: [1])).snapshot(
        at: instant("2026-06-01T08:00:00Z"))
}
