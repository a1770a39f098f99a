import TenureInsight

/// From the ARR of the first day to that of the last, one bar a kind of movement, drawn without script.
struct RevenueBridge {
    let width: Int
    let height: Int
    let bars: [Bar]
    /// The same in words, for who cannot see it.
    let summary: String

    struct Bar {
        let title: String
        let value: String
        let x: Int
        let y: Int
        let width: Int
        let height: Int
        /// Class of the stylesheet: `whole`, `gain`, `loss`.
        let tone: String
        let textX: Int
        let valueY: Int
        let titleY: Int
    }
}

extension RevenueBridge {
    private static let size = (step: 96, bar: 64, plot: 150, top: 24)
    private static let moves: [RevenueFigure] = [.newARR, .expansion, .reactivation, .winback, .contraction, .churn]

    init(_ report: RevenueReport, _ currency: String) {
        let parts = [(RevenueFigure.arrAtStart, Int64(0))] + Self.moves.map { ($0, Int64(0)) } + [(.arr, Int64(0))]
        let values = parts.map { report.total($0.0).part }
        let levels = Self.levels(values)
        let top = max(1, levels.map { max($0.from, $0.to) }.max() ?? 1)
        width = Self.size.step * parts.count
        height = Self.size.top + Self.size.plot + 28
        bars = parts.indices.map { place in
            Bar(parts[place].0, values[place], levels[place], top: top, place: place, currency)
        }
        summary = bars.map { "\($0.title) \($0.value)" }.joined(separator: ", ") + "."
    }

    /// Where each bar begins and ends: the first and the last stand on the ground.
    private static func levels(_ values: [Int64]) -> [(from: Int64, to: Int64)] {
        var level: Int64 = 0
        return values.enumerated().map { place, value in
            if place == values.count - 1 { return (0, value) }
            defer { level += value }
            return (level, level + value)
        }
    }

    static var plot: (step: Int, bar: Int, plot: Int, top: Int) { size }
}

extension RevenueBridge.Bar {
    fileprivate init(
        _ figure: RevenueFigure, _ amount: Int64, _ level: (from: Int64, to: Int64), top: Int64, place: Int, _ currency: String
    ) {
        let size = RevenueBridge.plot
        func height(of amount: Int64) -> Int { Int(Double(size.plot) * Double(amount) / Double(top)) }
        let high = height(of: max(level.from, level.to)), low = height(of: min(level.from, level.to))
        title = figure == .arrAtStart ? "Start" : figure == .arr ? "End" : figure.title
        value = Wording.short(amount)
        x = place * size.step + (size.step - size.bar) / 2
        y = size.top + size.plot - high
        width = size.bar
        self.height = max(1, high - low)
        tone = figure == .arr || figure == .arrAtStart ? "whole" : amount < 0 ? "loss" : "gain"
        textX = place * size.step + size.step / 2
        valueY = max(14, y - 6)
        titleY = size.top + size.plot + 20
    }
}

extension Wording {
    /// `1.2 m`, `45 k`, from hundredths: enough for a picture.
    static func short(_ hundredths: Int64) -> String {
        let amount = Double(hundredths) / 100
        if abs(amount) >= 1_000_000 { return number(amount / 1_000_000, places: 2) + " m" }
        return abs(amount) >= 10_000 ? number(amount / 1000, places: 0) + " k" : number(amount, places: 0)
    }
}
