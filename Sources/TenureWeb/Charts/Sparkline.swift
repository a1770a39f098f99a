/// A few weeks as a line without axes, beside the number that they end in.
struct Sparkline {
    let width: Int
    let height: Int
    let path: String
    let endX: Int
    let endY: Int
    /// In a sentence.
    let title: String
}

extension Sparkline {
    private static let size = (width: 80, height: 20, margin: 2)

    /// - Parameters:
    ///   - values: one a step, oldest first; nil: unknown.
    ///   - low: of the scale, with `high`; without them the line fills its height.
    ///   - title: says what the line shows, for who cannot see it.
    /// nil: fewer than two values are known, so there is no line.
    init?(_ values: [Double?], low: Double? = nil, high: Double? = nil, title: String) {
        let known = values.compactMap(\.self)
        guard known.count > 1, let last = values.lastIndex(where: { $0 != nil }) else { return nil }
        let (margin, inner) = (Self.size.margin, Self.size.height - 2 * Self.size.margin)
        let around = ChartScale.around(known, pixels: inner)
        let up = ChartScale(low: low ?? around.low, high: high ?? around.high, pixels: inner)
        let across = ChartScale(low: 0, high: Double(values.count - 1), pixels: Self.size.width - 2 * margin)
        let points = values.enumerated().map { place, value in
            (x: margin + across.across(Double(place)), y: value.map { margin + up.up($0) })
        }
        (width, height) = (Self.size.width, Self.size.height)
        path = ChartPath.line(points)
        (endX, endY) = (points[last].x, points[last].y ?? 0)
        self.title = title
    }
}
