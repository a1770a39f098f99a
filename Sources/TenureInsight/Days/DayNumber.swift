package import TenureEngine
import TenureProgramme

/// What can be said of a day in numbers.
package enum DayNumber: Hashable, Sendable {
    case score, rawScore, coverage, band, limits
    /// By place in the programme's components, and in its groups.
    case component(Int), group(Int)
    /// By name: `users.active.7d`.
    case metric(String)

    package enum Value: Hashable, Sendable {
        /// Billionths of a point.
        case points(Int64?)
        /// Millionths of a percent.
        case percent(Int64)
        /// Place of the band of that score.
        case band(Int?)
        case limits([CapReading])
        case component(ComponentReading)
        case group(GroupReading)
        case metric(MetricValue)
    }
}

/// All numbers of a day.
struct DayNumbers: Sendable {
    let reading: HealthReading
    private let metrics: [String: MetricValue]

    init(_ reading: HealthReading, _ metrics: [DayMetric]) {
        self.reading = reading
        self.metrics = Dictionary(metrics.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// nil: the number is not among them.
    subscript(number: DayNumber) -> DayNumber.Value? {
        switch number {
        case .score: .points(reading.scoreNano)
        case .rawScore: .points(reading.rawNano)
        case .coverage: .percent(reading.coverageMicros)
        case .band: .band(reading.band)
        case .limits: .limits(reading.caps)
        case .component(let place):
            reading.components.indices.contains(place) ? .component(reading.components[place]) : nil
        case .group(let place): reading.groups.indices.contains(place) ? .group(reading.groups[place]) : nil
        case .metric(let name): metrics[name].map { .metric($0) }
        }
    }
}

extension DayNumber {
    /// Those of a day, score first, each with its title.
    static func all(_ programme: CompiledProgramme, metrics: [String]) -> [(number: DayNumber, id: String, title: String)] {
        let model = programme.programme.health
        var all: [(DayNumber, String, String)] = [
            (.score, "score", "Score"), (.rawScore, "raw_score", "Score before limits"), (.band, "band", "Band of the score"),
            (.coverage, "coverage", "Known share of the model"), (.limits, "limits", "Limits of the score"),
        ]
        all += model.groups.enumerated().map { (.group($0), $1.id, $1.title) }
        let components = model.groups.flatMap { group in group.components.map { ("\(group.id).\($0.id)", $0.title) } }
        all += components.enumerated().map { (.component($0), $1.0, $1.1) }
        return all + metrics.map { (.metric($0), $0, programme.title(ofMetric: $0)) }
    }
}

extension CompiledProgramme {
    /// `Active users, 7 d`
    package func title(ofMetric name: String) -> String {
        metricPlan(name).map { $0.metric.title + $0.reference.windowWords } ?? name
    }
}

extension MetricReference {
    /// Behind a title: nothing where there is no window.
    package var windowWords: String {
        switch windowDays {
        case nil: ""
        case 0?: ", whole life"
        case let days?: ", \(days) d"
        }
    }
}
