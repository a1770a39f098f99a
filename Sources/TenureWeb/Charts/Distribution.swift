/// How many values fall into each of equal steps, as bars.
struct Distribution {
    let id: String
    let title: String
    /// The same in a sentence, for who cannot see it.
    let summary: String
    let width: Int
    let height: Int
    let baseY: Int
    let bars: [Bar]

    struct Bar {
        let x: Int
        let y: Int
        let width: Int
        let height: Int
        let textX: Int
        let countY: Int
        let titleY: Int
        /// `70–79`
        let title: String
        let count: String
        /// Class of the stylesheet; empty without a band.
        let tone: String
    }
}

extension Distribution {
    fileprivate static let size = (step: 64, bar: 48, plot: 110, top: 20)

    /// - Parameters:
    ///   - values: those below the range count in the first step, those above in the last.
    ///   - steps: at least one.
    ///   - name: of a step, from its first value to that of the next.
    ///   - tone: of a step, by its first value.
    init(
        id: String, title: String, values: [Double], range: ClosedRange<Double>, steps: Int,
        name: (_ from: Double, _ to: Double) -> String, tone: (Double) -> String = { _ in "" }
    ) {
        let length = (range.upperBound - range.lowerBound) / Double(max(1, steps))
        let counts = Self.counts(values, range.lowerBound, length, max(1, steps))
        let starts = counts.indices.map { range.lowerBound + Double($0) * length }
        (self.id, self.title) = (id, title)
        width = Self.size.step * counts.count
        baseY = Self.size.top + Self.size.plot
        height = baseY + 24
        let up = ChartScale(low: 0, high: Double(counts.max() ?? 0), pixels: Self.size.plot)
        bars = counts.indices.map { place in
            let start = starts[place]
            return Bar(place, counts[place], up, title: name(start, start + length), tone: tone(start))
        }
        let filled = bars.filter { $0.count != "0" }.map { "\($0.title): \($0.count)" }
        summary = filled.isEmpty ? "There is nothing to count yet." : filled.joined(separator: ", ") + "."
    }

    private static func counts(_ values: [Double], _ low: Double, _ length: Double, _ steps: Int) -> [Int] {
        var counts = Array(repeating: 0, count: steps)
        for value in values where value.isFinite {
            let place = length > 0 ? ((value - low) / length).rounded(.down) : 0
            counts[Int(min(Double(steps - 1), max(0, place)))] += 1
        }
        return counts
    }
}

extension Distribution.Bar {
    fileprivate init(_ place: Int, _ count: Int, _ up: ChartScale, title: String, tone: String) {
        let size = Distribution.size
        let top = size.top + up.up(Double(count))
        x = place * size.step + (size.step - size.bar) / 2
        y = top
        width = size.bar
        height = size.top + up.pixels - top
        textX = place * size.step + size.step / 2
        countY = top - 5
        titleY = size.top + up.pixels + 17
        self.title = title
        self.count = String(count)
        self.tone = tone
    }
}
