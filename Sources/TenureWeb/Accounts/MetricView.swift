import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme

/// A metric with its value, or why it has none.
struct MetricView: Sendable {
    let reference: String
    let title: String
    let meaning: String
    let unit: Metric.Unit
    let reading: MetricReading
    let currency: String

    /// What the programme shows, then what the score is made of, each once.
    static func all(_ snapshot: Snapshot) -> [MetricView] {
        let programme = snapshot.programme
        let scored = programme.programme.health.groups.flatMap(\.components).map(\.metric)
        var seen: Set<MetricReference> = []
        return (programme.programme.shown + scored).filter { seen.insert($0).inserted }.compactMap {
            reference in
            programme.metric(reference).map {
                MetricView(programme.metrics[$0], snapshot.readings[$0], programme.programme.currency)
            }
        }
    }

    private init(_ plan: MetricPlan, _ reading: MetricReading, _ currency: String) {
        reference = plan.reference.text
        title = plan.metric.title + plan.reference.windowWords
        meaning = plan.metric.meaning
        unit = plan.metric.unit
        self.reading = reading
        self.currency = currency
    }

    var valueText: String { reading.value.map { unit.text($0, currency) } ?? "unknown" }

    var document: JSON {
        [
            "id": .string(reference), "title": .string(title), "unit": .string(unit.rawValue),
            "value": reading.value.map { .double($0) } ?? .null, "sample": .int(reading.sample),
            "unknown": JSON(reading.unknown?.words),
        ]
    }
}

extension Metric.Unit {
    func text(_ value: Double, _ currency: String) -> String {
        switch self {
        case .count: Wording.number(value)
        case .ratio: Wording.number(value, places: 2)
        case .percent: Wording.number(value) + " %"
        case .days: Wording.number(value) + " d"
        case .hours: Wording.number(value) + " h"
        case .minutes: Wording.number(value) + " min"
        case .seconds: Wording.number(value) + " s"
        case .milliseconds: Wording.number(value) + " ms"
        case .money: Wording.money(value, currency)
        case .score, .points: Wording.number(value)
        case .bool: value != 0 ? "yes" : "no"
        }
    }
}
