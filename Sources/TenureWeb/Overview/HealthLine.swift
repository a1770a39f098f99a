import TenureCore
import TenureEngine
import TenureProgramme

/// Ninety days of health in a few strokes, over the edges of the bands.
struct HealthLine {
    let width: Int
    let height: Int
    let path: String
    let edges: [Int]
    /// The same in words.
    let title: String

    private static let days: Int32 = 90
    private static let size = (width: 180, height: 36)
}

extension HealthLine {
    /// nil: no score is known of those days.
    init?(_ daily: [HealthConclusions.DailyScore], _ today: Day, _ model: HealthModel) {
        let start = today + -Self.days
        let points = daily.filter { $0.day >= start }
        let known = points.compactMap(\.scoreNano).map { roundedHalfUp($0) }
        guard let first = known.first, let last = known.last, let low = known.min(), let high = known.max() else { return nil }
        let across = ChartScale(low: 0, high: Double(Self.days), pixels: Self.size.width)
        let up = ChartScale(low: 0, high: 100, pixels: Self.size.height)
        (width, height) = (Self.size.width, Self.size.height)
        path = ChartPath.line(
            points.map { point in
                (x: across.across(Double(point.day - start)), y: point.scoreNano.map { up.up(Double($0) / Double(nano)) })
            })
        edges = model.bands.filter { $0.from > 0 }.map { up.up(Double($0.from)) }
        title = "Health in 90 days: from \(first) to \(last), lowest \(low), highest \(high)"
    }
}
