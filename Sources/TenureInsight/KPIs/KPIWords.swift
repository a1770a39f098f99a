package import TenureProgramme

/// How a KPI is computed, in words.
package struct KPIWords: Sendable {
    private let programme: Programme

    package init(_ programme: Programme) { self.programme = programme }

    package func formula(_ kpi: KPI) -> String {
        switch kpi.measure {
        case .account(let metric): "\(title(metric)) of each account; of several the mean"
        case .share(let range, let among): "Percent of the accounts with \(words(range))" + words(among: among)
        case .count(let range, let among): "Accounts with \(words(range))" + words(among: among)
        case .mean(let metric, let among): "Mean of \(title(metric)) over accounts" + words(among: among)
        case .median(let metric, let among): "Median of \(title(metric)) over accounts" + words(among: among)
        case .sum(let metric, let among): "Sum of \(title(metric)) over accounts" + words(among: among)
        case .ratio(let of, let to, let scale, let isRounded):
            "Sum of \(title(of)) over the sum of \(title(to))" + (scale == 1 ? "" : ", times \(number(scale))")
                + (isRounded ? ", to a whole number" : "")
        case .revenue(let rate):
            (RevenueFigure(rawValue: rate.rawValue)?.title ?? rate.rawValue) + " of the last twelve months"
        }
    }

    /// With its window; the id where the metric has no title.
    package func title(_ metric: MetricReference) -> String {
        (programme.metrics.first { $0.id == metric.metric }?.title ?? metric.metric) + metric.windowWords
    }

    private func words(among range: KPIRange?) -> String { range.map { ", among those with \(words($0))" } ?? "" }

    private func words(_ range: KPIRange) -> String { "\(title(range.metric)) \(words(range.edge))" }

    private func words(_ edge: ValueEdge) -> String { "\(edge.words) \(number(edge.value))" }

    private func number(_ value: Double) -> String { Int64(exactly: value).map { "\($0)" } ?? "\(value)" }
}

extension ValueEdge {
    /// `at least`, before the number.
    package var words: String {
        switch self {
        case .above: "above"
        case .atLeast: "at least"
        case .below: "below"
        case .atMost: "at most"
        }
    }
}
