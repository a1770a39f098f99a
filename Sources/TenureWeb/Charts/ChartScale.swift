/// Values onto whole pixels of a chart. Values outside, and what is no number, stand at its edge.
struct ChartScale {
    let low: Double
    let high: Double
    let pixels: Int

    func across(_ value: Double) -> Int {
        guard high > low, value > low else { return 0 }
        return Int((min(1, (value - low) / (high - low)) * Double(pixels)).rounded())
    }

    /// SVG counts downwards.
    func up(_ value: Double) -> Int { pixels - across(value) }

    /// The smallest and the largest value with a little air; a level line stands in the middle.
    static func around(_ values: [Double], pixels: Int) -> ChartScale {
        let known = values.filter(\.isFinite)
        let (low, high) = (known.min() ?? 0, known.max() ?? 1)
        let air = high > low ? (high - low) * 0.05 : max(1, abs(high) * 0.1)
        // What never was below nothing is not shown as if it could be.
        return ChartScale(low: low >= 0 ? max(0, low - air) : low - air, high: high + air, pixels: pixels)
    }
}

enum ChartPath {
    /// A line through points, broken where there is none.
    static func line(_ points: [(x: Int, y: Int?)]) -> String {
        var (parts, isPenDown): ([String], Bool) = ([], false)
        for point in points {
            if let y = point.y { parts.append("\(isPenDown ? "L" : "M")\(point.x) \(y)") }
            isPenDown = point.y != nil
        }
        return parts.joined(separator: " ")
    }
}
