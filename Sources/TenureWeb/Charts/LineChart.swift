import TenureCore

/// Days as a line, with edges of bands and marks of events, drawn without script. The same stands below it as a table.
struct LineChart {
    /// Before every id of it, since a page may have several.
    let id: String
    let title: String
    /// What the line shows, in a sentence.
    let summary: String
    let width: Int
    let height: Int
    let plotHeight: Int
    let textY: Int
    /// Broken where the value was unknown.
    let path: String
    let edges: [Edge]
    let marks: [Mark]
    let hasMarks: Bool
    /// Days that open, each over its part of the chart.
    let spots: [Spot]
    let first: String
    let last: String
    /// Newest first.
    let rows: [Row]

    struct Edge {
        let y: Int
        let textY: Int
        let title: String
    }

    /// An event below its day.
    struct Mark {
        let path: String
        /// Class of the stylesheet: `raised`, `started`.
        let tone: String
        let title: String
    }

    struct Spot {
        let x: Int
        let width: Int
        let link: String
        /// `9 Mar 2026: 71`
        let title: String
    }

    struct Row {
        let day: String
        let value: String
        let link: String
        let events: String?
    }
}

extension LineChart {
    /// What a chart is drawn from.
    struct Point {
        let day: Day
        /// nil: unknown.
        let value: Double?
        let text: String
        let link: String
    }

    struct Event {
        let day: Day
        let title: String
        let kind: Kind

        enum Kind: String { case raised, started }
    }

    static let size = (width: 720, plotHeight: 150)

    /// - Parameters:
    ///   - points: ascending by day.
    ///   - days: the first and the last of the chart.
    ///   - scale: of the plot's height.
    init(
        id: String, title: String, summary: String, points: [Point], days: ClosedRange<Day>, scale: ChartScale,
        edges: [(value: Double, title: String)], events: [Event] = []
    ) {
        let size = Self.size
        let across = ChartScale(low: 0, high: Double(days.upperBound - days.lowerBound), pixels: size.width)
        func x(_ day: Day) -> Int { across.across(Double(day - days.lowerBound)) }
        let shown = points.filter { days.contains($0.day) }
        let told = events.filter { days.contains($0.day) }
        (self.id, self.title, self.summary) = (id, title, summary)
        (width, plotHeight) = (size.width, size.plotHeight)
        (textY, height) = (size.plotHeight + 36, size.plotHeight + 44)
        path = ChartPath.line(shown.map { (x($0.day), $0.value.map(scale.up)) })
        self.edges = edges.map { Edge(y: scale.up($0.value), title: $0.title) }
        marks = told.map { Mark($0, x: x($0.day), y: size.plotHeight) }
        hasMarks = !marks.isEmpty
        spots = shown.filter { $0.day < days.upperBound }.map { Spot($0, from: x($0.day), to: x($0.day + 1)) }
        (first, last) = (Wording.day(days.lowerBound), Wording.day(days.upperBound))
        rows = shown.reversed().map { point in Row(point, told.filter { $0.day == point.day }) }
    }
}

extension LineChart.Edge {
    /// Its words stand above the line, or below one that is at the top.
    fileprivate init(y: Int, title: String) {
        self.init(y: y, textY: y < 24 ? y + 18 : y - 5, title: title)
    }
}

extension LineChart.Mark {
    /// Below its day: what was raised is a triangle, what was started a diamond in a row of its own.
    fileprivate init(_ event: LineChart.Event, x: Int, y: Int) {
        path = event.kind == .raised ? "M\(x) \(y + 1) l-4 8 h8 z" : "M\(x) \(y + 11) l4 4 l-4 4 l-4 -4 z"
        tone = event.kind.rawValue
        title = "\(Wording.day(event.day)): \(event.title)"
    }
}

extension LineChart.Spot {
    fileprivate init(_ point: LineChart.Point, from x: Int, to end: Int) {
        self.x = x
        width = max(1, end - x)
        link = point.link
        title = "\(Wording.day(point.day)): \(point.text)"
    }
}

extension LineChart.Row {
    fileprivate init(_ point: LineChart.Point, _ events: [LineChart.Event]) {
        day = Wording.day(point.day)
        value = point.text
        link = point.link
        self.events = events.isEmpty ? nil : events.map(\.title).joined(separator: "; ")
    }
}

extension LineChart {
    /// How it began, how it ended, and between what it moved.
    static func summary(_ points: [Point]) -> String {
        let known = points.compactMap { point in point.value.map { (value: $0, text: point.text) } }
        guard let first = known.first, let last = known.last, let low = known.min(by: { $0.value < $1.value }),
            let high = known.max(by: { $0.value < $1.value })
        else { return "Nothing is known of these days." }
        return "From \(first.text) to \(last.text); lowest \(low.text), highest \(high.text)."
    }
}
