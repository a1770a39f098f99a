import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// Ninety days of a metric, as the closed days kept it.
enum MetricChart {
    /// Up to the day that is shown; now, up to today.
    static func days(_ metric: ExplainedMetric) -> ClosedRange<Day> {
        let last = metric.day ?? metric.snapshot.today
        return (last + -HealthChart.days)...last
    }

    static func line(_ metric: ExplainedMetric, _ history: [MetricDay], _ account: String) -> LineChart? {
        let (plan, currency) = (metric.explanation.plan, metric.snapshot.programme.programme.currency)
        func point(_ day: Day, _ value: Double?, _ link: String) -> LineChart.Point {
            .init(day: day, value: value, text: value.map { plan.metric.unit.text($0, currency) } ?? "unknown", link: link)
        }
        var points = history.map { point($0.day, $0.value, Links.metric(account, plan.reference.text, on: $0.day)) }
        if metric.day == nil {
            let now = Links.metric(account, plan.reference.text) + "#facts"
            points.append(point(metric.snapshot.today, metric.explanation.value.value, now))
        }
        let known = points.compactMap(\.value)
        guard known.count > 1, let low = known.min(), let high = known.max() else { return nil }
        return LineChart(
            id: "history", title: "\(metric.explanation.title) over 90 days", summary: LineChart.summary(points), points: points,
            days: days(metric), scale: .around(known, pixels: LineChart.size.plotHeight),
            edges: (low < high ? [low, high] : [low]).map { ($0, plan.metric.unit.text($0, currency)) })
    }
}
